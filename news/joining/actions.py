"""Becoming a member of a working group and ceasing to be one.

Whatever changes who belongs to a group locks the group's row first, so that two clicks are one and no letter is sent
twice. What waits for an answer is closed as soon as the person is in the group, wherever that is done (``following``).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from members.audit.acting import acting
from members.letters import send_to_each
from members.models import User
from members.permissions import (
    can_answer_proposal,
    can_ask_to_join,
    can_coordinate,
    can_join,
    can_withdraw_proposal,
)
from news.enums import Joining
from news.joining.closing import close
from news.joining.letters import ANSWER, INVITATION, TAKEN_OUT, tell_coordinators
from news.letters.subjects import of_membership, of_proposal
from news.models import Attendance, MembershipProposal, WorkingGroup
from news.models.membership_proposal import MOST_A_DAY


class AlreadyAnswered(Exception):
    """Somebody answered or withdrew it meanwhile, or its time is over."""


def join(*, group: WorkingGroup, by: Any) -> None:
    """Become a member of a group that lets everybody in; a second time changes nothing."""
    with _changing(group, by) as locked:
        if not can_join(by, locked):
            raise PermissionDenied
        if not _is_in(by, locked):
            _let_in(by, locked)


def ask(*, group: WorkingGroup, message: str = "", by: Any) -> None:
    """Ask the coordinators to be let in; raises ValidationError where that makes no sense any more."""
    with _changing(group, by) as locked:
        if not can_ask_to_join(by, locked):
            raise PermissionDenied
        if _is_in(by, locked):
            raise ValidationError(_("You are in this group already."))
        if known := _unanswered(locked, by):
            asked, invited = _("You asked already. The answer comes by e-mail."), _("You are invited: say yes or no.")
            raise ValidationError(asked if known.is_request else invited)
        if MembershipProposal.objects.requests().of_today().filter(group=locked, person=by).count() >= MOST_A_DAY:
            raise ValidationError(_("You asked several times today. Ask again tomorrow."))
        tell_coordinators(_propose(group=locked, person=by, proposed_by=by, message=message))


def invite(*, group: WorkingGroup, person: User, invited_as: str = "", message: str = "", by: Any) -> None:
    """Ask somebody to join, whom the coordinators know under a name or an address; raises ValidationError where that
    makes no sense any more.
    """
    with _changing(group, by) as locked:
        if not can_coordinate(by, locked):
            raise PermissionDenied
        if _is_in(person, locked):
            raise ValidationError(_("This person is in the group already."))
        if person.pk == by.pk:
            raise ValidationError(_("This is your own account. Invite a colleague."))
        if (known := _unanswered(locked, person)) and known.is_repeated_by(by):
            return  # a second click
        if known:
            asks, invited = _("This person asks to join: answer the request."), _("This person is invited already.")
            raise ValidationError(asks if known.is_request else invited)
        _refuse_insisting(locked, person)
        proposal = _propose(group=locked, person=person, proposed_by=by, message=message, invited_as=invited_as)
        send_to_each(INVITATION, [person], {"invitation": proposal}, about=[of_proposal(proposal.pk)])


def answer(*, proposal: MembershipProposal, is_accepted: bool, by: Any) -> None:
    """Say yes or no to a request or an invitation; who asked gets a letter. Raises AlreadyAnswered."""
    with _changing(proposal.group, by) as locked:
        known = _still_open(proposal)
        if not can_answer_proposal(by, known):
            raise PermissionDenied
        _answered(known, is_accepted)
        if is_accepted:
            _let_in(known.person, locked)
        if known.is_request:
            send_to_each(ANSWER, [known.person], {"request": known}, about=[of_membership(locked.pk)])


def withdraw(*, proposal: MembershipProposal, by: Any) -> None:
    """Take a request or an invitation back before it is answered. Raises AlreadyAnswered."""
    with _changing(proposal.group, by):
        known = _still_open(proposal)
        if not can_withdraw_proposal(by, known):
            raise PermissionDenied
        _answered(known)


def leave(*, group: WorkingGroup, by: Any) -> None:
    """Cease to be a member; raises ValidationError for coordinators, whom only editors replace."""
    with _changing(group, by) as locked:
        if _coordinates(by, locked):
            raise ValidationError(_("You coordinate this group. Ask the editors to name somebody else first."))
        _take_out(by, locked)


def remove(*, group: WorkingGroup, person: User, by: Any) -> None:
    """Take a member out of the group, who gets a letter; coordinators are for the editors to replace."""
    with _changing(group, by) as locked:
        if not can_coordinate(by, locked) or _coordinates(person, locked):
            raise PermissionDenied
        if _take_out(person, locked) and person.is_active:
            send_to_each(TAKEN_OUT, [person], {"group": locked}, about=[of_membership(locked.pk)])


def describe(*, group: WorkingGroup, by: Any, **words: str) -> None:
    """Say what a group is for and how one joins it; a closed group only invites."""
    with _changing(group, by) as locked:
        if not can_coordinate(by, locked):
            raise PermissionDenied
        for name, value in words.items():
            setattr(locked, name, value)
        if not locked.is_open:
            locked.joining = Joining.BY_INVITATION
        locked.save(update_fields=[*words, "joining"])
        log(locked, "wagtail.edit", user=by)


@contextmanager
def _changing(group: WorkingGroup, by: Any) -> Iterator[WorkingGroup]:
    """The group's row, locked; the audit log says who did it."""
    with transaction.atomic(), acting(lambda: by):
        yield WorkingGroup.objects.select_for_update().get(pk=group.pk)


