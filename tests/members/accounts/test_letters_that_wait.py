"""Letters that still wait follow their person: to a new address, or nowhere once the account is closed."""

from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from members import outbox
from members.accounts import actions
from members.enums import MailState
from members.models import OutgoingMail, User
from members.tasks import send_later
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
STATES = (MailState.WAITING, MailState.UNCERTAIN, MailState.FAILED)


@pytest.fixture
def person() -> User:
    return UserFactory(first_name="Mira", last_name="Peeters")


def letter(person: User, **fields: Any) -> OutgoingMail:
    """One to this account that nobody sent yet."""
    send_later("Réunion", "Rue Haute 1", person.email.upper())
    made = OutgoingMail.objects.latest("pk")
    OutgoingMail.objects.filter(pk=made.pk).update(**fields)
    return made


@pytest.mark.parametrize("close", [actions.suspend, actions.end])
def test_a_closed_account_gets_nothing_more(person: User, close: Any) -> None:
    for state in STATES:
        letter(person, state=state)
    kept = letter(UserFactory())

    close(person=person, by=UserFactory(is_editor=True))

    assert list(OutgoingMail.objects.all()) == [kept]


def test_the_letter_that_is_being_sent_is_left_alone(person: User) -> None:
    sending = letter(person, state=MailState.SENDING, began_at=timezone.now())

    actions.suspend(person=person, by=UserFactory(is_editor=True))

    assert list(OutgoingMail.objects.all()) == [sending]


def test_a_letter_that_was_kept_while_the_account_was_closed_is_not_sent(person: User) -> None:
    letter(person)
    User.objects.filter(pk=person.pk).update(is_active=False)

    outbox.send_due()

    assert not mail.outbox
    assert not OutgoingMail.objects.exists()


def test_a_letter_follows_to_a_new_address(person: User) -> None:
    letter(person)
    other = letter(UserFactory())

    person.email = "nouvelle@example.org"
    person.save()
    outbox.send_due()

    assert {sent.to[0] for sent in mail.outbox} == {"nouvelle@example.org", other.recipient}


@pytest.mark.parametrize(
    ("names", "words", "is_deleted"),
    [
        (("Mira", "Peeters"), "Mira Peeters demande", True),
        (("Mira", "Peeters"), "Mira Peeterson demande", False),
        (("Al", ""), "Votre alliance", False),
        (("", "Sow"), "Awa Sow demande", False),
        (("", ""), "De mira@example.org.", True),
        (("", ""), "De la.mira@example.org.", False),
    ],
)
def test_erasing_deletes_stuck_letters_that_name_exactly_this_person(
    names: tuple[str, str], words: str, is_deleted: bool
) -> None:
    person = UserFactory(first_name=names[0], last_name=names[1], email="mira@example.org", is_active=False)
    User.objects.filter(pk=person.pk).update(deletion_asked_at=timezone.now())
    letter(UserFactory(), state=MailState.FAILED, subject=words)

    assert actions.erase(person=person)

    assert OutgoingMail.objects.exists() != is_deleted
