"""Mail: kept with what it speaks of, and sent outside the request."""

from collections.abc import Collection, Sequence
from functools import partial
from math import ceil
from typing import Any

from django.db import transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django_tasks import task

from members import outbox
from members.enums import MailState
from members.models import OutgoingMail, User
from members.models.outgoing_mail import OutgoingMailQuerySet


@task()
def deliver() -> None:
    """Send some of the letters that wait; run again, it sends none twice."""
    outbox.send_due()


def send_later(subject: str, body: str, recipient: str, headers: dict[str, str] | None = None, **fields: Any) -> None:
    """Keep a letter in the transaction of what it speaks of, and have it sent once that is in the database."""
    post([written(subject, body, recipient, headers, **fields)])


def written(
    subject: str, body: str, recipient: str, headers: dict[str, str] | None = None, **fields: Any
) -> OutgoingMail:
    """A letter that is not kept yet."""
    return OutgoingMail(subject=subject, body=body, recipient=recipient, headers=headers or {}, **fields)


def post(letters: Sequence[OutgoingMail]) -> None:
    """Keep letters, and ask the worker to send them.

    The rows say what is to be sent; where the question to the worker gets lost, ``letters_resume`` asks again.
    """
    _note_accounts([letter for letter in letters if letter.person_id is None])
    OutgoingMail.objects.bulk_create(letters)
    transaction.on_commit(partial(ask_worker, len(letters)))


def take_back_about(*subjects: str, people: Collection[Any] | None = None) -> None:
    """Leave letters unsent about something that is gone, or that these people are no longer to hear of.

    Nobody is to send them again either.
    """
    letters = OutgoingMail.objects.unsent().about(*subjects)
    (letters if people is None else letters.filter(person__in=people)).delete()


def send_again(letters: OutgoingMailQuerySet) -> int:
    """Send those of the letters that are stuck, because an administrator decided that they are better sent twice than
    never; gives how many.
    """
    anew = {"state": MailState.WAITING, "tries": 0, "next_try_at": timezone.now(), "problem": ""}
    with transaction.atomic():
        number = letters.stuck().update(**anew)
        transaction.on_commit(partial(ask_worker, number))
    return number


def ask_worker(number: int) -> None:
    """Have this many letters sent, some by each task."""
    for _task in range(ceil(number / outbox.LETTERS_A_TASK)):
        deliver.enqueue()


def _note_accounts(letters: Sequence[OutgoingMail]) -> None:
    """Note to whose account letters to mere addresses go."""
    addresses = {letter.recipient.lower() for letter in letters}
    known = User.objects.annotate(lower=Lower("email")).filter(lower__in=addresses)
    people = dict(known.values_list("lower", "pk"))
    for letter in letters:
        letter.person_id = people.get(letter.recipient.lower())
