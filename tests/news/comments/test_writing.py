"""Commenting an article: who may, where it stands, what is refused, and that nothing is lost."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from members.models import User
from news.comments.actions import Words, edit, write
from news.models import Comment, GroupNewsPage, WorkingGroup
from tests.factories.groups import CommentFactory, GroupNewsPageFactory, WorkingGroupFactory, translated
from tests.factories.people import EmployerFactory, UserFactory
from tests.news.comments.reading import shown
from tests.reading import errors, main_text, soup

pytestmark = [pytest.mark.django_db]


def test_a_comment_stands_under_the_article_with_who_wrote_it(
    client: Client, say: Any, article: GroupNewsPage
) -> None:
    author = UserFactory(first_name="Zoë", last_name="Sow", association=EmployerFactory(short_name_fr="Les Voisins"))
    client.force_login(author)

    response = say(article, "Merci.\n\nEt la suite ?")

    comment = Comment.objects.get()
    assert response["Location"] == f"{article.url}?comment={comment.pk}#comment-{comment.pk}"
    page = soup(client.get(article.url))
    said = page.find(id=f"comment-{comment.pk}")
    assert page.select("[role=status]") == said.select("[role=status]") != []
    assert "Zoë Sow" in said.h3.get_text() and "Les Voisins" in said.h3.get_text()
    assert said.h3.a["href"] == reverse("members:counterpart", args=[author.pk])
    assert [one.get_text() for one in said.select(".comment__text p")] == ["Merci.", "Et la suite ?"]
    assert said.time["datetime"].endswith(("+01:00", "+02:00"))


def test_both_languages_of_an_article_have_one_conversation(
    client: Client, person: User, say: Any, article: GroupNewsPage
) -> None:
    dutch = translated(article)
    say(dutch, "Bedankt.", language="nl")

    text = soup(client.get(article.url)).select_one(".comment__text")

    assert text["lang"] == "nl"
    assert text.get_text(strip=True) == "Bedankt."
    assert not soup(client.get(dutch.url)).select_one(".comment__text").has_attr("lang")


def test_an_answer_stands_below_and_an_answer_to_it_beside(
    client: Client, person: User, say: Any, article: GroupNewsPage
) -> None:
    first = CommentFactory(article=article, text="Un")
    say(article, "Deux", answers=first.pk)
    second = Comment.objects.get(text="Deux")

    say(article, "Trois", answers=second.pk)

    assert Comment.objects.get(text="Trois").parent == first
    assert shown(client, article) == {"Un": ["Deux", "Trois"]}


def test_the_form_of_an_answer_opens_under_the_comment(client: Client, person: User, article: GroupNewsPage) -> None:
    first, other = CommentFactory(article=article), CommentFactory(article=article)
    link = soup(client.get(article.url)).select_one(f"#comment-{first.pk} .comment__acts a")["href"]

    page = soup(client.get(link.split("#")[0]))

    form = page.find(id=link.split("#")[1])
    assert form["action"] == f"{reverse('news:answer_comment', args=[article.pk, first.pk])}#{form['id']}"
    assert form.find_parent("li").find_parent("li").find(id=f"comment-{first.pk}")
    assert not form.find_parent("ol").find(id=f"comment-{other.pk}")
    assert len(page.select(".comment-form")) == 1


@pytest.mark.parametrize("text", ["", " \n ", "\ue000", "x" * 3001])
def test_what_is_refused_is_said_next_to_the_field_and_kept(
    client: Client, person: User, say: Any, article: GroupNewsPage, text: str
) -> None:
    response = say(article, text)

    assert response.status_code == 422
    assert set(errors(response)) == {"text"}
    assert soup(response).select_one("[name=text]").get_text().removeprefix("\n").strip() == text.strip()
    assert "Préparer l'hiver" in main_text(response)
    assert not Comment.objects.exists()


def test_a_text_as_long_as_allowed_is_measured_without_the_returns_of_browsers(
    client: Client, person: User, say: Any, article: GroupNewsPage
) -> None:
    assert say(article, "ab\r\n" * 1000 + "\r\n").status_code == 302
    assert Comment.objects.get().text == ("ab\n" * 1000).strip()


def test_too_many_comments_wait_and_are_kept(
    client: Client, person: User, say: Any, article: GroupNewsPage, settings: Any
) -> None:
    settings.COMMENT_RATE_LIMIT = "0/hour"

    response = say(article, "Encore un")

    assert response.status_code == 422
    assert soup(response).select_one("[name=text]").get_text().strip() == "Encore un"
    assert not Comment.objects.exists()


def test_a_second_press_of_the_button_writes_nothing_twice(
    client: Client, person: User, say: Any, article: GroupNewsPage
) -> None:
    first = CommentFactory(article=article)
    addresses = {say(article, "Merci").headers["Location"] for _press in range(2)}
    say(article, "Merci", answers=first.pk)

    assert len(addresses) == 1
    assert Comment.objects.filter(text="Merci", parent=None).count() == 1
    assert Comment.objects.filter(text="Merci", parent=first).count() == 1


HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    '"><svg onload=alert(1)>',
    "javascript:alert(1)",
    'https://example.org/"onmouseover="alert(1)',
    "https://example.org/<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "http://javascript:alert(1)//example.org",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_write_is_text_not_markup(
    client: Client, person: User, say: Any, article: GroupNewsPage, text: str
) -> None:
    say(article, text)

    said = soup(client.get(article.url)).select_one(".comment__text")

    assert said.get_text(strip=True) == text
    assert {tag.name for tag in said.find_all()} <= {"p", "a"}
    for link in said.select("a"):
        assert set(link.attrs) == {"href", "rel"}
        assert link["href"].startswith(("http://", "https://"))


def test_addresses_become_links_that_vouch_for_nothing(
    client: Client, person: User, say: Any, article: GroupNewsPage
) -> None:
    say(article, "Voir https://example.org/a?b=1&c=2, svp.\nMerci")

    said = soup(client.get(article.url)).select_one(".comment__text")

    assert said.a["href"] == "https://example.org/a?b=1&c=2"
    assert "nofollow" in said.a["rel"]
    assert said.br


def test_a_closed_group_does_not_exist_for_others(client: Client, person: User, say: Any) -> None:
    article = GroupNewsPageFactory(group=WorkingGroupFactory(is_open=False))
    comment = CommentFactory(article=article)

    assert say(article, "Bonjour").status_code == 404
    assert say(article, "Bonjour", answers=comment.pk).status_code == 404
    for name in ("edit_comment", "remove_comment"):
        assert client.post(reverse(f"news:{name}", args=[comment.pk])).status_code == 404
    assert client.post(reverse("news:choose_letters", args=[article.pk])).status_code == 404
    assert client.get(reverse("news:colleagues", args=[article.pk]), {"q": "mi"}).status_code == 404
    assert Comment.objects.count() == 1


def test_a_visitor_is_asked_to_sign_in(article: GroupNewsPage) -> None:
    comment = CommentFactory(article=article)
    for name, pk in (("write_comment", article.pk), ("edit_comment", comment.pk), ("remove_comment", comment.pk)):
        response = Client().post(reverse(f"news:{name}", args=[pk]), {"text": "Bonjour", "language": "fr"})
        assert (response.status_code, "/login/" in response["Location"]) == (302, True)
    assert Comment.objects.count() == 1


def test_forms_of_other_sites_are_refused(person: User, article: GroupNewsPage) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    response = client.post(reverse("news:write_comment", args=[article.pk]), {"text": "Bonjour", "language": "fr"})
    assert response.status_code == 403
    assert not Comment.objects.exists()


def test_an_answer_belongs_to_a_comment_of_the_same_article(
    client: Client, person: User, say: Any, article: GroupNewsPage
) -> None:
    elsewhere = CommentFactory(article=GroupNewsPageFactory(group=article.group))
    assert say(article, "Réponse", answers=elsewhere.pk).status_code == 404
    assert Comment.objects.count() == 1


def test_nobody_comments_a_draft(client: Client, person: User, say: Any, article: GroupNewsPage) -> None:
    CommentFactory(article=article, text="Avant")
    article.unpublish()
    assert say(article, "Bonjour").status_code == 404
    preview = GroupNewsPage.objects.get(pk=article.pk).make_preview_request(preview_mode="")
    assert b"Avant" not in preview.content


def test_the_database_keeps_conversations_one_level_deep(article: GroupNewsPage) -> None:
    first = CommentFactory(article=article)
    answer = CommentFactory(article=article, parent=first)
    other = GroupNewsPageFactory(group=article.group)
    for wrong in ({"article": article, "parent": answer}, {"article": other, "parent": first}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CommentFactory(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        CommentFactory(article=article, text="")


@pytest.mark.parametrize("whose", ["parent", "answer"])
def test_the_database_keeps_what_was_answered_in_its_place(article: GroupNewsPage, whose: str) -> None:
    first, elsewhere = CommentFactory(article=article), CommentFactory(article=article)
    answer = CommentFactory(article=article, parent=first)
    moved = first if whose == "parent" else answer
    for change in ({"article_key": uuid4()}, {"parent": elsewhere} if whose == "parent" else {"parent": answer}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Comment.objects.filter(pk=moved.pk).update(**change)
    assert Comment.objects.filter(pk=elsewhere.pk).update(article_key=uuid4(), parent=None) == 1


def leaves_the_group(group: WorkingGroup, article: GroupNewsPage, person: User) -> None:
    group.members.remove(person)
    group.save()


def is_closed_out(group: WorkingGroup, article: GroupNewsPage, person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)


def is_unpublished(group: WorkingGroup, article: GroupNewsPage, person: User) -> None:
    GroupNewsPage.objects.get(pk=article.pk).unpublish()


@pytest.mark.parametrize("change", [leaves_the_group, is_closed_out, is_unpublished])
def test_who_may_no_longer_read_the_article_when_it_is_written_writes_nothing(person: User, change: Any) -> None:
    group = WorkingGroupFactory(is_open=False)
    group.members.add(person)
    group.save()
    article = GroupNewsPageFactory(group=group)
    asked = GroupNewsPage.objects.visible_to(person).get(pk=article.pk)
    known = User.objects.get(pk=person.pk)

    change(group, article, person)

    with pytest.raises(PermissionDenied):
        write(article=asked, by=known, words=Words("Bonjour", "fr"))
    comment = CommentFactory(article=article, author=person, text="Avant")
    with pytest.raises(PermissionDenied):
        edit(comment=comment, article=asked, by=known, words=Words("Après", "fr"))
    assert Comment.objects.get().text == "Avant"


def test_queries_stay_the_same(client: Client, person: User, article: GroupNewsPage, count_queries: Any) -> None:
    def grow(number: int) -> None:
        for _number in range(number):
            comment = CommentFactory(article=article)
            comment.mentions.add(UserFactory())
            CommentFactory(article=article, parent=comment)

    grow(1)
    client.get(article.url)
    few = count_queries(lambda: client.get(article.url))
    grow(15)
    assert count_queries(lambda: client.get(article.url)) == few <= 17
