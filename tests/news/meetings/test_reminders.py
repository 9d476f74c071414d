"""The letter on the day before: to those who come, once, in their language."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from members import outbox
from members.models import OutgoingMail
from news.meetings.changes import tell_change
from news.meetings.reminders import remind
from news.models import Attendance, Meeting
from tests.factories.groups import MeetingFactory, WorkingGroupFactory
from tests.factories.meetings import AttendanceFactory
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("homes")]


@pytest.fixture
def run(django_capture_on_commit_callbacks: Any) -> Any:
    """Run the command as cron does; gives the letters that it sent."""

    def run() -> list[mail.EmailMessage]:
        before = len(mail.outbox)
        with django_capture_on_commit_callbacks(execute=True):
            call_command("meeting_reminders", verbosity=0)
        return mail.outbox[before:]

    return run


def tomorrow_at(hour: int, days: int = 1) -> datetime:
    return timezone.make_aware(
        datetime.combine(timezone.localdate() + timedelta(days=days), datetime.min.time()) + timedelta(hours=hour)
    )


def coming(**fields: Any) -> Attendance:
    """Somebody who said long ago to come to a meeting of tomorrow."""
    meeting = fields.pop("meeting", None) or MeetingFactory(starts_at=tomorrow_at(14))
    return AttendanceFactory(**{"meeting": meeting, "answered_at": timezone.now() - timedelta(days=3), **fields})


def test_who_comes_is_reminded_the_day_before_in_the_language_of_the_answer(run: Any) -> None:
    meeting = MeetingFactory(
        starts_at=tomorrow_at(14),
        title_fr="Réunion",
        title_nl="Vergadering",
        place_fr="Salle",
        link="https://x.example/",
    )
    french = coming(meeting=meeting)
    dutch = coming(meeting=meeting, language="nl")

    letters = {letter.to[0]: letter for letter in run()}

    assert set(letters) == {french.person.email, dutch.person.email}
    first, second = letters[french.person.email], letters[dutch.person.email]
    assert "Réunion" in first.subject and "Vergadering" in second.subject
    for words in ("Salle", "14:00", "https://x.example/", meeting.get_absolute_url("fr")):
        assert words in first.body
    assert meeting.get_absolute_url("nl") in second.body


@pytest.mark.parametrize("hour", [0, 23])
def test_tomorrow_is_that_of_brussels(run: Any, hour: int) -> None:
    coming(meeting=MeetingFactory(starts_at=tomorrow_at(hour)))
    coming(meeting=MeetingFactory(starts_at=tomorrow_at(0, days=2)))
    coming(meeting=MeetingFactory(starts_at=tomorrow_at(23, days=0)))
    assert len(run()) == 1


def test_nobody_is_reminded_twice(run: Any) -> None:
    given = coming()
    assert len(run()) == 1
    assert run() == []
    Meeting.objects.update(starts_at=tomorrow_at(15), ends_at=tomorrow_at(17))
    Attendance.objects.update(is_coming=False)
    Attendance.objects.update(is_coming=True)
    assert run() == []
    given.refresh_from_db()
    assert given.reminded_for == timezone.localdate() + timedelta(days=1)


def test_a_meeting_that_moved_to_another_day_reminds_again(run: Any) -> None:
    given = coming()
    Attendance.objects.update(reminded_for=timezone.localdate() - timedelta(days=20))
    assert [letter.to for letter in run()] == [[given.person.email]]


def not_coming() -> None:
    coming(is_coming=False)


def cancelled() -> None:
    coming(meeting=MeetingFactory(starts_at=tomorrow_at(14), is_cancelled=True))


def gone() -> None:
    coming(person=UserFactory(is_active=False))


def answered_today() -> None:
    coming(answered_at=timezone.now())


def left_the_closed_group() -> None:
    coming(meeting=MeetingFactory(starts_at=tomorrow_at(14), group=WorkingGroupFactory(is_open=False)))


@pytest.mark.parametrize("make", [not_coming, cancelled, gone, answered_today, left_the_closed_group])
def test_others_get_no_letter(run: Any, make: Any) -> None:
    make()
    assert run() == []
    assert Attendance.objects.get().reminded_for is None


def test_what_was_sent_is_noted_before_it_is_sent(django_capture_on_commit_callbacks: Any) -> None:
    given = coming()
    with django_capture_on_commit_callbacks() as waiting:
        assert remind(attendance=given, today=timezone.localdate())
        assert mail.outbox == []
    given.refresh_from_db()
    assert given.reminded_for
    assert len(waiting) == 1


def test_a_reminder_that_waited_until_the_meeting_began_is_not_sent(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    known = coming()
    assert remind(attendance=known, today=timezone.localdate())

    monkeypatch.setattr(timezone, "now", lambda: known.meeting.starts_at)
    outbox.send_due()

    assert not mail.outbox
    assert not OutgoingMail.objects.exists()


def test_a_reminder_of_the_hour_before_a_change_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    known = coming()
    assert remind(attendance=known, today=timezone.localdate())
    known.meeting.starts_at += timedelta(hours=1)
    known.meeting.save()

    tell_change(meeting=known.meeting)

    [waiting] = OutgoingMail.objects.all()
    assert "15:00" in waiting.body
