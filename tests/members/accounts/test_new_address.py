"""Whoever takes an account over cannot hide it: notices go to the address that it had, of a new one to both."""

from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from members import outbox
from members.models import OutgoingMail, User
from tests.factories.forms import form_data
from tests.factories.people import PASSWORD, UserFactory
from tests.members.accounts.test_earlier_addresses import change_address

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("homes")]
OLD, NEW = "ancienne@example.org", "nouvelle@example.org"
NEW_PASSWORD = "kanaal-en-brug-1930"


@pytest.fixture
def person() -> User:
    cache.clear()
    return UserFactory(email=OLD)


def test_a_new_address_is_told_at_both(person: User, django_capture_on_commit_callbacks: Any) -> None:
    change_address(person, NEW, django_capture_on_commit_callbacks)

    told = [letter for letter in mail.outbox if OLD in letter.body and NEW in letter.body]
    assert sorted(letter.to[0] for letter in told) == [OLD, NEW]


def test_a_notice_that_waits_does_not_follow_to_a_new_address(person: User) -> None:
    client = Client()
    client.force_login(person)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    data = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    client.post(reverse("account_change_password"), data)
    assert OutgoingMail.objects.get().recipient == OLD

    person = User.objects.get(pk=person.pk)
    person.email = NEW
    person.save()
    outbox.send_due()

    assert [letter.to for letter in mail.outbox] == [[OLD]]


@pytest.mark.ignore_template_errors
def test_an_address_that_an_administrator_changed_is_told_at_both(
    person: User, django_capture_on_commit_callbacks: Any
) -> None:
    client = Client()
    client.force_login(UserFactory(is_superuser=True))
    url = reverse("wagtailusers_users:edit", args=[person.pk])

    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, form_data(client, url) | {"phone": "02 111 11 11"})
        assert not OutgoingMail.objects.exists()
        client.post(url, form_data(client, url) | {"email": NEW})

    assert sorted(letter.to[0] for letter in mail.outbox) == [OLD, NEW]
    assert all(OLD in letter.body and NEW in letter.body for letter in mail.outbox)
