"""How long what names a person is kept, as the privacy page says."""

from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from members.models import Invitation


def due_for_erasure(people: Any) -> Any:
    """Closed accounts whose time is over, and requests to be erased that nobody answered in time.

    An administrator is never erased by itself: the site would have nobody left.
    """
    return _erasable(people, _left() | _suspended() | _asked())


def who_left(people: Any) -> Any:
    """People whose association said long ago that they left."""
    return _erasable(people, _left())


def who_were_suspended(people: Any) -> Any:
    """People whose account was closed for so long that they do not come back."""
    return _erasable(people, _suspended())


def who_asked(people: Any) -> Any:
    """People who asked to be erased: the night after their account is closed, or when nobody answered in time."""
    return _erasable(people, _asked())


def _left() -> Q:
    return Q(is_active=False, has_left=True, closed_at__lt=timezone.now() - settings.ACCOUNT_KEPT_AFTER_LEAVING)


def _suspended() -> Q:
    return Q(is_active=False, closed_at__lt=timezone.now() - settings.ACCOUNT_SUSPENDED_AT_MOST)


def _asked() -> Q:
    closed = Q(is_active=False, deletion_asked_at__isnull=False)
    return closed | Q(deletion_asked_at__lt=timezone.now() - settings.DELETION_AT_THE_LATEST)


def _erasable(people: Any, due: Q) -> Any:
    return people.filter(due, erased_at__isnull=True, is_superuser=False)


def forgotten_invitations() -> Any:
    """Invitations that nobody accepted."""
    before = timezone.now() - settings.INVITATION_KEPT
    return Invitation.objects.filter(accepted_at__isnull=True, sent_at__lt=before)
