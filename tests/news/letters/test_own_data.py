"""What somebody read, got and chose, and letters that wait for them: told to themselves, and erased with them."""

import json
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.enums import MailState
from members.models import OutgoingMail, User
from news.models import Digest, LetterChoice, Seen
from news.reading import mark_read
from tests.factories.groups import GroupNewsPageFactory, WorkingGroupFactory
from tests.factories.people import UserFactory
from tests.forgetting import forget

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("homes")]
OURS = (Seen, Digest, LetterChoice, OutgoingMail)


@pytest.fixture
def person() -> User:
    """Somebody who opened an article, got a digest, wants no more of them, and to whom a letter could not be sent."""
    made = UserFactory(first_name="Nadia", last_name="Benali", language="nl")
    mark_read(made, [GroupNewsPageFactory(group=WorkingGroupFactory(), title="Lu").translation_key])
    Digest.objects.create(person=made, week="2026-03-02")
    LetterChoice.objects.create(person=made, gets_digest=False)
    OutgoingMail.objects.create(recipient=made.email, subject="Bonjour", body="…", state=MailState.FAILED)
    return made


def test_one_takes_it(person: User) -> None:
    client = Client()
    client.force_login(person)
    with ZipFile(BytesIO(client.post(reverse("members:take_my_data")).content)) as archive:
        told: dict[str, Any] = {name: json.loads(archive.read(name)) for name in archive.namelist()}

    news, members = told["news.json"], told["members.json"]
    assert [mark["what"] for mark in news["seen"]] == ["Lu"]
    assert news["digests"][0]["week"] == "2026-03-02"
    assert news["letters_chosen"] == [{"gets_digest": False, "gets_comments": True}]
    assert members["account"]["language"] == "nl"
    assert [letter["subject"] for letter in members["letters_not_sent"]] == ["Bonjour"]


def test_nothing_of_it_stays(person: User) -> None:
    OutgoingMail.objects.create(
        recipient="delegate@example.org", subject="Nadia Benali demande…", body="…", state=MailState.UNCERTAIN
    )
    User.objects.filter(pk=person.pk).update(is_active=False, deletion_asked_at=timezone.now() - timedelta(days=1))

    forget()

    assert [model for model in OURS if model.objects.exists()] == []


def test_a_letter_to_a_colleague_that_still_waits_is_sent_all_the_same(person: User) -> None:
    waiting = OutgoingMail.objects.create(recipient="d@example.org", subject="Nadia Benali demande…", body="…")
    User.objects.filter(pk=person.pk).update(is_active=False, deletion_asked_at=timezone.now() - timedelta(days=1))

    forget()

    assert list(OutgoingMail.objects.all()) == [waiting]
