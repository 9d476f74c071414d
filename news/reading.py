"""What is new to a person, and what they have read."""

import logging
from typing import Any
from uuid import UUID

from django.db import DatabaseError
from django.db.models import Count
from django.http import HttpRequest
from django.utils import timezone

from news.models import GroupNewsPage, Meeting, Seen

LOADED_AHEAD = ("Sec-Purpose", "Purpose", "X-Moz")  # headers with which browsers load what nobody has opened yet

logger = logging.getLogger(__name__)


def note_visit(request: HttpRequest, key: UUID) -> None:
    """Note that a person opened something; not what a program asks about or a browser loads ahead.

    A mark that cannot be written keeps nobody from reading: it stands in no transaction that it could spoil.
    """
    if request.method != "GET" or any("prefetch" in request.headers.get(name, "") for name in LOADED_AHEAD):
        return
    try:
        Seen.objects.note_read(request.user, key)
    except DatabaseError:
        logger.exception("A mark of what was read could not be written.")


def mark_read(person: Any, keys: list[UUID]) -> None:
    """Note that a person read these."""
    now = timezone.now()
    Seen.objects.note((Seen(person_id=person.pk, key=key, read_at=now) for key in keys), "read_at")


def mark_all_read(person: Any) -> None:
    """Note that nothing is new to a person any more."""
    unread = GroupNewsPage.objects.visible_to(person).unread_by(person)
    mark_read(person, list(unread.order_by().values_list("translation_key", flat=True).distinct()))


def unread_numbers(person: Any) -> dict[int, int]:
    """How many articles are new to a person in each group where there are some; translations count once."""
    unread = GroupNewsPage.objects.visible_to(person).unread_by(person).order_by()
    counted = unread.values("group").annotate(number=Count("translation_key", distinct=True))
    return dict(counted.values_list("group", "number"))


def old_marks() -> Any:
    """What was read and told long ago, but for meetings to come."""
    return Seen.objects.expired(meeting.key for meeting in Meeting.objects.upcoming())
