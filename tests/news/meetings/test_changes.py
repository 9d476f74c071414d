"""Those who come hear of a meeting that moves or is cancelled."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from news.models import Meeting
from tests.factories.forms import errors_of, form_data
from tests.factories.groups import MeetingFactory, WorkingGroupFactory
from tests.factories.meetings import AttendanceFactory
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors, pytest.mark.usefixtures("homes")]


@pytest.fixture
def meeting() -> Meeting:
    start = (timezone.now() + timedelta(days=7)).replace(minute=0, second=0, microsecond=0)
    return MeetingFactory(starts_at=start, title_fr="Réunion", title_nl="Vergadering")


@pytest.fixture
def change(client: Client, meeting: Meeting, django_capture_on_commit_callbacks: Any) -> Any:
    """Save the form of the CMS with these changes, as a coordinator; gives the letters that followed."""
    coordinator = UserFactory()
    meeting.group.coordinators.add(coordinator)
    meeting.group.save()
    client.force_login(coordinator)
    url = reverse("wagtailsnippets_news_meeting:edit", args=[meeting.pk])

    def change(**changes: Any) -> list[mail.EmailMessage]:
        before = len(mail.outbox)
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(url, form_data(client, url) | changes)
        assert response.status_code == 302, errors_of(response)
        return mail.outbox[before:]

    return change


def moved(meeting: Meeting, **by: int) -> dict[str, str]:
    times = {name: timezone.localtime(getattr(meeting, name)) + timedelta(**by) for name in ("starts_at", "ends_at")}
    return {name: f"{value:%Y-%m-%d %H:%M}" for name, value in times.items()}


def test_a_new_time_and_a_cancellation_reach_those_who_come(change: Any, meeting: Meeting) -> None:
    french = AttendanceFactory(meeting=meeting)
    dutch = AttendanceFactory(meeting=meeting, language="nl")
    AttendanceFactory(meeting=meeting, is_coming=False)
    AttendanceFactory(meeting=meeting, person=UserFactory(is_active=False))

    letters = {letter.to[0]: letter for letter in change(**moved(meeting, days=1))}

    assert set(letters) == {french.person.email, dutch.person.email}
    assert "Réunion" in letters[french.person.email].subject
    assert "Vergadering" in letters[dutch.person.email].subject
    day = timezone.localtime(meeting.starts_at) + timedelta(days=1)
    assert f"{day.day} " in letters[french.person.email].body and f"{day:%H:%M}" in letters[french.person.email].body
    assert meeting.get_absolute_url("nl") in letters[dutch.person.email].body
    assert len(change(is_cancelled="on")) == 2
    meeting.refresh_from_db()
    assert meeting.is_cancelled


def test_other_changes_send_nothing(change: Any, meeting: Meeting) -> None:
    AttendanceFactory(meeting=meeting)
    assert change(place_fr="Ailleurs", title_nl="Andere titel") == []
    meeting.refresh_from_db()
    assert meeting.place_fr == "Ailleurs"


def test_who_left_a_closed_group_hears_nothing(change: Any, meeting: Meeting) -> None:
    meeting.group = WorkingGroupFactory(is_open=False)
    meeting.group.coordinators.set(Meeting.objects.get().group.coordinators.all())
    meeting.group.save()
    meeting.save()
    AttendanceFactory(meeting=meeting)
    assert change(is_cancelled="on") == []


def test_what_is_corrected_afterwards_reaches_nobody(change: Any, meeting: Meeting) -> None:
    Meeting.objects.update(starts_at=timezone.now() - timedelta(hours=1))
    meeting.refresh_from_db()
    AttendanceFactory(meeting=meeting)
    assert change(**moved(meeting, minutes=-30)) == []
