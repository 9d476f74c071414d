"""Being invited into a group, and answering."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from members.accounts import actions as accounts
from members.models import AuditEntry, User
from news.models import MembershipProposal, WorkingGroup
from tests.factories.groups import GroupNewsPageFactory, MeetingFactory
from tests.factories.joining import GroupInvitationFactory, RequestFactory, browser, group_of
from tests.factories.people import UserFactory
from tests.forgetting import forget
from tests.reading import main_text, soup

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("homes")]
DASHBOARD = "/fr/espace/"


@pytest.fixture
def coordinator() -> User:
    return UserFactory(first_name="Zoë", last_name="Janssens")


@pytest.fixture
def closed(coordinator: User) -> WorkingGroup:
    """A closed group that has something to hide."""
    group = group_of(coordinators=[coordinator], is_open=False, name_fr="Discret", purpose_fr="Parler librement.")
    MeetingFactory(group=group, title_fr="Réunion cachée")
    GroupNewsPageFactory(group=group, title="Article caché")
    return group


@pytest.fixture
def person(client: Client) -> User:
    user = UserFactory()
    client.force_login(user)
    return user


def answer(client: Client, proposal: MembershipProposal, said: str) -> Any:
    return client.post(reverse("news:answer_proposal", args=[proposal.pk]), {"answer": said})


def test_who_is_invited_into_a_closed_group_sees_enough_to_answer_and_nothing_else(
    client: Client, person: User, closed: WorkingGroup, coordinator: User
) -> None:
    invitation = GroupInvitationFactory(group=closed, person=person, message="Venez voir.")

    shown = main_text(client.get(invitation.get_absolute_url()))

    for words in ("Discret", "Parler librement.", str(coordinator), "Venez voir."):
        assert words in shown
    assert client.get(closed.get_absolute_url()).status_code == 404
    assert client.get(reverse("news:group_people", args=[closed.slug])).status_code == 404
    texts = [shown, *(main_text(client.get(url)) for url in (DASHBOARD, reverse("news:groups")))]
    assert not [text for text in texts if "caché" in text]


def test_only_who_is_invited_finds_the_page(person: User, closed: WorkingGroup, coordinator: User) -> None:
    url = GroupInvitationFactory(group=closed, person=person).get_absolute_url()

    assert Client().get(url).status_code == 302
    others = (coordinator, UserFactory(), UserFactory(is_editor=True))
    assert {browser(other).get(url).status_code for other in others} == {404}


def test_saying_yes_opens_the_group(client: Client, person: User, closed: WorkingGroup) -> None:
    invitation = GroupInvitationFactory(group=closed, person=person)

    assert answer(client, invitation, "yes")["Location"] == closed.get_absolute_url()

    assert client.get(closed.get_absolute_url()).status_code == 200
    assert AuditEntry.objects.get(person=person, detail=f"member: {closed}").by == person
    assert client.get(invitation.get_absolute_url())["Location"] == closed.get_absolute_url()


def test_saying_no_opens_nothing(client: Client, person: User, closed: WorkingGroup) -> None:
    invitation = GroupInvitationFactory(group=closed, person=person)

    assert answer(client, invitation, "no")["Location"] == DASHBOARD

    assert client.get(closed.get_absolute_url()).status_code == 404
    assert client.get(invitation.get_absolute_url()).status_code == 410
    answer(client, invitation, "yes")
    assert not person.working_groups.exists()


def test_nobody_answers_for_somebody_else(person: User, closed: WorkingGroup, coordinator: User) -> None:
    invitation = GroupInvitationFactory(group=closed, person=person)

    assert answer(browser(coordinator), invitation, "yes").status_code == 403
    assert answer(browser(UserFactory()), invitation, "yes").status_code == 404
    assert not person.working_groups.exists()


def test_an_invitation_ends_with_the_right_to_invite(
    client: Client, person: User, closed: WorkingGroup, coordinator: User
) -> None:
    invitation = GroupInvitationFactory(group=closed, person=person)
    coordinator.coordinated_groups.clear()

    assert client.get(invitation.get_absolute_url()).status_code == 410
    answer(client, invitation, "yes")
    assert not person.working_groups.exists()
    assert "Discret" not in main_text(client.get(DASHBOARD))

    successor = UserFactory()
    successor.coordinated_groups.add(closed)
    browser(successor).post(reverse("news:invite_to_group", args=[closed.slug]), {"who": person.email})
    assert MembershipProposal.objects.open().get().proposed_by == successor


def test_an_invitation_ends_with_the_account_that_sent_it(
    client: Client, person: User, closed: WorkingGroup, coordinator: User
) -> None:
    invitation = GroupInvitationFactory(group=closed, person=person)

    User.objects.filter(pk=coordinator.pk).update(is_active=False)

    assert client.get(invitation.get_absolute_url()).status_code == 410


def test_an_editor_who_invites_may_go_on_inviting(client: Client, person: User, closed: WorkingGroup) -> None:
    invitation = GroupInvitationFactory(group=closed, person=person, proposed_by=UserFactory(is_editor=True))

    assert client.get(invitation.get_absolute_url()).status_code == 200


def test_who_was_added_in_the_cms_meanwhile_waits_for_no_answer(closed: WorkingGroup, person: User) -> None:
    GroupInvitationFactory(group=closed, person=person)
    group = WorkingGroup.objects.get(pk=closed.pk)

    group.members.add(person)
    group.save()

    person.working_groups.clear()
    assert not MembershipProposal.objects.open().exists()  # being taken out again does not bring it back


def test_the_dashboard_says_who_waits_for_an_answer(client: Client, person: User, closed: WorkingGroup) -> None:
    mine = group_of(coordinators=[person], name_fr="Le mien")
    invitation = GroupInvitationFactory(group=closed, person=person)
    RequestFactory(group=mine)
    RequestFactory(group=mine)
    RequestFactory(person=person)  # waits for others

    links = [link["href"] for link in soup(client.get(DASHBOARD)).select(".dashboard__part:first-child li a")]

    assert links == [invitation.get_absolute_url(), reverse("news:group_people", args=[mine.slug]) + "#requests"]


def test_the_dashboard_asks_once_and_shows_nothing_where_nothing_waits(
    client: Client, person: User, count_queries: Any
) -> None:
    client.get(DASHBOARD)
    before = count_queries(lambda: client.get(DASHBOARD))
    sections = len(soup(client.get(DASHBOARD)).select(".dashboard__part"))
    for _ in range(3):
        GroupInvitationFactory(person=person)

    assert count_queries(lambda: client.get(DASHBOARD)) == before
    assert len(soup(client.get(DASHBOARD)).select(".dashboard__part")) == sections + 1


def test_requests_without_a_coordinator_wait_on_the_dashboard_of_the_editors(client: Client) -> None:
    orphan, led = group_of(), group_of(coordinators=[UserFactory()])
    for group in (orphan, led):
        RequestFactory(group=group)
    client.force_login(UserFactory(is_editor=True))

    links = [link["href"] for link in soup(client.get(DASHBOARD)).select(".dashboard__part:first-child li a")]

    assert links == [reverse("news:group_people", args=[orphan.slug]) + "#requests"]


def test_who_leaves_the_alliance_waits_for_nothing(closed: WorkingGroup, person: User) -> None:
    GroupInvitationFactory(group=closed, person=person)
    RequestFactory(person=person)

    accounts.end(person=person, by=UserFactory(is_editor=True))
    User.objects.filter(pk=person.pk).update(is_active=True)

    assert not MembershipProposal.objects.open().exists()


def test_a_suspended_account_is_not_waited_for_and_comes_back_to_it(closed: WorkingGroup, person: User) -> None:
    GroupInvitationFactory(group=closed, person=person)
    editor = UserFactory(is_editor=True)

    accounts.suspend(person=person, by=editor)
    assert not MembershipProposal.objects.open().exists()

    accounts.reopen(person=person, by=editor)
    assert MembershipProposal.objects.open().exists()


def test_old_proposals_are_deleted() -> None:
    now = timezone.now()
    kept = [
        RequestFactory(answered_at=now - timedelta(days=89)),
        RequestFactory(proposed_at=now - timedelta(days=364)),
    ]
    RequestFactory(answered_at=now - timedelta(days=91))
    RequestFactory(proposed_at=now - timedelta(days=366))

    forget()

    assert set(MembershipProposal.objects.all()) == set(kept)


def test_the_database_refuses_a_second_open_proposal_and_an_answer_without_a_date(person: User) -> None:
    known = RequestFactory(person=person)
    for wrong in ({"group": known.group, "person": person}, {"is_accepted": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RequestFactory(**wrong)


def test_the_letter_is_in_the_language_of_who_is_invited(
    closed: WorkingGroup, coordinator: User, django_capture_on_commit_callbacks: Any
) -> None:
    invited = UserFactory(language="nl", is_in_directory=False)
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            browser(coordinator).post(reverse("news:invite_to_group", args=[closed.slug]), {"who": invited.email})

    assert [letter.to for letter in mail.outbox] == [[invited.email]]
    assert closed.purpose_nl in mail.outbox[0].body
    with override("nl"):
        assert MembershipProposal.objects.get().get_absolute_url() in mail.outbox[0].body
