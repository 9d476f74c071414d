"""An article of an open group, and somebody who may comment it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from members.models import User
from news.models import GroupNewsPage
from tests.factories.groups import GroupNewsPageFactory, WorkingGroupFactory
from tests.factories.people import UserFactory

Say = Callable[..., HttpResponse]


@pytest.fixture
def person(client: Client, homes: object) -> User:
    user = UserFactory(first_name="Mira", last_name="Peeters")
    client.force_login(user)
    return user


@pytest.fixture
def article(homes: object) -> GroupNewsPage:
    return GroupNewsPageFactory(group=WorkingGroupFactory(), title="Préparer l'hiver")


@pytest.fixture
def say(client: Client, django_capture_on_commit_callbacks: Any) -> Say:
    """Send the form of a comment on an article, or of an answer to one; gives the answer of the site."""

    def send(article: GroupNewsPage, text: str, answers: int | None = None, **data: Any) -> HttpResponse:
        name, given = ("news:answer_comment", [answers]) if answers else ("news:write_comment", [])
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(reverse(name, args=[article.pk, *given]), {"text": text, "language": "fr", **data})

    return send


@pytest.fixture
def letters(django_capture_on_commit_callbacks: Any) -> Callable[[], dict[str, mail.EmailMessage]]:
    """The letters so far, by receiver; nobody gets two."""

    def sent() -> dict[str, mail.EmailMessage]:
        receivers = [letter.to[0] for letter in mail.outbox]
        assert len(receivers) == len(set(receivers))
        return {letter.to[0]: letter for letter in mail.outbox}

    return sent
