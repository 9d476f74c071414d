"""The people of a group: what readers see, and what coordinators do there."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from members.enums import MailState
from members.models import AuditEntry, OutgoingMail, User
from news.enums import Joining
from news.models import WorkingGroup
from tests.factories.joining import GroupInvitationFactory, RequestFactory, browser, group_of
from tests.factories.meetings import AttendanceFactory
from tests.factories.people import UserFactory
from tests.reading import errors, main_text, soup

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("homes")]


@pytest.fixture
def coordinator(client: Client) -> User:
    """The browser of the test is theirs."""
    user = UserFactory(first_name="Zoë", last_name="Janssens")
    client.force_login(user)
    return user


@pytest.fixture
def group(coordinator: User) -> WorkingGroup:
    return group_of(coordinators=[coordinator])


def people(group: WorkingGroup) -> str:
    return reverse("news:group_people", args=[group.slug])


def names(response: Any) -> list[str]:
    return [row.get_text(strip=True) for row in soup(response).select("tbody th")]


def test_readers_see_who_is_in_the_directory_and_how_many_are_not(group: WorkingGroup) -> None:
    reader = UserFactory(is_in_directory=False, last_name="Zz-moi")
    listed, hidden = UserFactory(last_name="Aa"), UserFactory(is_in_directory=False, last_name="Discrète")
    gone = UserFactory(is_active=False)
    for person in (reader, listed, hidden, gone):
        person.working_groups.add(group)

    response = browser(reader).get(people(group))

    assert names(response) == [str(listed), str(reader)]
    assert "(3)" in soup(response).find("h2").text
    assert "Discrète" not in response.content.decode()
    assert not soup(response).select("main form, main a[href$='/remove/']")


def test_coordinators_see_everybody(client: Client, group: WorkingGroup) -> None:
    hidden = UserFactory(is_in_directory=False)
    hidden.working_groups.add(group)

    assert names(client.get(people(group))) == [str(hidden)]


def test_the_page_of_a_closed_group_is_for_its_people() -> None:
    inside = UserFactory()
    closed = group_of(inside, is_open=False)

    statuses = [browser(one).get(people(closed)).status_code for one in (inside, UserFactory(is_editor=True))]

    assert statuses == [200, 200]
    assert browser(UserFactory()).get(people(closed)).status_code == 404


@pytest.mark.parametrize("said", ["yes", "no"])
def test_the_answer_to_a_request_goes_to_the_person_once(
    client: Client, group: WorkingGroup, coordinator: User, django_capture_on_commit_callbacks: Any, said: str
) -> None:
    request = RequestFactory(group=group, person=UserFactory(language="nl"))
    url = reverse("news:answer_proposal", args=[request.pk])
    assert soup(client.get(people(group))).select_one(f"#requests form[action='{url}']")

    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            client.post(url, {"answer": said})

    assert request.person.working_groups.exists() == (said == "yes")
    assert [letter.to for letter in mail.outbox] == [[request.person.email]]
    assert f"/nl/ruimte/groepen/{group.slug_nl}/" in mail.outbox[0].body
    by = [entry.by for entry in AuditEntry.objects.filter(person=request.person, detail=f"member: {group}")]
    assert by == ([coordinator] if said == "yes" else [])


def test_only_the_coordination_answers_requests(group: WorkingGroup) -> None:
    request = RequestFactory(group=group)
    url = reverse("news:answer_proposal", args=[request.pk])
    other = UserFactory()
    group_of(coordinators=[other])

    assert browser(request.person).post(url, {"answer": "yes"}).status_code == 403
    assert browser(other).post(url, {"answer": "yes"}).status_code == 404
    assert not request.person.working_groups.exists()


def test_who_said_no_lately_is_shown_to_the_coordination(client: Client, group: WorkingGroup) -> None:
    invitation = GroupInvitationFactory(group=group, person=UserFactory(last_name="Refus"))
    browser(invitation.person).post(reverse("news:answer_proposal", args=[invitation.pk]), {"answer": "no"})

    assert "Refus" in main_text(client.get(people(group)))


def test_a_member_is_taken_out_after_a_question_and_told_so(
    client: Client, coordinator: User, django_capture_on_commit_callbacks: Any
) -> None:
    member = UserFactory(language="nl")
    group = group_of(member, coordinators=[coordinator], is_open=False)
    answered = AttendanceFactory(meeting__group=group, person=member)
    url = reverse("news:remove_from_group", args=[group.slug, member.pk])
    assert str(member) in main_text(client.get(url))
    assert member.working_groups.exists()

    with django_capture_on_commit_callbacks(execute=True):
        client.post(url)
    again = client.post(url)

    assert browser(member).get(group.get_absolute_url()).status_code == 404
    assert not answered.meeting.attendances.exists()
    assert again.status_code == 404
    assert [letter.to for letter in mail.outbox] == [[member.email]]
    assert group.name_nl in mail.outbox[0].subject
    assert AuditEntry.objects.get(person=member, action="taken").by == coordinator


def test_the_question_is_asked_in_both_languages(client: Client, group: WorkingGroup) -> None:
    person = UserFactory()
    person.working_groups.add(group)

    page = client.get(reverse("news:remove_from_group", args=[group.slug, person.pk]))

    assert client.get(soup(page).select_one(".languages a")["href"]).status_code == 200


@pytest.mark.parametrize("has_left", [True, False])
def test_a_member_whose_account_is_closed_is_marked_and_taken_out(
    client: Client, group: WorkingGroup, has_left: bool
) -> None:
    member = UserFactory(is_active=False)
    User.objects.filter(pk=member.pk).update(has_left=has_left)
    member.working_groups.add(group)
    url = reverse("news:remove_from_group", args=[group.slug, member.pk])

    row = soup(client.get(people(group))).select_one("tbody tr")
    assert row.select_one(".tag")
    assert not row.select("th a")
    assert row.select_one(f"a[href='{url}']")
    assert names(browser(UserFactory()).get(people(group))) == []
    assert client.get(url).status_code == 200
    client.post(url)

    assert not member.working_groups.exists()
    assert not OutgoingMail.objects.exists()


def test_coordinators_are_not_taken_out(client: Client, coordinator: User) -> None:
    other = UserFactory()
    group = group_of(other, coordinators=[coordinator, other])

    assert client.post(reverse("news:remove_from_group", args=[group.slug, other.pk])).status_code == 404
    assert other.working_groups.exists()


def test_readers_do_none_of_it(group: WorkingGroup) -> None:
    member = UserFactory()
    member.working_groups.add(group)
    reader = browser(UserFactory())
    urls = [
        reverse("news:invite_to_group", args=[group.slug]),
        reverse("news:describe_group", args=[group.slug]),
        reverse("news:remove_from_group", args=[group.slug, member.pk]),
    ]

    assert {reader.post(url, {"who": member.email}).status_code for url in urls} == {403}
    assert member.working_groups.exists()


def test_coordinators_say_what_the_group_is_for_and_how_to_join(
    client: Client, group: WorkingGroup, coordinator: User
) -> None:
    member = UserFactory()
    member.working_groups.add(group)
    url = reverse("news:describe_group", args=[group.slug])
    words = {"purpose_fr": "Mieux accueillir.", "purpose_nl": "Beter onthalen.", "joining": Joining.OPEN}

    client.post(url, words | {"name_fr": "Autre nom", "is_open": ""})

    saved = WorkingGroup.objects.get(pk=group.pk)
    assert (saved.purpose_fr, saved.purpose_nl, saved.joining) == tuple(words.values())
    assert (saved.name_fr, saved.is_open) == (group.name_fr, True)
    assert list(saved.members.all()) == [member]
    assert list(saved.coordinators.all()) == [coordinator]


def test_a_wrong_purpose_is_marked_and_kept(client: Client, group: WorkingGroup) -> None:
    url = reverse("news:describe_group", args=[group.slug])

    response = client.post(url, {"purpose_fr": "Neuf", "purpose_nl": "", "joining": "somehow"})

    assert response.status_code == 422
    assert set(errors(response)) == {"purpose_nl", "joining"}
    assert "Neuf" in soup(response).select_one("[name=purpose_fr]").text
    assert WorkingGroup.objects.get(pk=group.pk).purpose_fr == group.purpose_fr


def test_a_closed_group_stays_by_invitation(client: Client, coordinator: User) -> None:
    group = group_of(coordinators=[coordinator], is_open=False)
    url = reverse("news:describe_group", args=[group.slug])
    assert not soup(client.get(url)).select("[name=joining]")

    client.post(url, {"purpose_fr": "Neuf", "purpose_nl": "Nieuw", "joining": "open"})

    saved = WorkingGroup.objects.get(pk=group.pk)
    assert (saved.purpose_nl, saved.joining) == ("Nieuw", Joining.BY_INVITATION)


@pytest.mark.parametrize("is_coordinator", [True, False])
def test_the_number_of_queries_does_not_grow(
    client: Client, group: WorkingGroup, count_queries: Any, is_coordinator: bool
) -> None:
    reader = client if is_coordinator else browser(UserFactory())

    def fill(number: int) -> None:
        for _ in range(number):
            UserFactory().working_groups.add(group)
            UserFactory().coordinated_groups.add(group)
            RequestFactory(group=group)
            GroupInvitationFactory(group=group)

    fill(1)
    reader.get(people(group))
    few = count_queries(lambda: reader.get(people(group)))
    fill(6)

    assert count_queries(lambda: reader.get(people(group))) == few <= 12


def test_members_are_paged(client: Client, group: WorkingGroup) -> None:
    for person in [UserFactory() for _ in range(101)]:
        person.working_groups.add(group)

    first = client.get(people(group))

    assert len(names(first)) == 100
    assert len(names(client.get(people(group) + "?page=2"))) == 1


def test_an_invitation_whose_letter_failed_is_marked(client: Client, group: WorkingGroup) -> None:
    for _ in range(2):
        client.post(reverse("news:invite_to_group", args=[group.slug]), {"who": UserFactory().email})
    OutgoingMail.objects.filter(pk=OutgoingMail.objects.latest("pk").pk).update(state=MailState.FAILED)

    marked = soup(client.get(people(group))).select("aside .tag--urgent")

    failed = OutgoingMail.objects.get(state=MailState.FAILED).person
    assert [str(failed) in one.parent.text for one in marked] == [True]
