"""The letter to those who come when a meeting moves, is cancelled, or takes place after all."""

from members.letters import Letter, send_letter
from news.models import Attendance, Meeting

TOLD = {"starts_at", "is_cancelled"}  # what makes somebody travel in vain; the rest is in the reminder
CHANGE = Letter("emails/meeting_changed_subject.txt", "emails/meeting_changed.txt")


def tell_change(*, meeting: Meeting) -> None:
    """Write to each person who said to come; called in the transaction that saves the change."""
    if meeting.has_started:
        return
    for known in Attendance.objects.coming_to(meeting).select_related("person"):
        send_letter(CHANGE, known.language, [known.person.email], {"meeting": meeting}, person=known.person)
