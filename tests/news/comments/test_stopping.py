"""The way out of a letter: one press, without signing in, by a person or by a mail program (RFC 8058)."""

import re
from email import message_from_bytes
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import Client

from members.models import User
from news.models import GroupNewsPage, MutedThread
from tests.factories.groups import CommentFactory
from tests.factories.people import UserFactory
from tests.reading import soup

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def reader() -> User:
    return UserFactory()


@pytest.fixture
def letter(person: User, reader: User, say: Any, article: GroupNewsPage) -> mail.EmailMessage:
    CommentFactory(article=article, author=reader)
    say(article, "Bonjour")
    (sent,) = mail.outbox
    return sent


def path(letter: mail.EmailMessage) -> str:
    """Where the button of a mail program leads."""
    address = letter.extra_headers["List-Unsubscribe"]
    assert re.fullmatch(r"<http://127\.0\.0\.1:8000/\S+>", address)
    return urlsplit(address.strip("<>")).path


def test_the_letter_names_it_for_people_and_for_programs(letter: mail.EmailMessage) -> None:
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert path(letter) in letter.body
    sent = message_from_bytes(letter.message().as_bytes())
    assert sent["List-Unsubscribe"].strip() == f"<http://127.0.0.1:8000{path(letter)}>"


def test_a_mail_program_ends_the_letters_by_one_request(
    letter: mail.EmailMessage, reader: User, article: GroupNewsPage
) -> None:
    for _again in range(2):
        program = Client(enforce_csrf_checks=True)
        response = program.post(
            path(letter), "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
        )
        assert response.status_code == 200
        assert not response.cookies
    assert MutedThread.objects.get().person == reader
    assert MutedThread.objects.get().article_key == article.translation_key


def test_a_person_is_asked_first_for_programs_open_links_by_themselves(
    letter: mail.EmailMessage, article: GroupNewsPage
) -> None:
    client = Client()
    page = soup(client.get(path(letter)))
    assert page.select("main form button")
    assert not MutedThread.objects.exists()
    assert article.title not in page.text

    assert soup(client.post(path(letter))).select("[data-state=done]")
    assert MutedThread.objects.exists()


def test_afterwards_no_letter_comes(letter: mail.EmailMessage, person: User, say: Any, article: GroupNewsPage) -> None:
    Client().post(path(letter))
    say(article, "Encore")
    assert len(mail.outbox) == 1


def test_a_wrong_link_changes_nothing(letter: mail.EmailMessage) -> None:
    wrong = path(letter).replace("/private/", "/private/x")
    for method in ("get", "post"):
        assert getattr(Client(), method)(wrong).status_code == 410
    assert not MutedThread.objects.exists()


def test_a_closed_account_has_no_link(letter: mail.EmailMessage, reader: User) -> None:
    User.objects.filter(pk=reader.pk).update(is_active=False)
    assert Client().post(path(letter)).status_code == 410
