"""A meeting's page: what it shows, to whom, and saying whether one comes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from members.models import User
from news.enums import Joining
from news.models import Attendance, Meeting, WorkingGroup
from tests.factories.groups import MeetingFactory, WorkingGroupFactory
from tests.factories.meetings import AttendanceFactory
from tests.factories.people import EmployerFactory, UserFactory
from tests.forgetting import forget
from tests.reading import main_text, soup

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def person(client: Client, homes: object) -> User:
    user = UserFactory()
    client.force_login(user)
    return user


def say(client: Client, meeting: Meeting, answer: str) -> HttpResponse:
    return client.post(reverse("news:answer_meeting", args=[meeting.pk]), {"answer": answer}, follow=True)


def state(response: HttpResponse) -> str | None:
    """What the page says that the person answered; None where it does not ask."""
    shown = soup(response).select_one("[data-answer]")
    return shown["data-answer"] if shown else None


def test_it_tells_when_where_and_what_about(client: Client, person: User) -> None:
    meeting = MeetingFactory(
        title_fr="Préparer", place_fr="Salle bleue", agenda_fr="<p>Un point</p>", link="https://meet.example.org/x"
    )
    response = client.get(meeting.get_absolute_url())

    for words in ("Préparer", "Salle bleue", "Un point"):
        assert words in main_text(response)
    assert soup(response).main.find("a", href="https://meet.example.org/x")
    assert meeting.group.name_fr in soup(response).select_one(".breadcrumbs").get_text()
    assert soup(response).select_one(".languages a")["href"] == meeting.get_absolute_url("nl")


def test_the_list_leads_to_it_and_marks_where_one_comes(client: Client, person: User) -> None:
    meeting = MeetingFactory()
    AttendanceFactory(meeting=meeting, person=UserFactory())
    for url in (meeting.group.get_absolute_url(), reverse("members:dashboard")):
        assert soup(client.get(url)).find("a", href=meeting.get_absolute_url())
        assert not soup(client.get(url)).select(".meeting .tag")
    AttendanceFactory(meeting=meeting, person=person)
    for url in (meeting.group.get_absolute_url(), reverse("members:dashboard")):
        assert soup(client.get(url)).select(".meeting .tag")


def test_one_says_that_one_comes_and_changes_it(client: Client, person: User) -> None:
    meeting = MeetingFactory()
    assert state(client.get(meeting.get_absolute_url())) == "none"

    assert state(say(client, meeting, "yes")) == "yes"
    assert state(say(client, meeting, "no")) == "no"
    assert state(say(client, meeting, "yes")) == "yes"
    assert Attendance.objects.get().person == person


@pytest.mark.parametrize(
    "fields",
    [{"is_cancelled": True}, {"starts_at": timezone.now() - timedelta(minutes=1)}],
    ids=["cancelled", "begun"],
)
def test_an_answer_stays_as_it_is_once_the_meeting_begins_or_is_cancelled(
    client: Client, person: User, fields: dict[str, object]
) -> None:
    meeting = MeetingFactory()
    say(client, meeting, "yes")
    for name, value in fields.items():
        setattr(meeting, name, value)
    meeting.save()

    response = say(client, meeting, "no")

    assert soup(response).select(".notice--warning")
    assert state(response) is None
    assert Attendance.objects.get().is_coming


def test_an_association_that_is_not_published_is_not_named(client: Client, person: User) -> None:
    hidden = EmployerFactory(short_name_fr="En préparation", live=False)
    given = AttendanceFactory(person=UserFactory(last_name="Sow", association=hidden))
    shown = soup(client.get(given.meeting.get_absolute_url())).aside.get_text()
    assert "Sow" in shown
    assert "En préparation" not in shown


def test_only_yes_and_no_are_answers(client: Client, person: User) -> None:
    meeting = MeetingFactory()
    assert say(client, meeting, "perhaps").status_code == 404
    assert client.get(reverse("news:answer_meeting", args=[meeting.pk])).status_code == 405
    assert not Attendance.objects.exists()


def test_the_database_keeps_one_answer_a_person(client: Client, person: User) -> None:
    given = AttendanceFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        AttendanceFactory(meeting=given.meeting, person=given.person)


def test_a_meeting_of_a_closed_group_does_not_exist_for_others(client: Client, person: User) -> None:
    meeting = MeetingFactory(group=WorkingGroupFactory(is_open=False))

    for name in ("meeting", "meeting_file"):
        assert client.get(reverse(f"news:{name}", args=[meeting.pk])).status_code == 404
        assert Client().get(reverse(f"news:{name}", args=[meeting.pk])).status_code == 302
    assert say(client, meeting, "yes").status_code == 404
    assert not Attendance.objects.exists()


def names(response: HttpResponse) -> str:
    return soup(response).select_one("aside").get_text(" ", strip=True)


def test_colleagues_see_the_names_of_the_directory_and_the_coordination_sees_all(client: Client, person: User) -> None:
    meeting = MeetingFactory()
    AttendanceFactory(meeting=meeting, person=UserFactory(first_name="Visible"))
    AttendanceFactory(meeting=meeting, person=UserFactory(first_name="Discrète", is_in_directory=False))
    AttendanceFactory(meeting=meeting, person=UserFactory(first_name="Absente"), is_coming=False)
    AttendanceFactory(meeting=meeting, person=UserFactory(first_name="Partie", is_active=False))

    shown = names(client.get(meeting.get_absolute_url()))
    assert "Visible" in shown
    assert "(2)" in shown
    for name in ("Discrète", "Absente", "Partie"):
        assert name not in shown

    meeting.group.coordinators.add(person)
    meeting.group.save()
    shown = names(client.get(meeting.get_absolute_url()))
    assert "Visible" in shown and "Discrète" in shown
    assert "Absente" not in shown and "Partie" not in shown


def test_who_left_a_closed_group_counts_no_more(client: Client, person: User) -> None:
    group = WorkingGroupFactory(is_open=False)
    leaving = UserFactory(first_name="Partante")
    group.members.add(person, leaving)
    group.save()
    meeting = MeetingFactory(group=group)
    AttendanceFactory(meeting=meeting, person=leaving)
    assert "Partante" in names(client.get(meeting.get_absolute_url()))

    group.members.remove(leaving)
    group.save()

    assert "Partante" not in names(client.get(meeting.get_absolute_url()))
    assert "(1)" not in names(client.get(meeting.get_absolute_url()))


@pytest.mark.parametrize("is_open", [True, False])
def test_the_readers_of_a_group_are_those_who_may_see_it(is_open: bool) -> None:
    group = WorkingGroupFactory(is_open=is_open)
    people = [UserFactory() for _ in range(3)]
    people += [UserFactory(is_editor=True), UserFactory(is_superuser=True)]
    group.members.add(people[0])
    group.coordinators.add(people[0], people[1])
    group.save()
    gone = UserFactory(is_editor=True, is_active=False)

    readers = set(group.readers())
    assert readers == {one for one in people if group.is_visible_to(User.objects.get(pk=one.pk))}
    assert len(readers) == (5 if is_open else 4)
    assert group.readers().count() == len(readers)
    assert gone not in readers


def test_coordinators_change_the_meeting_and_plan_the_next_one(client: Client, person: User) -> None:
    meeting = MeetingFactory()
    MeetingFactory()
    edit = reverse("wagtailsnippets_news_meeting:edit", args=[meeting.pk])
    assert not soup(client.get(meeting.get_absolute_url())).find("a", href=edit)
    meeting.group.coordinators.add(person)
    meeting.group.save()

    assert soup(client.get(meeting.get_absolute_url())).find("a", href=edit)


@pytest.mark.ignore_template_errors
def test_the_form_begins_with_the_group_from_which_one_comes(client: Client, person: User) -> None:
    own, other = WorkingGroupFactory(), WorkingGroupFactory(is_open=False)
    second = WorkingGroupFactory()
    for group in (own, second):
        group.coordinators.add(person)
        group.save()

    def chosen(group: WorkingGroup) -> list[str]:
        page = soup(client.get(reverse("wagtailsnippets_news_meeting:add"), {"group": group.pk}))
        return [option["value"] for option in page.select("[name=group] option[selected]")]

    assert chosen(own) == [str(own.pk)]
    assert chosen(second) == [str(second.pk)]
    assert str(other.pk) not in chosen(other)


def test_every_meeting_of_the_past_can_be_found(client: Client, person: User, count_queries: object) -> None:
    group = WorkingGroupFactory(slug_fr="accueil", slug_nl="onthaal")
    url = reverse("news:past_meetings", args=["accueil"])
    with override("nl"):
        in_dutch = reverse("news:past_meetings", args=["onthaal"])
    assert soup(client.get(url)).main.select(".meta")
    counts = []
    for number in range(1, 22):
        MeetingFactory(group=group, title_fr=f"Le {number}", starts_at=timezone.now() - timedelta(days=number))
        counts.append(count_queries(lambda: client.get(url)))
    MeetingFactory(group=group, title_fr="À venir")

    assert soup(client.get(group.get_absolute_url())).main.find("a", href=url)
    titles = [one.get_text(strip=True) for one in soup(client.get(url)).select(".meeting__title")]
    assert titles == [f"Le {number}" for number in range(1, 21)]
    assert soup(client.get(url)).select_one(".languages a")["href"] == in_dutch
    assert [one.get_text(strip=True) for one in soup(client.get(f"{url}?page=2")).select(".meeting__title")] == [
        "Le 21"
    ]
    assert counts[5] == counts[15] <= 12
    group.is_open, group.joining = False, Joining.BY_INVITATION
    group.save()
    assert client.get(url).status_code == 404


def test_queries_stay_the_same(client: Client, person: User, count_queries: object) -> None:
    meeting = MeetingFactory()

    def grow(number: int) -> None:
        for _ in range(number):
            AttendanceFactory(meeting=meeting)

    grow(1)
    client.get(meeting.get_absolute_url())
    few = count_queries(lambda: client.get(meeting.get_absolute_url()))
    grow(20)
    assert count_queries(lambda: client.get(meeting.get_absolute_url())) == few <= 12


def test_answers_are_forgotten_a_year_after_the_meeting() -> None:
    old = timezone.now() - timedelta(days=366)
    AttendanceFactory(meeting=MeetingFactory(starts_at=old - timedelta(hours=3)))
    kept = AttendanceFactory(meeting=MeetingFactory(starts_at=old + timedelta(days=2)))

    forget()

    assert list(Attendance.objects.all()) == [kept]
