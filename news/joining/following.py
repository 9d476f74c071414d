"""What ends proposals, wherever it is done, here, in the CMS, by a command: who is in a group waits for no answer any
more, and who ceases to coordinate it invites nobody, even when they coordinate it again.
"""

from typing import Any

from django.db.models.signals import m2m_changed
from django.utils import timezone

from members.models import User
from news.models import MembershipProposal, WorkingGroup


def connect() -> None:
    """Follow who becomes a member or a coordinator."""
    for through in (WorkingGroup.members.through, WorkingGroup.coordinators.through):
        m2m_changed.connect(_close_proposals, sender=through, dispatch_uid=f"proposals_{through._meta.label}")
    m2m_changed.connect(_end_invitations, sender=WorkingGroup.coordinators.through, dispatch_uid="end_invitations")


def _close_proposals(sender: Any, instance: Any, action: str, pk_set: set[Any] | None, **kwargs: Any) -> None:
    if action == "post_add" and pk_set:
        waiting = _unanswered(instance, "person", pk_set)
        waiting.update(answered_at=timezone.now(), is_accepted=True)


def _end_invitations(sender: Any, instance: Any, action: str, pk_set: set[Any] | None, **kwargs: Any) -> None:
    if action in ("post_remove", "pre_clear"):  # whose keys are None: everybody is taken out
        _unanswered(instance, "proposed_by", pk_set).invitations().update(answered_at=timezone.now())


def _unanswered(instance: Any, person: str, keys: set[Any] | None) -> Any:
    """What waits between the instance, a person or a group, and those with the keys on the other side."""
    here, there = (person, "group") if isinstance(instance, User) else ("group", person)
    waiting = MembershipProposal.objects.filter(answered_at__isnull=True, **{here: instance})
    return waiting if keys is None else waiting.filter(**{f"{there}__in": keys})