def _coordinates(person: Any, group: WorkingGroup) -> bool:
    return bool(person.coordinated_groups.filter(pk=group.pk).exists())


def _is_in(person: Any, group: WorkingGroup) -> bool:
    return _coordinates(person, group) or person.working_groups.filter(pk=group.pk).exists()


def _let_in(person: Any, group: WorkingGroup) -> None:
    """From the person's side: nothing else is written, whoever joins at the same time."""
    person.working_groups.add(group)


def _unanswered(group: WorkingGroup, person: Any) -> MembershipProposal | None:
    return MembershipProposal.objects.open().filter(group=group, person=person.pk).first()


def _refuse_insisting(group: WorkingGroup, person: Any) -> None:
    """Raise ValidationError where the person said no lately, or had letters enough today."""
    before = MembershipProposal.objects.invitations().filter(group=group, person=person)
    if before.declined_lately().exists():
        raise ValidationError(
            _("This person said no lately. Should they change their mind, the editors can add them.")
        )
    if before.of_today().count() >= MOST_A_DAY:
        raise ValidationError(_("This person was invited several times today. Try again tomorrow."))


def _propose(**facts: Any) -> MembershipProposal:
    """The only open one: an invitation whose author may no longer invite makes room."""
    void = MembershipProposal.objects.filter(group=facts["group"], person=facts["person"], answered_at__isnull=True)
    close(void)
    return MembershipProposal.objects.create(**facts)


def _still_open(proposal: MembershipProposal) -> MembershipProposal:
    known = MembershipProposal.objects.open().select_related("group", "person").filter(pk=proposal.pk).first()
    if known is None:
        raise AlreadyAnswered
    return known


def _answered(proposal: MembershipProposal, is_accepted: bool | None = None) -> None:
    """Close it; the letter that tells the answer reads it from here."""
    close(MembershipProposal.objects.filter(pk=proposal.pk), is_accepted=is_accepted)
    proposal.refresh_from_db(fields=["is_accepted", "answered_at"])


def _take_out(person: Any, group: WorkingGroup) -> bool:
    """End a membership; nobody waits any more for the person at the meetings to come. False when it was none."""
    if not person.working_groups.filter(pk=group.pk).exists():
        return False
    person.working_groups.remove(group)
    Attendance.objects.filter(person=person, meeting__group=group, meeting__starts_at__gt=timezone.now()).delete()
    return True
