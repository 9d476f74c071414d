"""The minutes of a meeting: tools that whoever coordinates its group chooses."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from library.enums import SharingLevel
from library.models import Tool
from members.models import User
from news.models import Meeting
from tests.factories.groups import MeetingFactory, WorkingGroupFactory
from tests.factories.library import ToolFactory
from tests.factories.people import UserFactory
from tests.reading import main_text, soup

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("homes")]


@pytest.fixture
def meeting() -> Meeting:
    """A meeting that is over."""
    return MeetingFactory(group=WorkingGroupFactory(), starts_at=timezone.now() - timedelta(days=1))


@pytest.fixture
def coordinator(client: Client, meeting: Meeting) -> User:
    person = UserFactory()
    meeting.group.coordinators.add(person)
    meeting.group.save()
    client.force_login(person)
    return person


def shared_with(meeting: Meeting, title: str) -> Tool:
    return ToolFactory(title=title, sharing=SharingLevel.GROUPS, groups=[meeting.group])


def address(meeting: Meeting) -> str:
    return reverse("library:minutes", args=[meeting.pk])


def offered(client: Client, meeting: Meeting) -> dict[str, bool]:
    """The titles that the form offers, and whether each is ticked."""
    boxes = soup(client.get(address(meeting))).select("input[type=checkbox][name=tools]")
    return {
        box.find_parent("label").select_one("[lang=fr]").get_text(strip=True): box.has_attr("checked") for box in boxes
    }


def test_the_coordinator_chooses_them_and_takes_them_away(client: Client, coordinator: User, meeting: Meeting) -> None:
    french, dutch = shared_with(meeting, "Le PV"), shared_with(meeting, "Het verslag")
    ToolFactory(title="D'ailleurs")
    assert offered(client, meeting) == {"Le PV": False, "Het verslag": False}

    client.post(address(meeting), {"tools": [french.pk, dutch.pk]})
    shown = main_text(client.get(meeting.get_absolute_url()))
    assert "Le PV" in shown and "Het verslag" in shown

    client.post(address(meeting), {"tools": [dutch.pk]})
    assert offered(client, meeting) == {"Le PV": False, "Het verslag": True}
    assert list(meeting.minutes.all()) == [dutch]


def test_a_tool_of_another_meeting_or_group_is_refused(client: Client, coordinator: User, meeting: Meeting) -> None:
    other = MeetingFactory(group=meeting.group, starts_at=meeting.starts_at)
    taken = shared_with(meeting, "Pris")
    Tool.objects.filter(pk=taken.pk).update(minutes_of=other)
    closed = MeetingFactory(group=WorkingGroupFactory(is_open=False))
    for tool in (taken, shared_with(closed, "Fermé"), ToolFactory(title="Ailleurs")):
        assert client.post(address(meeting), {"tools": [tool.pk]}).status_code == 422
    assert not meeting.minutes.exists()
    assert list(other.minutes.all()) == [taken]


def test_readers_see_only_minutes_that_they_may_see(client: Client, coordinator: User, meeting: Meeting) -> None:
    tool = shared_with(meeting, "Le PV")
    client.post(address(meeting), {"tools": [tool.pk]})
    reader = Client()
    reader.force_login(UserFactory())
    assert "Le PV" in main_text(reader.get(meeting.get_absolute_url()))
    assert not soup(reader.get(meeting.get_absolute_url())).find("a", href=address(meeting))

    Tool.objects.filter(pk=tool.pk).update(sharing=SharingLevel.ASSOCIATION)

    assert "Le PV" not in main_text(reader.get(meeting.get_absolute_url()))


def test_only_the_coordination_gets_there_and_only_once_the_meeting_began(
    client: Client, coordinator: User, meeting: Meeting
) -> None:
    assert soup(client.get(meeting.get_absolute_url())).find("a", href=address(meeting))
    reader = Client()
    reader.force_login(UserFactory())
    assert reader.get(address(meeting)).status_code == 404
    assert reader.post(address(meeting), {"tools": []}).status_code == 404
    later = MeetingFactory(group=meeting.group)
    assert client.get(address(later)).status_code == 404
    assert not soup(client.get(later.get_absolute_url())).find("a", href=address(later))


def test_without_a_shared_tool_it_says_so(client: Client, coordinator: User, meeting: Meeting) -> None:
    assert soup(client.get(address(meeting))).main.select(".notice")


def test_minutes_that_are_chosen_stay_in_the_form_however_many_tools_follow(
    client: Client, coordinator: User, meeting: Meeting
) -> None:
    old = shared_with(meeting, "Ancien")
    client.post(address(meeting), {"tools": [old.pk]})
    for number in range(31):
        shared_with(meeting, f"Nouveau {number}")
    assert offered(client, meeting)["Ancien"]
    assert len(offered(client, meeting)) == 31


def test_queries_stay_the_same(client: Client, coordinator: User, meeting: Meeting, count_queries: object) -> None:
    def grow(number: int) -> None:
        for place in range(number):
            tool = shared_with(meeting, f"Outil {place}")
            Tool.objects.filter(pk=tool.pk).update(minutes_of=meeting)

    grow(1)
    for url in (meeting.get_absolute_url(), address(meeting)):
        client.get(url)
        few = count_queries(lambda url=url: client.get(url))
        grow(5)
        assert count_queries(lambda url=url: client.get(url)) == few <= 12
