"""Correcting and removing comments: by whom, how long, and what is left."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.models import User
from news.models import Comment, GroupNewsPage
from tests.factories.groups import CommentFactory, GroupNewsPageFactory, WorkingGroupFactory
from tests.factories.people import UserFactory
from tests.news.comments.reading import shown
from tests.reading import errors, soup

pytestmark = [pytest.mark.django_db]


def correct(client: Client, comment: Comment, text: str) -> HttpResponse:
    return client.post(reverse("news:edit_comment", args=[comment.pk]), {"text": text, "language": "nl"})


def remove(client: Client, comment: Comment) -> HttpResponse:
    return client.post(reverse("news:remove_comment", args=[comment.pk]), follow=True)


def removed_places(client: Client, article: GroupNewsPage) -> list[str]:
    """What stands where a comment was."""
    return [
        one.get_text(" ", strip=True)
        for one in soup(client.get(article.url)).select(".comment")
        if not one.select(".comment__text")
    ]


def test_one_corrects_ones_comment(client: Client, person: User, article: GroupNewsPage) -> None:
    comment = CommentFactory(article=article, author=person, text="Bonjuor")
    address = reverse("news:edit_comment", args=[comment.pk])
    assert soup(client.get(article.url)).find("a", href=address)
    assert soup(client.get(address)).select_one("[name=text]").get_text().strip() == "Bonjuor"
    unmarked = soup(client.get(article.url)).select_one(".comment .meta").get_text()

    response = correct(client, comment, "Bonjour")

    assert response["Location"] == f"{article.url}?comment={comment.pk}#comment-{comment.pk}"
    assert shown(client, article) == {"Bonjour": []}
    assert soup(client.get(article.url)).select_one(".comment .meta").get_text() != unmarked
    comment.refresh_from_db()
    assert comment.language == "nl"


def test_a_correction_that_changes_nothing_is_none(client: Client, person: User, article: GroupNewsPage) -> None:
    comment = CommentFactory(article=article, author=person, text="Bonjour", language="nl")
    correct(client, comment, "Bonjour")
    comment.refresh_from_db()
    assert comment.edited_at is None


def test_after_a_quarter_of_an_hour_it_stays_and_what_was_typed_is_kept(
    client: Client, person: User, article: GroupNewsPage
) -> None:
    comment = CommentFactory(article=article, author=person, text="Avant")
    Comment.objects.update(written_at=timezone.now() - timedelta(minutes=15, seconds=1))

    response = correct(client, comment, "Après")

    assert response.status_code == 422
    assert set(errors(response)) == {"text"}
    assert soup(response).select_one("[name=text]").get_text().strip() == "Après"
    assert shown(client, article) == {"Avant": []}
    assert not soup(client.get(article.url)).find("a", href=reverse("news:edit_comment", args=[comment.pk]))


def test_after_that_the_form_says_that_it_is_over(client: Client, person: User, article: GroupNewsPage) -> None:
    comment = CommentFactory(article=article, author=person)
    address = reverse("news:edit_comment", args=[comment.pk])
    assert soup(client.get(address)).select_one("main [name=text]")
    Comment.objects.update(written_at=timezone.now() - timedelta(minutes=15, seconds=1))

    page = soup(client.get(address))

    assert not page.select("main [name=text]")
    assert page.select_one("main .notice")
    assert page.select_one("main p a")["href"] == f"{article.url}?comment={comment.pk}#comment-{comment.pk}"


def test_until_then_there_is_time(client: Client, person: User, article: GroupNewsPage) -> None:
    comment = CommentFactory(article=article, author=person)
    Comment.objects.update(written_at=timezone.now() - timedelta(minutes=14, seconds=50))
    assert correct(client, comment, "Après").status_code == 302
    assert shown(client, article) == {"Après": []}


def test_who_left_a_closed_group_still_removes_their_own(client: Client, person: User) -> None:
    article = GroupNewsPageFactory(group=WorkingGroupFactory(is_open=False))
    own, other = CommentFactory(article=article, author=person), CommentFactory(article=article)

    CommentFactory(article=GroupNewsPageFactory(group=WorkingGroupFactory()), author=person, text="Ailleurs")
    own_comments = reverse("news:comments_left")
    assert soup(client.get(reverse("members:my_data"))).find("a", href=own_comments)
    page = soup(client.get(own_comments))
    assert [text.get_text(strip=True) for text in page.select("main .comment__text")] == [own.text]
    assert page.find("form", action=reverse("news:remove_comment", args=[own.pk]))

    response = remove(client, own)

    assert response.redirect_chain == [(own_comments, 302)]
    assert not soup(response).select("main .comment__text")
    assert remove(client, other).status_code == 404
    assert correct(client, other, "Non").status_code == 404
    assert list(Comment.objects.exclude(author=person)) == [other]
    assert not Comment.objects.filter(pk=own.pk).exists()
    assert article.title not in response.content.decode()


@pytest.mark.parametrize("role", ["member", "coordinator", "editor"])
def test_nobody_else_corrects_it(client: Client, article: GroupNewsPage, role: str) -> None:
    comment = CommentFactory(article=article, text="Avant")
    other = UserFactory(is_editor=role == "editor")
    if role == "coordinator":
        article.group.coordinators.add(other)
        article.group.save()
    client.force_login(other)

    assert correct(client, comment, "Après").status_code == 403
    assert client.get(reverse("news:edit_comment", args=[comment.pk])).status_code == 403
    assert shown(client, article) == {"Avant": []}


def test_one_removes_ones_comment_at_any_time(client: Client, person: User, article: GroupNewsPage) -> None:
    comment = CommentFactory(article=article, author=person)
    Comment.objects.update(written_at=timezone.now() - timedelta(days=400))

    assert soup(client.get(article.url)).find("form", action=reverse("news:remove_comment", args=[comment.pk]))
    remove(client, comment)

    assert not Comment.objects.exists()


def test_what_others_answered_keeps_its_place_without_its_text(
    client: Client, person: User, article: GroupNewsPage
) -> None:
    comment = CommentFactory(article=article, author=person, text="Mon numéro de compte")
    comment.mentions.add(UserFactory())
    CommentFactory(article=article, parent=comment, text="Attention")

    response = remove(client, comment)

    assert "Mon numéro de compte" not in response.content.decode()
    comment.refresh_from_db()
    assert (comment.text, comment.mentions.count()) == ("", 0)
    assert len(removed_places(client, article)) == 1
    assert soup(response).select_one(".comments--answers .comment__text").get_text(strip=True) == "Attention"


def test_the_place_says_who_removed_it(client: Client, article: GroupNewsPage) -> None:
    author, coordinator = UserFactory(), UserFactory()
    article.group.coordinators.add(coordinator)
    article.group.save()
    comments = [CommentFactory(article=article, author=author) for _number in range(2)]
    for comment, by in zip(comments, (author, coordinator), strict=True):
        CommentFactory(article=article, parent=comment)
        client.force_login(by)
        remove(client, comment)

    assert len(set(removed_places(client, article))) == 2


def test_the_coordination_and_editors_remove_what_others_wrote(client: Client, article: GroupNewsPage) -> None:
    coordinator, editor = UserFactory(), UserFactory(is_editor=True)
    article.group.coordinators.add(coordinator)
    article.group.save()
    for by in (coordinator, editor):
        comment = CommentFactory(article=article)
        client.force_login(by)
        assert soup(client.get(article.url)).find("form", action=reverse("news:remove_comment", args=[comment.pk]))
        remove(client, comment)
        assert not Comment.objects.exists()


def test_other_members_remove_nothing(client: Client, person: User, article: GroupNewsPage) -> None:
    comment = CommentFactory(article=article)
    assert not soup(client.get(article.url)).select(".comment__remove")
    assert remove(client, comment).status_code == 403
    assert client.get(reverse("news:remove_comment", args=[comment.pk])).status_code == 405
    assert Comment.objects.exists()


def test_the_place_goes_with_its_last_answer(client: Client, person: User, article: GroupNewsPage) -> None:
    comment = CommentFactory(article=article, author=person)
    answers = [CommentFactory(article=article, author=person, parent=comment) for _number in range(2)]
    remove(client, comment)
    remove(client, answers[0])
    assert Comment.objects.filter(pk=comment.pk).exists()

    remove(client, answers[1])

    assert not Comment.objects.exists()


def test_what_was_removed_is_neither_answered_nor_corrected_nor_removed_again(
    client: Client, person: User, say: Any, article: GroupNewsPage
) -> None:
    comment = CommentFactory(article=article, author=person)
    answer = CommentFactory(article=article, parent=comment)
    remove(client, comment)

    response = say(article, "Trop tard", answers=comment.pk)

    assert response.status_code == 422
    assert soup(response).select_one("[name=text]").get_text().strip() == "Trop tard"
    assert correct(client, comment, "Encore").status_code == 403
    assert remove(client, comment).status_code == 200
    assert set(Comment.objects.all()) == {comment, answer}
    assert say(article, "À temps", answers=answer.pk).status_code == 302


def test_the_database_keeps_no_text_of_what_was_removed(article: GroupNewsPage) -> None:
    comment = CommentFactory(article=article)
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(removed_at=timezone.now())
