"""Letters of invitations that did not go: withdrawn in time, or refused by a mail server."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from members import actions
from members.enums import MailState
from members.models import Invitation, OutgoingMail, User
from tests.factories.people import UserFactory
from tests.reading import soup

pytestmark = pytest.mark.django_db


@pytest.fixture
def delegate() -> User:
    return UserFactory(is_delegate=True)


def test_a_letter_that_was_withdrawn_meanwhile_is_not_sent(
    delegate: User, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        made = actions.invite(email="x@example.org", association=delegate.association, language="fr", by=delegate)
        actions.withdraw(invitation=made, by=delegate)

    assert mail.outbox == []


@pytest.mark.parametrize("end", [actions.withdraw, actions.resend])
def test_a_letter_that_could_not_be_sent_goes_with_its_link(delegate: User, end: Any) -> None:
    made = actions.invite(email="x@example.org", association=delegate.association, language="fr", by=delegate)
    OutgoingMail.objects.update(state=MailState.FAILED)

    end(invitation=made, by=delegate)

    assert not OutgoingMail.objects.stuck().exists()


def test_an_invitation_whose_letter_failed_is_marked_until_it_is_sent_again(client: Client, delegate: User) -> None:
    client.force_login(delegate)
    for email in ("fausse@example.org", "juste@example.org"):
        actions.invite(email=email, association=delegate.association, language="fr", by=delegate)
    OutgoingMail.objects.filter(recipient="fausse@example.org").update(state=MailState.FAILED)

    def marked() -> list[str]:
        rows = soup(client.get("/fr/espace/invitations/")).select("tbody th")
        return [row.contents[0].strip() for row in rows if row.select_one(".tag--urgent")]

    assert marked() == ["fausse@example.org"]
    again = Invitation.objects.get(email="fausse@example.org")
    client.post(reverse("members:resend_invitation", args=[again.pk]))
    assert marked() == []
