"""What requests and invitations to working groups hold about a person."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import override

from members.models import User
from news.joining.closing import close
from news.models import MembershipProposal, WorkingGroup

FACTS = ("message", "proposed_at", "answered_at", "is_accepted")


def tell_proposals(person: User) -> dict[str, Any]:
    """What somebody asked and was asked, and what they wrote to whom they invited, whose names are theirs."""
    own = MembershipProposal.objects.filter(person=person)
    sent = MembershipProposal.objects.invitations().filter(proposed_by=person)
    return {
        "requests_and_invitations_to_groups": _told(own, person, ("invited_as", *FACTS)),
        "invitations_to_groups_sent": _told(sent, person, FACTS),
    }


def _told(proposals: QuerySet[MembershipProposal], person: User, facts: Sequence[str]) -> list[dict[str, Any]]:
    """The facts; a group that the person may not see has a name only while its invitation says it."""
    known = WorkingGroup.objects.visible_to(person).values("pk")
    waiting = MembershipProposal.objects.open().invitations().filter(person=person).values("group")
    groups = WorkingGroup.objects.filter(Q(pk__in=known) | Q(pk__in=waiting))
    with override(person.language):
        names = {group.pk: group.name for group in groups}
    return [one | {"group": names.get(one["group"], "")} for one in proposals.values("group", *facts)]


def let_go(person: User) -> None:
    """What waits for an answer of somebody who left waits no more; who only moves on stays in their groups."""
    if not person.is_active:
        close(_proposals(person).filter(answered_at__isnull=True))


def erase_proposals(person: User) -> None:
    """Nobody asked, was asked or invited under this name."""
    _proposals(person).delete()


def _proposals(person: User) -> QuerySet[MembershipProposal]:
    return MembershipProposal.objects.filter(Q(person=person) | Q(proposed_by=person))
