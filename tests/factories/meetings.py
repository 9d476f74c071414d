"""Answers to meetings, and calendars as a program reads them."""

from typing import Any

import factory
from django.test import Client
from icalendar import Calendar, Event

from news.models import Attendance, FeedKey
from tests.factories.groups import MeetingFactory
from tests.factories.people import UserFactory


class AttendanceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Attendance

    meeting = factory.SubFactory(MeetingFactory)
    person = factory.SubFactory(UserFactory)
    is_coming = True
    language = "fr"


class FeedKeyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FeedKey

    owner = factory.SubFactory(UserFactory)


def read_calendar(client: Client, url: str) -> Calendar:
    """The file at an address, parsed back."""
    response = client.get(url)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content)


def events(calendar: Calendar) -> list[Event]:
    return list(calendar.walk("VEVENT"))


def titles(calendar: Calendar) -> list[Any]:
    return [str(event["summary"]) for event in events(calendar)]
