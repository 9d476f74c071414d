"""What requests and invitations to working groups hold about a person."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from members.models import User
from news.models import MembershipProposal

FACTS = ("group__name_fr", "message", "proposed_at", "answered_at", "is_accepted")


def tell_proposals(person: User) -> dict[str, Any]:
    """What somebody asked and was asked, and what they wrote to whom they invited, whose names are theirs."""
    sent = MembershipProposal.objects.invitations().filter(proposed_by=person)
    return {
        "requests_and_invitations_to_groups": list(MembershipProposal.objects.filter(person=person).values(*FACTS)),
        "invitations_to_groups_sent": list(sent.values(*FACTS)),
    }


def let_go(person: User) -> None:
    """What waits for an answer of somebody who left waits no more; who only moves on stays in their groups."""
    if not person.is_active:
        _proposals(person).filter(answered_at__isnull=True).update(answered_at=timezone.now())


def erase_proposals(person: User) -> None:
    """Nobody asked, was asked or invited under this name."""
    _proposals(person).delete()


def _proposals(person: User) -> QuerySet[MembershipProposal]:
    return MembershipProposal.objects.filter(Q(person=person) | Q(proposed_by=person))
