"""What happens to a conversation when its article or a person goes."""

import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from members.accounts import actions
from members.models import User
from news.comments.mentions import Colleagues
from news.models import Comment, GroupNewsPage, GroupPage, MutedThread
from news.personal import HOLDING
from tests.factories.groups import CommentFactory, GroupNewsPageFactory, translated
from tests.factories.people import UserFactory
from tests.reading import soup

pytestmark = [pytest.mark.django_db]


def test_it_stays_while_one_page_of_the_article_does(person: User, article: GroupNewsPage) -> None:
    dutch = translated(article)
    CommentFactory(article=article)
    MutedThread.objects.create(person=person, article_key=article.translation_key)
    other = CommentFactory(article=GroupNewsPageFactory(group=article.group))

    article.delete()
    assert Comment.objects.count() == 2

    GroupNewsPage.objects.get(pk=dutch.pk).delete()
    assert list(Comment.objects.all()) == [other]
    assert not MutedThread.objects.exists()


def test_it_goes_with_the_folder_of_its_article(article: GroupNewsPage) -> None:
    CommentFactory(article=article, parent=CommentFactory(article=article))
    GroupPage.objects.get(pk=article.get_parent().pk).delete()
    assert not Comment.objects.exists()


def named(article: GroupNewsPage, person: User) -> str:
    """A text that names somebody, as it is kept."""
    return Colleagues.of(article.group).read(f"Merci @{person}, à demain").text


def test_who_is_erased_leaves_no_name(client: Client, person: User, article: GroupNewsPage) -> None:
    leaving = UserFactory(first_name="Nadia", last_name="Benali")
    said = CommentFactory(article=article, author=leaving, text="Ce que nous faisons")
    naming = CommentFactory(article=article, text=named(article, leaving))
    naming.mentions.add(leaving)
    naming.told.add(leaving)
    MutedThread.objects.create(person=leaving, article_key=article.translation_key)
    assert soup(client.get(article.url)).text.count("Nadia Benali") >= 2

    User.objects.filter(pk=leaving.pk).update(is_active=False, deletion_asked_at=timezone.now())
    assert actions.erase(person=leaving)

    page = soup(client.get(article.url))
    assert "Nadia" not in page.text
    former = page.find(id=f"comment-{said.pk}")
    assert former.h3.get_text(strip=True)
    assert leaving.association.short_name_fr in former.h3.get_text()
    assert not former.h3.a
    assert page.select_one(".comment__name").name == "span"
    assert page.select_one(".comment__name").get_text(strip=True).lstrip("@") in former.h3.get_text()
    naming.refresh_from_db()
    assert "Nadia" not in naming.text
    assert not naming.mentions.exists() and not naming.told.exists() and not MutedThread.objects.exists()


def test_one_takes_what_one_said_and_where_one_is_named(person: User, article: GroupNewsPage) -> None:
    other = UserFactory(first_name="Zoë", last_name="Sow")
    said = CommentFactory(article=article, author=person, text=named(article, other))
    said.mentions.add(other)
    naming = CommentFactory(article=article, author=other, text=f"Bonjour {named(article, person)}")
    naming.mentions.add(person)
    naming.told.add(person)
    MutedThread.objects.create(person=person, article_key=article.translation_key)

    told: dict[str, Any] = HOLDING.tell(person)

    assert [(one["article"], one["text"]) for one in told["comments"]] == [(article.title, "Merci @Zoë Sow, à demain")]
    assert [one["article"] for one in told["named_in_comments"]] == [article.title]
    assert [one["article"] for one in told["letters_about_comments"]] == [article.title]
    assert told["conversations_without_letters"] == [article.title]
    assert "Bonjour" not in json.dumps(told, default=str)
