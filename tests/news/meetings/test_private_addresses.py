"""Calendars and feeds by private addresses, which end with the account and show what their owner may see."""

import logging
from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from config.log_filters import WithoutQueries
from home.languages import LANGUAGES
from members.accounts import actions as accounts
from members.models import User
from news.models import FeedKey, WorkingGroup
from tests.factories.groups import GroupNewsPageFactory, MeetingFactory, WorkingGroupFactory
from tests.factories.meetings import AttendanceFactory, FeedKeyFactory, events, read_calendar, titles
from tests.factories.people import UserFactory
from tests.reading import soup

pytestmark = [pytest.mark.django_db]
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def person(client: Client, homes: object) -> User:
    user = UserFactory()
    client.force_login(user)
    return user


@pytest.fixture
def key(person: User) -> FeedKey:
    return FeedKeyFactory(owner=person)


def join(group: WorkingGroup, person: User) -> None:
    group.members.add(person)
    group.save()


def addresses(key: FeedKey, group: WorkingGroup) -> list[str]:
    """Every address that the key opens, in both languages."""
    found = []
    for language in LANGUAGES:
        with override(language):
            found.append(key.get_absolute_url())
            found += [reverse(f"news:group_{kind}", args=[key.token, group.pk]) for kind in ("calendar", "feed")]
    return found


def test_a_cancelled_meeting_stays_struck_out_and_loses_its_link(client: Client, key: FeedKey) -> None:
    group = WorkingGroupFactory()
    join(group, key.owner)
    MeetingFactory(group=group, title_fr="Annulée", is_cancelled=True, link="https://meet.example.org/x")
    MeetingFactory(group=group, title_fr="Maintenue")

    for url in addresses(key, group)[:2]:
        calendar = read_calendar(Client(), url)
        states = {str(event["summary"]): str(event["status"]) for event in events(calendar)}
        assert states == {"Annulée": "CANCELLED", "Maintenue": "CONFIRMED"}
        assert b"meet.example.org" not in calendar.to_ical()


def test_ones_own_calendar_holds_ones_groups_and_where_one_comes(client: Client, key: FeedKey) -> None:
    mine, coordinated, other = (WorkingGroupFactory() for _ in range(3))
    join(mine, key.owner)
    coordinated.coordinators.add(key.owner)
    coordinated.save()
    now = timezone.now()
    for group, title, days, answer in (
        (mine, "Sans réponse", 1, None),
        (mine, "Non", 2, False),
        (coordinated, "Oui", 3, True),
        (other, "Ailleurs oui", 4, True),
        (other, "Ailleurs", 5, None),
        (mine, "Il y a un mois", -30, None),
        (mine, "Il y a deux ans", -730, None),
    ):
        meeting = MeetingFactory(group=group, title_fr=title, starts_at=now + timedelta(days=days))
        if answer is not None:
            AttendanceFactory(meeting=meeting, person=key.owner, is_coming=answer)

    calendar = read_calendar(Client(), key.get_absolute_url())

    assert titles(calendar) == ["Il y a un mois", "Sans réponse", "Oui", "Ailleurs oui"]
    assert calendar["x-wr-calname"]


def test_each_language_has_its_words(client: Client, key: FeedKey) -> None:
    meeting = MeetingFactory(title_fr="Réunion", title_nl="Vergadering", place_nl="Zaal")
    AttendanceFactory(meeting=meeting, person=key.owner)
    with override("nl"):
        (event,) = events(read_calendar(Client(), key.get_absolute_url()))
    assert (str(event["summary"]), str(event["location"])) == ("Vergadering", "Zaal")
    assert "/nl/" in str(event["url"])


def test_a_calendar_without_meetings_is_one(client: Client, key: FeedKey) -> None:
    assert events(read_calendar(Client(), key.get_absolute_url())) == []


def test_a_private_address_asks_for_no_sign_in_and_leaves_no_trace(client: Client, key: FeedKey) -> None:
    for url in addresses(key, WorkingGroupFactory()):
        response = Client().get(url)
        assert response.status_code == 200
        assert {"private", "no-store"} <= set(response["Cache-Control"].replace(",", "").split())
        assert response["X-Robots-Tag"] == "noindex"
        assert not response.cookies


def test_the_account_takes_every_address_with_it(client: Client, key: FeedKey) -> None:
    group = WorkingGroupFactory()
    join(group, key.owner)
    User.objects.filter(pk=key.owner_id).update(is_active=False)
    assert [Client().get(url).status_code for url in addresses(key, group)] == [404] * 6


def test_a_closed_account_that_is_opened_again_does_not_bring_its_addresses_back(client: Client, key: FeedKey) -> None:
    editor, group = UserFactory(is_editor=True), WorkingGroupFactory()
    accounts.suspend(person=key.owner, by=editor)
    accounts.reopen(person=key.owner, by=editor)
    assert [Client().get(url).status_code for url in addresses(key, group)] == [404] * 6


@pytest.mark.parametrize("role", [{"is_superuser": True}, {"is_editor": True}, {"is_delegate": True}])
def test_a_private_address_opens_no_more_than_a_plain_member_sees(
    client: Client, homes: object, role: dict[str, bool]
) -> None:
    key = FeedKeyFactory(owner=UserFactory(**role))
    client.force_login(key.owner)
    closed = WorkingGroupFactory(name_fr="Fermé", is_open=False)
    meeting = MeetingFactory(group=closed, title_fr="Secrète")
    AttendanceFactory(meeting=meeting, person=key.owner)

    own, *others = addresses(key, closed)[:3]

    assert titles(read_calendar(Client(), own)) == []
    assert [Client().get(url).status_code for url in others] == [404, 404]
    assert "Fermé" not in client.get(reverse("news:calendars")).content.decode()
    join(closed, key.owner)
    assert titles(read_calendar(Client(), own)) == ["Secrète"]
    assert [Client().get(url).status_code for url in others] == [200, 200]


