"""Joining a group, asking to, and leaving it: what a member does."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from members.models import AuditEntry, User
from news.enums import Joining
from news.models import Attendance, MembershipProposal, WorkingGroup
from tests.factories.groups import GroupNewsPageFactory, MeetingFactory
from tests.factories.joining import GroupInvitationFactory, RequestFactory, group_of
from tests.factories.meetings import AttendanceFactory
from tests.factories.people import UserFactory
from tests.reading import errors, main_text, soup

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("homes")]


@pytest.fixture
def person(client: Client) -> User:
    user = UserFactory()
    client.force_login(user)
    return user


@pytest.fixture
def coordinator() -> User:
    return UserFactory(first_name="Zoë", language="nl")


@pytest.fixture
def on_commit(django_capture_on_commit_callbacks: Any) -> Any:
    """Lets letters leave."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def join(client: Client, group: Any, **data: str) -> Any:
    return client.post(reverse("news:join_group", args=[group.slug]), {"way": group.joining, **data})


def standing(client: Client, group: Any) -> str:
    """How the group's page says that one stands to it."""
    return str(soup(client.get(group.get_absolute_url())).select_one("[data-standing]")["data-standing"])


def test_whoever_wants_to_joins_an_open_group_at_once(client: Client, person: User) -> None:
    group = group_of(joining=Joining.OPEN)
    assert standing(client, group) == "open"

    for _ in range(2):
        join(client, group)

    assert standing(client, group) == "member"
    assert list(person.working_groups.all()) == [group]
    noted = AuditEntry.objects.filter(person=person, action="given", detail=f"member: {group}")
    assert [entry.by for entry in noted] == [person]


def test_joining_at_once_settles_what_was_open(client: Client, person: User) -> None:
    group = group_of(joining=Joining.OPEN)
    RequestFactory(group=group, person=person)

    join(client, group)

    assert MembershipProposal.objects.get().is_accepted


def test_a_request_goes_to_every_coordinator_once_in_their_language(
    client: Client, person: User, coordinator: User, on_commit: Any
) -> None:
    group = group_of(coordinators=[coordinator, UserFactory(language="fr"), UserFactory(is_active=False)])

    with on_commit():
        for _ in range(2):
            join(client, group, message="J'apprends les plannings.")

    request = MembershipProposal.objects.get()
    assert (request.person, request.proposed_by, request.message) == (person, person, "J'apprends les plannings.")
    assert len(mail.outbox) == 2
    letter = next(letter for letter in mail.outbox if letter.to == [coordinator.email])
    assert "J'apprends les plannings." in letter.body
    with override("nl"):
        assert reverse("news:group_people", args=[group.slug_nl]) in letter.body
    assert not person.working_groups.exists()
    assert standing(client, group) == "asked"


def test_without_a_coordinator_the_editors_get_the_request(client: Client, person: User, on_commit: Any) -> None:
    editor = UserFactory(is_editor=True)
    group = group_of(coordinators=[UserFactory(is_active=False)])

    with on_commit():
        join(client, group)

    assert [letter.to for letter in mail.outbox] == [[editor.email]]


def test_too_long_a_word_is_kept_and_marked(client: Client, person: User) -> None:
    response = join(client, group_of(), message="x" * 301)

    assert response.status_code == 422
    assert set(errors(response)) == {"message"}
    assert "x" * 301 in soup(response).select_one("textarea").text
    assert not MembershipProposal.objects.exists()


def test_too_many_requests_wait_an_hour_and_lose_nothing(client: Client, person: User, settings: Any) -> None:
    settings.GROUP_LETTER_RATE_LIMIT = "0/hour"

    response = join(client, group_of(), message="Bonjour")

    assert response.status_code == 422
    assert "Bonjour" in soup(response).select_one("textarea").text
    assert not MembershipProposal.objects.exists()


def test_a_request_can_be_withdrawn_and_made_again(client: Client, person: User) -> None:
    group = group_of()
    join(client, group)

    client.post(reverse("news:withdraw_proposal", args=[MembershipProposal.objects.get().pk]))

    assert standing(client, group) == "on_request"
    join(client, group)
    assert MembershipProposal.objects.open().count() == 1


def test_by_invitation_the_page_says_whom_to_ask(client: Client, person: User, coordinator: User) -> None:
    group = group_of(coordinators=[coordinator], joining=Joining.BY_INVITATION)

    assert join(client, group).status_code == 302

    page = soup(client.get(group.get_absolute_url()))
    assert str(coordinator) in page.select_one("[data-standing=by_invitation]").text
    assert not MembershipProposal.objects.exists()
    assert not person.working_groups.exists()


def test_a_closed_group_cannot_be_joined_by_its_address(client: Client, person: User) -> None:
    group = group_of(is_open=False)

    assert join(client, group).status_code == 404
    assert not MembershipProposal.objects.exists()


