"""Who is in a group waits for no answer any more, wherever that was done: here, in the CMS, by a command."""

from typing import Any

from django.db.models.signals import m2m_changed
from django.utils import timezone

from members.models import User
from news.models import MembershipProposal, WorkingGroup


def connect() -> None:
    """Follow who becomes a member or a coordinator."""
    for through in (WorkingGroup.members.through, WorkingGroup.coordinators.through):
        m2m_changed.connect(_close_proposals, sender=through, dispatch_uid=f"proposals_{through._meta.label}")


def _close_proposals(sender: Any, instance: Any, action: str, pk_set: set[Any] | None, **kwargs: Any) -> None:
    if action != "post_add" or not pk_set:
        return
    ends = ("person", "group") if isinstance(instance, User) else ("group", "person")
    about = {ends[0]: instance, f"{ends[1]}__in": pk_set}
    waiting = MembershipProposal.objects.filter(answered_at__isnull=True, **about)
    waiting.update(answered_at=timezone.now(), is_accepted=True)
