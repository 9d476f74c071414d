"""Saying whether one comes to a meeting, and who comes."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.models import User
from news.models import Attendance, Meeting


@transaction.atomic
def answer(*, meeting: Meeting, by: Any, is_coming: bool, language: str) -> None:
    """Note once what a person says; raises ValidationError when the meeting began or is cancelled meanwhile."""
    known = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if known.is_cancelled:
        raise ValidationError(_("This meeting is cancelled."))
    if known.has_started:
        raise ValidationError(_("This meeting has begun: answers can no longer be changed."))
    said = {"is_coming": is_coming, "language": language, "answered_at": timezone.now()}
    Attendance.objects.update_or_create(meeting=known, person=by, defaults=said)


@dataclass(frozen=True)
class Coming:
    """Those who come to a meeting, as one reader sees them: how many, and the names that the reader may see."""

    people: list[User]
    number: int

    @classmethod
    def to(cls, meeting: Meeting, reader: Any, *, with_all_names: bool) -> "Coming":
        """Read it; whoever coordinates the group sees every name, others those of the directory and their own."""
        coming = User.objects.filter(attendances__in=Attendance.objects.coming_to(meeting))
        people = list(coming.select_related("association").order_by("last_name", "first_name", "email"))
        return cls([one for one in people if with_all_names or one.is_visible_to(reader)], len(people))

    @property
    def unnamed(self) -> int:
        """How many come whose names the reader does not see."""
        return self.number - len(self.people)
