"""A long conversation stands on several pages; links lead to the page of the comment."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.models import User
from news.comments.conversation import A_PAGE
from news.models import Comment, GroupNewsPage
from tests.factories.groups import CommentFactory
from tests.factories.people import UserFactory
from tests.reading import soup

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def comments(article: GroupNewsPage) -> list[Comment]:
    """One comment with half a page of answers, and one more than a page of others, an hour ago."""
    author, now = UserFactory(), timezone.now() - timedelta(hours=1)
    first = CommentFactory(article=article, author=author, written_at=now)
    texts = [{"parent": first}] * (A_PAGE // 2) + [{}] * (A_PAGE + 1)
    made = [
        CommentFactory(article=article, author=author, written_at=now + timedelta(seconds=number + 1), **fields)
        for number, fields in enumerate(texts)
    ]
    return [first, *made]


def numbers(page: Any) -> list[int]:
    return [int(one["id"].removeprefix("comment-")) for one in soup(page).select("article.comment")]


def test_every_comment_stands_on_one_page(
    client: Client, person: User, article: GroupNewsPage, comments: list[Comment]
) -> None:
    first = client.get(article.url)
    following = soup(first).select_one(".conversation .pagination a[rel=next]")["href"]
    second = client.get(following)

    assert [len(numbers(first)), len(numbers(second))] == [A_PAGE, len(comments) - A_PAGE]
    assert numbers(first) + numbers(second) == [one.pk for one in comments]
    assert f"({len(comments)})" in soup(first).select_one("#comments-title").text
    assert urlsplit(following)._replace(query="").geturl() == f"{article.url}#comments"


def test_an_answer_on_the_next_page_stands_below_what_it_answers(
    client: Client, person: User, article: GroupNewsPage
) -> None:
    first = CommentFactory(article=article, author=person)
    answers = [CommentFactory(article=article, author=person, parent=first) for _ in range(A_PAGE + 1)]

    last = soup(client.get(f"{article.url}?page=2"))

    assert [one["id"] for one in last.select("article.comment")] == [
        f"comment-{one.pk}" for one in (first, *answers[-2:])
    ]
    assert len(last.select(".comments--answers article.comment")) == 2


def test_a_letter_leads_to_the_page_of_its_comment(
    client: Client, person: User, article: GroupNewsPage, comments: list[Comment], say: Any
) -> None:
    say(article, "La dernière")

    latest = Comment.objects.latest("pk")
    (letter,) = mail.outbox
    place = f"{article.url}?comment={latest.pk}#comment-{latest.pk}"
    assert place in letter.body
    assert numbers(client.get(place))[-1] == latest.pk


@pytest.mark.parametrize("name", ["comment", "reply"])
def test_a_link_leads_to_the_page_of_its_comment(
    client: Client, person: User, article: GroupNewsPage, comments: list[Comment], name: str
) -> None:
    page = client.get(f"{article.url}?{name}={comments[-1].pk}")

    assert comments[-1].pk in numbers(page)
    assert bool(soup(page).select("#write h3")) == (name == "reply")


@pytest.mark.parametrize("asked", ["comment=x", "comment=0", "page=99", "page=x", "reply=\u0663"])
def test_a_strange_address_shows_comments(
    client: Client, person: User, article: GroupNewsPage, comments: list[Comment], asked: str
) -> None:
    assert numbers(client.get(f"{article.url}?{asked}"))


def test_an_answer_that_is_not_right_stands_on_the_page_of_what_it_answers(
    client: Client, person: User, article: GroupNewsPage, comments: list[Comment]
) -> None:
    response = client.post(reverse("news:answer_comment", args=[article.pk, comments[-1].pk]), {"text": ""})

    assert response.status_code == 422
    assert comments[-1].pk in numbers(response)
    assert soup(response).select_one(".pagination a")["href"].startswith(article.url)


def test_two_hundred_comments_cost_as_much_as_a_page(
    client: Client, person: User, article: GroupNewsPage, comments: list[Comment], count_queries: Any
) -> None:
    client.get(article.url)
    few = count_queries(lambda: client.get(article.url))
    for _ in range(A_PAGE):
        CommentFactory(article=article)

    assert count_queries(lambda: client.get(article.url)) == few
