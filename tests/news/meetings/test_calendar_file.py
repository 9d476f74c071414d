"""Calendar files, parsed back: the hours across both clock changes, the words, and what changed."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from members.models import User
from news.models import Meeting
from tests.factories.forms import form_data
from tests.factories.groups import MeetingFactory, WorkingGroupFactory
from tests.factories.meetings import events, read_calendar
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def person(client: Client, homes: object) -> User:
    user = UserFactory()
    client.force_login(user)
    return user


def one_meeting(client: Client, meeting: Meeting) -> Calendar:
    return read_calendar(client, reverse("news:meeting_file", args=[meeting.pk]))


# The hour of the clock in Brussels, and what it is from UTC: the clocks change on 28 March and 31 October 2027.
@pytest.mark.parametrize(
    ("day", "offset"),
    [
        (datetime(2027, 3, 27, 14), 1),
        (datetime(2027, 3, 29, 14), 2),
        (datetime(2027, 10, 30, 14), 2),
        (datetime(2027, 11, 1, 14), 1),
    ],
)
def test_the_hour_is_that_of_brussels_across_both_clock_changes(
    client: Client, person: User, day: datetime, offset: int
) -> None:
    start = timezone.make_aware(day)
    meeting = MeetingFactory(starts_at=start, ends_at=start + timedelta(hours=2))

    calendar = one_meeting(client, meeting)

    (event,) = events(calendar)
    assert event["dtstart"].params["TZID"] == "Europe/Brussels"
    assert event["dtstart"].to_ical() == day.strftime("%Y%m%dT140000").encode()
    assert event["dtstart"].dt.utcoffset() == timedelta(hours=offset)
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(hours=2)
    assert event["dtstart"].dt == start


def test_the_file_brings_its_own_rules_of_summer_time(client: Client, person: User) -> None:
    start = timezone.make_aware(datetime(2027, 3, 27, 23))
    calendar = one_meeting(client, MeetingFactory(starts_at=start, ends_at=start + timedelta(hours=6)))

    (zone,) = calendar.walk("VTIMEZONE")
    assert zone["tzid"] == "Europe/Brussels"
    brussels = zone.to_tz(lookup_tzid=False)  # from what the file says, not from this machine's own zones
    for month, day, offset in ((3, 27, 1), (3, 29, 2), (10, 30, 2), (11, 1, 1)):
        assert datetime(2027, month, day, 12, tzinfo=brussels).utcoffset() == timedelta(hours=offset)
    (event,) = events(calendar)
    assert [event[name].dt.utcoffset() for name in ("dtstart", "dtend")] == [timedelta(hours=1), timedelta(hours=2)]
    assert event["dtend"].dt - start == timedelta(hours=6)


# On 31 October 2027 the clock in Brussels goes from 3:00 back to 2:00: 2:30 is 0:30 in UTC, then 1:30.
@pytest.mark.parametrize(("first", "last"), [(0, 1), (1, 2), (-1, 1), (0, 4), (-1, 0)])
def test_an_hour_that_comes_twice_is_said_without_doubt(client: Client, person: User, first: int, last: int) -> None:
    half_past_midnight = datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    start, end = (half_past_midnight + timedelta(hours=hours) for hours in (first, last))
    meeting = MeetingFactory(starts_at=start, ends_at=end)

    (event,) = events(one_meeting(client, meeting))

    assert [event[name].dt.astimezone(UTC) for name in ("dtstart", "dtend")] == [start, end]
    is_second = 1 in (first, last)
    for name in ("dtstart", "dtend"):
        assert event[name].to_ical().endswith(b"Z") == is_second
        assert ("TZID" in event[name].params) != is_second


@pytest.mark.ignore_template_errors
@pytest.mark.parametrize("hour", ["2027-10-31 02:30", "2027-03-28 02:30"])  # twice, never
def test_such_an_hour_is_not_typed(client: Client, homes: object, hour: str) -> None:
    client.force_login(UserFactory(is_editor=True))
    url = reverse(Meeting.snippet_viewset.get_url_name("add"))
    data = form_data(client, url) | {"group": WorkingGroupFactory().pk, "title_fr": "R", "title_nl": "V"}

    response = client.post(url, data | {"starts_at": hour, "ends_at": "2027-12-01 10:00"})

    assert list(response.context["form"].errors) == ["starts_at"]
    assert not Meeting.objects.exists()


def test_words_stand_as_they_were_written(client: Client, person: User) -> None:
    title = "Virgules, points-virgules ; “guillemets” \\ et " + "é" * 80
    meeting = MeetingFactory(
        title_fr=title,
        place_fr="Rue A, 1; Bruxelles",
        agenda_fr="<p>Pour Léa &amp; Tom</p><ul><li>Un</li><li>Deux</li></ul>",
        link="https://meet.example.org/?a=1&b=2",
    )
    response = client.get(reverse("news:meeting_file", args=[meeting.pk]))

    assert max(map(len, response.content.split(b"\r\n"))) <= 75
    (event,) = events(Calendar.from_ical(response.content))
    assert str(event["summary"]) == title
    assert str(event["location"]) == "Rue A, 1; Bruxelles"
    for words in (meeting.group.name_fr, "Pour Léa & Tom\n- Un\n- Deux", "https://meet.example.org/?a=1&b=2"):
        assert words in str(event["description"])
    assert str(event["url"]).endswith(meeting.get_absolute_url("fr"))
    assert response["Content-Disposition"].endswith('.ics"')


def test_an_event_keeps_its_name_and_counts_its_changes(client: Client, person: User) -> None:
    meeting = MeetingFactory()

    def seen() -> tuple[str, int]:
        (event,) = events(one_meeting(client, meeting))
        return str(event["uid"]), int(event["sequence"])

    uid, first = seen()
    assert first == 0
    meeting.title_nl = "Ander woord"
    meeting.save()
    assert seen() == (uid, 1)
    Meeting.objects.filter(pk=meeting.pk).update(ends_at=meeting.ends_at + timedelta(hours=1))
    assert seen() == (uid, 2)
    meeting.refresh_from_db()
    meeting.save()
    assert seen() == (uid, 2)
    meeting.sequence = 0
    meeting.is_cancelled = True
    meeting.save()
    assert seen() == (uid, 3)
    other = events(one_meeting(client, MeetingFactory(group=meeting.group)))[0]
    assert str(other["uid"]) != uid


def test_a_change_dates_the_event(client: Client, person: User) -> None:
    meeting = MeetingFactory(changed_at=timezone.now() - timedelta(days=3))
    before = events(one_meeting(client, meeting))[0]["last-modified"].dt
    meeting.title_fr = "Autre titre"
    meeting.save()
    assert events(one_meeting(client, meeting))[0]["last-modified"].dt > before + timedelta(days=2)