def test_who_leaves_is_expected_at_no_meeting_any_more(client: Client, person: User) -> None:
    group = group_of(person, joining=Joining.OPEN)
    begun = timezone.now() - timedelta(hours=1)
    answers = [
        AttendanceFactory(meeting=MeetingFactory(**fields), person=person)
        for fields in ({"group": group}, {"group": group, "starts_at": begun}, {})
    ]
    url = reverse("news:leave_group", args=[group.slug])
    assert soup(client.get(url)).select_one(f"form[action='{url}'] button")

    client.post(url)

    assert not person.working_groups.exists()
    assert set(Attendance.objects.all()) == set(answers[1:])
    taken = AuditEntry.objects.get(person=person, action="taken", detail=f"member: {group}")
    assert taken.by == person


def test_leaving_a_closed_group_ends_access_at_once(client: Client, person: User) -> None:
    group = group_of(person, is_open=False)
    meeting = MeetingFactory(group=group)
    assert client.get(meeting.get_absolute_url()).status_code == 200

    client.post(reverse("news:leave_group", args=[group.slug]))

    pages = (meeting.get_absolute_url(), group.get_absolute_url(), reverse("news:group_people", args=[group.slug]))
    assert {client.get(page).status_code for page in pages} == {404}


def test_a_coordinator_does_not_vanish(client: Client, person: User) -> None:
    group = group_of(person, coordinators=[person])

    client.post(reverse("news:leave_group", args=[group.slug]))

    assert standing(client, group) == "coordinator"
    assert list(person.working_groups.all()) == [group]


def test_the_list_says_how_to_join_and_what_one_is_in(client: Client, person: User) -> None:
    group_of(person, name_fr="Le mien")
    group_of(joining=Joining.OPEN, name_fr="Un autre")

    cards = soup(client.get(reverse("news:groups"))).select(".card")

    assert [card.select_one("h2").text.strip() for card in cards] == ["Le mien", "Un autre"]
    assert [str(Joining.OPEN.label) in card.text for card in cards] == [False, True]
    assert [bool(card.select(".tag")) for card in cards] == [True, False]


@pytest.mark.parametrize(
    ("state", "queries"), [("member", 12), ("on_request", 12), ("coordinator", 12), ("invited", 13), ("asked", 13)]
)
def test_the_group_page_costs_a_dozen_queries_and_one_where_something_waits_for_an_answer(
    client: Client, person: User, count_queries: Any, state: str, queries: int
) -> None:
    group = group_of()
    if state == "member":
        person.working_groups.add(group)
    elif state == "coordinator":
        person.coordinated_groups.add(group)
    elif state == "invited":
        GroupInvitationFactory(group=group, person=person)
    elif state == "asked":
        RequestFactory(group=group, person=person)
    for _ in range(3):
        MeetingFactory(group=group)
        RequestFactory(group=group)
        GroupNewsPageFactory(group=group)
    assert standing(client, group) == state

    assert count_queries(lambda: client.get(group.get_absolute_url())) <= queries


def test_what_people_write_is_text_not_markup(client: Client, person: User) -> None:
    group = group_of(coordinators=[person])
    RequestFactory(group=group, message="<script>alert(1)</script>")

    page = client.get(reverse("news:group_people", args=[group.slug])).content.decode()

    assert "<script>alert" not in page
    assert "alert(1)" in main_text(client.get(reverse("news:group_people", args=[group.slug])))


def test_whoever_meant_to_join_at_once_sends_no_request(client: Client, person: User, coordinator: User) -> None:
    group = group_of(coordinators=[coordinator], joining=Joining.OPEN)
    button = soup(client.get(group.get_absolute_url())).select_one("[data-standing=open]")
    data = {one["name"]: one["value"] for one in button.select("input[name=way]")}
    WorkingGroup.objects.update(joining=Joining.ON_REQUEST)

    response = client.post(button["action"], data)

    assert not MembershipProposal.objects.exists()
    assert response.status_code == 422
    assert soup(response).select_one("main [role=alert]")
    again = soup(response).select_one("main form [name=way]")["value"]
    assert client.post(button["action"], {"way": again}).status_code == 302
    assert MembershipProposal.objects.get().is_request


def test_whoever_meant_to_ask_is_not_let_in_at_once(client: Client, person: User) -> None:
    group = group_of(joining=Joining.OPEN)

    response = join(client, group, way=Joining.ON_REQUEST, message="Puis-je ?")

    assert response.status_code == 422
    assert soup(response).select_one("main [role=alert]")
    assert not person.working_groups.exists()


def test_a_group_that_only_invites_by_now_says_so(client: Client, person: User) -> None:
    group = group_of(joining=Joining.BY_INVITATION)

    response = client.post(reverse("news:join_group", args=[group.slug]), {"way": Joining.ON_REQUEST}, follow=True)

    assert soup(response).select_one("main .notice, main .messages")
    assert not MembershipProposal.objects.exists()