def test_the_name_of_a_calendar_is_escaped(client: Client, key: FeedKey) -> None:
    group = WorkingGroupFactory(name_fr="Paie, primes; barèmes\nX-WR-CALDESC:autre")
    response = Client().get(reverse("news:group_calendar", args=[key.token, group.pk]))
    lines = response.content.replace(b"\r\n ", b"").decode().split("\r\n")
    assert "X-WR-CALNAME:Paie\\, primes\\; barèmes\\nX-WR-CALDESC:autre" in lines
    assert "NAME:Paie\\, primes\\; barèmes\\nX-WR-CALDESC:autre" in lines


def test_a_wrong_year_in_one_meeting_breaks_no_calendar(client: Client, key: FeedKey) -> None:
    group = WorkingGroupFactory()
    join(group, key.owner)
    end = timezone.make_aware(datetime(9999, 6, 1, 12))
    MeetingFactory(group=group, title_fr="Faute", starts_at=end - timedelta(hours=1), ends_at=end)
    assert titles(read_calendar(Client(), key.get_absolute_url())) == ["Faute"]


def test_leaving_a_closed_group_ends_its_addresses_at_once(client: Client, key: FeedKey) -> None:
    group = WorkingGroupFactory(is_open=False)
    join(group, key.owner)
    AttendanceFactory(meeting=MeetingFactory(group=group, title_fr="Secrète"), person=key.owner)
    assert titles(read_calendar(Client(), key.get_absolute_url())) == ["Secrète"]

    group.members.remove(key.owner)
    group.save()

    assert titles(read_calendar(Client(), key.get_absolute_url())) == []
    with override("fr"):
        own, *others = addresses(key, group)[:3]
    assert [Client().get(url).status_code for url in others] == [404, 404]
    missing = own.replace(key.token, "x" * 43)
    assert Client().get(missing).status_code == 404


def test_the_owner_makes_renews_and_ends_the_address(client: Client, person: User) -> None:
    page = reverse("news:calendars")

    def shown() -> str | None:
        field = soup(client.get(page)).select_one("#own-calendar")
        return field["value"] if field else None

    assert shown() is None
    assert client.get(reverse("news:renew_calendars")).status_code == 405
    client.post(reverse("news:renew_calendars"))
    first = shown()
    assert Client().get(first).status_code == 200
    assert soup(client.get(page)).select_one(".button")["href"] == first.replace("http:", "webcal:")
    client.post(reverse("news:renew_calendars"))
    second = shown()
    assert second != first
    assert [Client().get(url).status_code for url in (first, second)] == [404, 200]
    client.post(reverse("news:end_calendars"))
    assert shown() is None
    assert Client().get(second).status_code == 404


def test_the_page_offers_the_groups_that_one_may_see(client: Client, key: FeedKey) -> None:
    WorkingGroupFactory(name_fr="Ouvert")
    WorkingGroupFactory(name_fr="Fermé", is_open=False)
    shown = soup(client.get(reverse("news:calendars"))).main
    assert "Ouvert" in shown.get_text()
    assert "Fermé" not in shown.get_text()
    for link in shown.select("a[href*='/private/']"):
        assert Client().get(link["href"]).status_code == 200


def test_a_group_has_a_feed_for_its_readers(client: Client, key: FeedKey) -> None:
    group = WorkingGroupFactory(name_fr="Accueil", is_open=False)
    join(group, key.owner)
    GroupNewsPageFactory(group=group, title="Lu & vu")
    GroupNewsPageFactory(group=WorkingGroupFactory(), title="D'un autre groupe")

    response = Client().get(reverse("news:group_feed", args=[key.token, group.pk]))

    atom = ElementTree.fromstring(response.content)  # noqa: S314  # our own feed
    assert response["Content-Type"].startswith("application/atom+xml")
    assert atom.findtext(f"{ATOM}title") == "Accueil"
    assert [title.text for title in atom.findall(f"{ATOM}entry/{ATOM}title")] == ["Lu & vu"]


def test_queries_do_not_grow(client: Client, key: FeedKey, count_queries: object) -> None:
    group = WorkingGroupFactory()
    join(group, key.owner)

    def grow(number: int) -> None:
        for _ in range(number):
            MeetingFactory(group=group)
            join(WorkingGroupFactory(), key.owner)
            GroupNewsPageFactory(group=group)

    grow(1)
    urls = [*addresses(key, group)[:3], reverse("news:calendars")]
    for url in urls:
        client.get(url)
    few = [count_queries(lambda url=url: client.get(url)) for url in urls]
    grow(10)
    assert [count_queries(lambda url=url: client.get(url)) for url in urls] == few
    assert max(few) <= 12


def test_no_log_names_a_private_address() -> None:
    record = logging.LogRecord(
        "x", logging.WARNING, "", 0, "Not Found: %s", ("/fr/private/AbC_-9/calendar.ics?x=1",), None
    )
    WithoutQueries().filter(record)
    assert record.getMessage() == "Not Found: /fr/private/…/calendar.ics"
