"""Meetings as a calendar file (RFC 5545), in the active language and in Brussels' time."""

from collections.abc import Iterable
from datetime import MAXYEAR, UTC, date, datetime, timedelta
from typing import Any

from bs4 import BeautifulSoup
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vText

from news.models import Meeting

PRODUCT = "-//Alliance Otonom//Site//FR"
READ_AGAIN_AFTER = timedelta(hours=6)


def calendar_of(meetings: Iterable[Meeting], name: str = "") -> bytes:
    """The file; with a name it is one that a calendar program reads again and again."""
    calendar = Calendar()
    for key, value in (("prodid", PRODUCT), ("version", "2.0"), ("method", "PUBLISH")):
        calendar.add(key, value)
    if name:
        calendar.add("name", vText(name))
        calendar.add("x-wr-calname", vText(name))  # what Outlook, Google and Apple read
        calendar.add("refresh-interval", READ_AGAIN_AFTER, parameters={"VALUE": "DURATION"})
    shown = list(meetings)
    for part in (*_summer_time(shown), *map(_event, shown)):
        calendar.add_component(part)
    return calendar.to_ical()


def _event(meeting: Meeting) -> Event:
    event = Event()
    event.add("uid", meeting.key)
    event.add("sequence", meeting.sequence)
    event.add("status", "CANCELLED" if meeting.is_cancelled else "CONFIRMED")
    event.add("dtstamp", meeting.changed_at)
    event.add("last-modified", meeting.changed_at)
    for key, moment in zip(("dtstart", "dtend"), _hours(meeting), strict=True):
        event.add(key, moment)
    for key, value in _words(meeting).items():
        if value:
            event.add(key, value)
    return event


def _hours(meeting: Meeting) -> list[datetime]:
    """When it begins and ends, in Brussels' time; in UTC where that hour comes twice and the second is meant.

    The standard takes an hour that comes twice, in the night when summer time ends, for the first (3.3.5).
    """
    hours = [timezone.localtime(moment) for moment in (meeting.starts_at, meeting.ends_at)]
    return [hour.astimezone(UTC) for hour in hours] if any(hour.fold for hour in hours) else hours


def _words(meeting: Meeting) -> dict[str, Any]:
    link = "" if meeting.is_cancelled else meeting.link
    address = settings.WAGTAILADMIN_BASE_URL + meeting.get_absolute_url()
    online = _("Online: %(link)s") % {"link": link} if link else ""
    return {
        "summary": meeting.title,
        "location": meeting.place or link,
        "description": "\n\n".join(filter(None, (meeting.group.name, online, plain(meeting.agenda), address))),
        "url": address,
    }


def _summer_time(meetings: list[Meeting]) -> list[Timezone]:
    """The rules of Brussels' time for the years of these meetings, as the standard asks of whoever names a zone."""
    if not meetings:
        return []
    first = date(min(timezone.localtime(meeting.starts_at).year for meeting in meetings), 1, 1)
    year = max(timezone.localtime(meeting.ends_at).year for meeting in meetings) + 1
    last = date(min(year, MAXYEAR), 1, 1)  # a typing error in one meeting leaves the others readable
    return [Timezone.from_tzid(settings.TIME_ZONE, first_date=first, last_date=last)]


def plain(html: str) -> str:
    """The text of an agenda, a point a line."""
    parts = BeautifulSoup(html, "html.parser").find_all(["p", "li"])
    return "\n".join(f"- {part.get_text()}" if part.name == "li" else part.get_text() for part in parts)
