"""The letter to those who come when a meeting moves, is cancelled, or takes place after all."""

from typing import Any

from members.letters import Letter, send_letter
from members.tasks import take_back_about
from news.letters.subjects import of_meeting
from news.meetings.letters import kept_for
from news.models import Attendance, Meeting

TOLD = {"starts_at", "is_cancelled"}  # what makes somebody travel in vain; the rest is in the reminder
CHANGE = Letter("emails/meeting_changed_subject.txt", "emails/meeting_changed.txt")


def tell_change(*, meeting: Meeting) -> None:
    """Write to each person who said to come; called in the transaction that saves the change.

    What was written before and waits says what is not true any more.
    """
    take_back_about(of_meeting(meeting.pk))
    if meeting.has_started:
        return
    for known in Attendance.objects.coming_to(meeting).select_related("person"):
        fields: dict[str, Any] = {"person": known.person, **kept_for(meeting)}
        send_letter(CHANGE, known.language, [known.person.email], {"meeting": meeting}, **fields)
