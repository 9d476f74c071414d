"""What came under an address that somebody no longer has: told to its owner, and erased with the account."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from home.models import ContactMessage
from members.models import User
from tests.factories.forms import form_data
from tests.factories.people import PASSWORD, InvitationFactory, UserFactory
from tests.members.accounts.steps import close, erased, everything_in_the_database, taken_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("homes")]


@pytest.fixture
def delegate() -> User:
    return UserFactory(is_delegate=True)


@pytest.fixture
def person(delegate: User) -> User:
    """Somebody who was invited and once wrote to the alliance."""
    made = UserFactory(association=delegate.association)
    InvitationFactory(email=made.email, association=delegate.association, accepted_at=timezone.now())
    ContactMessage.objects.create(name="N.", email=made.email, subject="Question", message="Bonjour", language="fr")
    return made


def change_address(person: User, email: str, on_commit: Any) -> None:
    """As one does it in one's profile: the new address is confirmed by mail."""
    client = Client()
    client.force_login(person)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    with on_commit(execute=True):
        client.post(reverse("account_email"), {"email": email, "action_add": ""})
    letter = next(letter for letter in mail.outbox if letter.to == [email])
    with on_commit(execute=True):
        client.post(re.search(r"http://testserver(/\S+)", letter.body).group(1))
    person.refresh_from_db()
    assert person.email == email


def test_what_came_under_an_earlier_address_is_told_and_erased_too(
    person: User, delegate: User, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    earlier = person.email
    for email in ("nadia.nouvelle@example.org", "nadia.derniere@example.org"):
        change_address(person, email, django_capture_on_commit_callbacks)

    told = taken_by(person)["members.json"]
    assert [one["message"] for one in told["contact_messages"]] == ["Bonjour"]
    assert len(told["invitations"]) == 1

    close(person, delegate, days_ago=settings.ACCOUNT_KEPT_AFTER_LEAVING.days + 1)
    erased()

    for email in (earlier, "nadia.nouvelle@example.org", "nadia.derniere@example.org"):
        assert everything_in_the_database(email) == []
    assert not ContactMessage.objects.exists()


@pytest.mark.ignore_template_errors
def test_an_address_that_is_changed_in_the_cms_leaves_nothing_behind(
    person: User, django_capture_on_commit_callbacks: Any
) -> None:
    earlier, client = person.email, Client()
    client.force_login(UserFactory(is_superuser=True))
    url = reverse("wagtailusers_users:edit", args=[person.pk])

    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, form_data(client, url) | {"email": "nadia.nouvelle@example.org"})

    assert User.objects.get(pk=person.pk).email == "nadia.nouvelle@example.org"
    assert everything_in_the_database(earlier) == []


def test_an_open_invitation_to_an_earlier_address_stays_where_it_is(person: User) -> None:
    waiting = InvitationFactory(email=person.email)

    person.email = "nadia.nouvelle@example.org"
    person.save()

    waiting.refresh_from_db()
    assert waiting.email != person.email
