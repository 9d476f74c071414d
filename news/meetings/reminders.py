"""The letter on the day before, to those who come."""

from datetime import date
from typing import Any

from django.db import transaction

from members.letters import Letter, send_letter
from news.meetings.letters import kept_for
from news.models import Attendance

REMINDER = Letter("emails/meeting_reminder_subject.txt", "emails/meeting_reminder.txt")


@transaction.atomic
def remind(*, attendance: Attendance, today: date) -> bool:
    """Write once to somebody who comes tomorrow; what was sent is noted in the same transaction as the letter.

    Nobody is reminded whose account ended, who may no longer see the meeting, or whom another run reminds now.
    """
    waiting = Attendance.objects.select_for_update(of=("self",), skip_locked=True).to_remind(today)
    known = waiting.select_related("meeting__group", "person").filter(pk=attendance.pk).first()
    if known is None or not known.person.is_active or not known.meeting.is_visible_to(known.person):
        return False
    known.reminded_for = known.meeting.starts_on
    known.save(update_fields=["reminded_for"])
    context = {"meeting": known.meeting, "person": known.person}
    fields: dict[str, Any] = {"person": known.person, **kept_for(known.meeting)}
    send_letter(REMINDER, known.language, [known.person.email], context, **fields)
    return True
