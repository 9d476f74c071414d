"""Writes about accounts: pausing, leaving, moving on, handing over, and being erased."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.accounts.holdings import holdings
from members.accounts.letters import ASKS_TO_LEAVE, MOVES_IN, administrators
from members.accounts.retention import due_for_erasure
from members.audit.acting import acting
from members.audit.log import record
from members.enums import AuditAction
from members.letters import delegates_of, editors, send_in_both_languages
from members.models import Association, AuditEntry, Transfer, User
from members.permissions import can_answer_transfer, can_hand_over, can_manage

ONCE_A_DAY = timedelta(days=1)


class AlreadyAnswered(Exception):
    """Somebody answered meanwhile, or the person left."""


def suspend(*, person: User, by: Any) -> None:
    """Close an account for a while, such as during a long leave: access ends at once, nothing else changes."""
    with _changing(person, by) as locked:
        locked.is_active = False
        locked.save()


def reopen(*, person: User, by: Any) -> None:
    """Open an account again that was closed and not erased yet; who asked to be erased takes that back alone."""
    with _changing(person, by) as locked:
        locked.is_active = True
        locked.save()


def end(*, person: User, by: Any) -> None:
    """Close the account of somebody who left: access ends at once, what they made stays with the association."""
    with _changing(person, by) as locked:
        locked.is_active, locked.has_left, locked.is_delegate, locked.is_in_directory = False, True, False, False
        locked.closed_at = timezone.now()  # also of an account that was suspended before
        locked.save()
        _let_go(locked)


def propose_transfer(*, person: User, to: Association, by: Any) -> Transfer | None:
    """Ask another association to take a colleague over; an editor moves the person at once, which gives None."""
    with _changing(person, by) as locked:
        if not locked.is_active or locked.association_id == to.pk:
            raise ValidationError(_("Choose another association, for somebody whose account works."), code="nowhere")
        Transfer.objects.filter(person=locked, answered_at__isnull=True).update(answered_at=timezone.now())
        if by.is_editor:
            _move(locked, to)
            return None
        transfer = Transfer.objects.create(person=locked, to=to, proposed_by=by)
        send_in_both_languages(MOVES_IN, delegates_of(to) or editors(), {"transfer": transfer})
    return transfer


def answer_transfer(*, transfer: Transfer, is_welcome: bool, by: Any) -> bool:
    """Take a colleague over, or do not; gives whether the person moved, raises AlreadyAnswered."""
    if not can_answer_transfer(by, transfer):
        raise PermissionDenied
    with transaction.atomic(), acting(lambda: by):
        locked = Transfer.objects.open().select_for_update(of=("self",)).filter(pk=transfer.pk).first()
        if locked is None:
            raise AlreadyAnswered
        locked.answered_at = timezone.now()
        locked.save(update_fields=["answered_at"])
        person = User.objects.select_for_update(of=("self",)).get(pk=locked.person_id)
        # Only whoever looks after somebody lets them go: either may have moved, or changed roles, meanwhile.
        moves = is_welcome and can_manage(locked.proposed_by, person)
        if moves:
            _move(person, locked.to)
    return moves


def hand_over(*, to: User, by: Any) -> None:
    """Pass the role of delegate on to a colleague."""
    with transaction.atomic(), acting(lambda: by):
        people = {one.pk: one for one in User.objects.select_for_update().filter(pk__in=(by.pk, to.pk)).order_by("pk")}
        before, after = people[by.pk], people[to.pk]
        if not can_hand_over(before, after):
            raise PermissionDenied
        before.is_delegate, after.is_delegate = False, True
        before.save()
        after.save()


@transaction.atomic
def ask_for_deletion(*, person: User) -> None:
    """Ask once to be erased: the delegates and the administrators learn of it, at most once a day."""
    asked = User.objects.filter(pk=person.pk, deletion_asked_at__isnull=True)
    if not asked.update(deletion_asked_at=timezone.now()):
        return
    noted = AuditEntry.objects.filter(action=AuditAction.ASKED, person=person)
    is_told = noted.filter(at__gt=timezone.now() - ONCE_A_DAY).exists()
    record(AuditAction.ASKED, by=person, person=person, association=person.association)
    if is_told:
        return
    delegates = delegates_of(person.association) if person.association else []
    recipients = dict.fromkeys([*delegates, *administrators()])
    recipients.pop(person.email, None)
    context = {"person": person, "days": settings.DELETION_AT_THE_LATEST.days}
    send_in_both_languages(ASKS_TO_LEAVE, recipients or editors(), context)


def keep_account(*, person: User) -> None:
    """Take the request to be erased back."""
    User.objects.filter(pk=person.pk, is_active=True).update(deletion_asked_at=None)


def erase(*, person: User) -> bool:
    """Leave nothing personal of an account whose time is over; false when it is not over any more."""
    with transaction.atomic():
        locked = due_for_erasure(User.objects.select_for_update(of=("self",))).filter(pk=person.pk).first()
        if locked is None:
            return False
        _let_go(locked)
        for holding in holdings():
            holding.erase(locked)
        User.objects.filter(pk=locked.pk).update(erased_at=timezone.now(), deletion_asked_at=None)
        record(AuditAction.ERASED, by=None, person=locked, association=locked.association)
    return True


@contextmanager
def _changing(person: User, by: Any) -> Iterator[User]:
    """The person's row, locked, for somebody who looks after it; raises PermissionDenied."""
    with transaction.atomic(), acting(lambda: by):
        locked = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
        if not can_manage(by, locked):
            raise PermissionDenied
        yield locked


def _move(person: User, to: Association) -> None:
    """Work for another association from now on; a delegate was one of the former."""
    _let_go(person)
    person.association, person.is_delegate = to, False
    person.save()


def _let_go(person: User) -> None:
    for holding in holdings():
        holding.let_go(person)
