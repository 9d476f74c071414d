"""Mail: kept with what it speaks of, and sent outside the request."""

from collections.abc import Sequence
from functools import partial
from math import ceil

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from members import outbox
from members.enums import MailState
from members.models import OutgoingMail


@task()
def deliver() -> None:
    """Send some of the letters that wait; run again, it sends none twice."""
    outbox.send_due()


def send_later(subject: str, body: str, recipient: str, headers: dict[str, str] | None = None) -> None:
    """Keep a letter in the transaction of what it speaks of, and have it sent once that is in the database."""
    post([written(subject, body, recipient, headers)])


def written(subject: str, body: str, recipient: str, headers: dict[str, str] | None = None) -> OutgoingMail:
    """A letter that is not kept yet; one that can be stopped goes to many, and lets others pass."""
    headers = headers or {}
    is_bulk = "List-Unsubscribe" in headers
    return OutgoingMail(subject=subject, body=body, recipient=recipient, headers=headers, is_bulk=is_bulk)


def post(letters: Sequence[OutgoingMail]) -> None:
    """Keep letters, and ask the worker to send them.

    The rows say what is to be sent; where the question to the worker gets lost, ``letters_resume`` asks again.
    """
    OutgoingMail.objects.bulk_create(letters)
    transaction.on_commit(partial(ask_worker, len(letters)))


def take_back(link: str) -> None:
    """Leave letters unsent whose link no longer works, where they still wait."""
    OutgoingMail.objects.filter(state=MailState.WAITING, body__contains=link).delete()


def send_again(letter: OutgoingMail) -> None:
    """Send a letter that is stuck, because an administrator decided that it is better sent twice than never."""
    anew = {"state": MailState.WAITING, "tries": 0, "next_try_at": timezone.now(), "problem": ""}
    with transaction.atomic():
        number = OutgoingMail.objects.stuck().filter(pk=letter.pk).update(**anew)
        transaction.on_commit(partial(ask_worker, number))


def ask_worker(number: int) -> None:
    """Have this many letters sent, some by each task."""
    for _task in range(ceil(number / outbox.LETTERS_A_TASK)):
        deliver.enqueue()
