"""How long what names a person is kept, as the privacy page says."""

from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from members.models import Invitation


def due_for_erasure(people: Any) -> Any:
    """Closed accounts whose time is over, and requests to be erased that nobody answered in time.

    Who asked to be erased is erased the night after the account is closed. An administrator is never erased by
    itself: the site would have nobody left.
    """
    now = timezone.now()
    left = Q(is_active=False, has_left=True, closed_at__lt=now - settings.ACCOUNT_KEPT_AFTER_LEAVING)
    suspended = Q(is_active=False, closed_at__lt=now - settings.ACCOUNT_SUSPENDED_AT_MOST)
    closed = Q(is_active=False, deletion_asked_at__isnull=False)
    overdue = Q(deletion_asked_at__lt=now - settings.DELETION_AT_THE_LATEST)
    return people.filter(erased_at__isnull=True, is_superuser=False).filter(left | suspended | closed | overdue)


def forgotten_invitations() -> Any:
    """Invitations that nobody accepted."""
    before = timezone.now() - settings.INVITATION_KEPT
    return Invitation.objects.filter(accepted_at__isnull=True, sent_at__lt=before)
