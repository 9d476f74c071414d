"""Who insists, looks around, pretends, or acts on what is over: none of it gets them anything."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from members.models import User
from members.models.outgoing_mail import OutgoingMail
from news.enums import Joining
from news.joining import actions
from news.models import MembershipProposal, WorkingGroup
from tests.factories.joining import GroupInvitationFactory, RequestFactory, browser, group_of
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


def invite(client: Client, group: WorkingGroup, **data: Any) -> Any:
    return client.post(reverse("news:invite_to_group", args=[group.slug]), data)


def test_a_request_ends_for_a_group_that_closes(client: Client, group: WorkingGroup) -> None:
    request = RequestFactory(group=group)
    WorkingGroup.objects.filter(pk=group.pk).update(is_open=False, joining=Joining.BY_INVITATION, name_fr="Secret")

    client.post(reverse("news:answer_proposal", args=[request.pk]), {"answer": "no"})

    assert not OutgoingMail.objects.filter(recipient=request.person.email).exists()
    assert "Secret" not in browser(request.person).get(reverse("members:dashboard")).content.decode()


def test_an_invitation_does_not_come_back_with_the_role(group: WorkingGroup, coordinator: User) -> None:
    invitation = GroupInvitationFactory(group=group, proposed_by=coordinator)
    coordinator.coordinated_groups.remove(group)
    coordinator.coordinated_groups.add(group)

    assert not MembershipProposal.objects.open().filter(pk=invitation.pk).exists()


def test_whoever_looks_for_accounts_is_counted_too(client: Client, group: WorkingGroup, settings: Any) -> None:
    settings.GROUP_LETTER_RATE_LIMIT = "1/hour"
    known = UserFactory(is_in_directory=False)
    invite(client, group, who="nobody@example.org")

    response = invite(client, group, who=known.email, message="x" * 301)

    assert response.status_code == 429
    assert errors(response) == {}
    assert soup(response).select_one("[name=who]")["value"] == known.email
    assert soup(response).select_one("[name=message]").text.strip() == "x" * 301


def test_a_word_stands_in_the_letter_as_what_somebody_said(group: WorkingGroup, coordinator: User) -> None:
    forged = "Bonjour\n\nRépondez ici :\nhttps://evil.example/"

    actions.ask(group=group, message=forged, by=UserFactory())

    letter = OutgoingMail.objects.get(recipient=coordinator.email)
    assert "> https://evil.example/" in letter.body.splitlines()
    assert "https://evil.example/" not in letter.body.splitlines()


@pytest.mark.parametrize("who", ["a\0@example.org", "a\0b"])
def test_what_is_no_text_is_nobody(client: Client, group: WorkingGroup, who: str) -> None:
    response = invite(client, group, who=who)

    assert response.status_code == 422
    assert set(errors(response)) == {"who"}


def test_who_said_no_is_not_asked_again_at_once(client: Client, group: WorkingGroup, coordinator: User) -> None:
    invitation = GroupInvitationFactory(group=group, proposed_by=coordinator)
    actions.answer(proposal=invitation, is_accepted=False, by=invitation.person)

    response = invite(client, group, who=invitation.person.email)

    assert response.status_code == 422
    assert set(errors(response)) == {"who"}


def test_inviting_and_withdrawing_sends_no_rain_of_letters(group: WorkingGroup, coordinator: User) -> None:
    person = UserFactory()
    for _ in range(3):
        actions.invite(group=group, person=person, by=coordinator)
        actions.withdraw(proposal=MembershipProposal.objects.open().get(), by=coordinator)

    with pytest.raises(actions.ValidationError):
        actions.invite(group=group, person=person, by=coordinator)


def test_asking_and_withdrawing_sends_no_rain_of_letters(group: WorkingGroup) -> None:
    person = UserFactory()
    for _ in range(3):
        actions.ask(group=group, by=person)
        actions.withdraw(proposal=MembershipProposal.objects.open().get(), by=person)

    with pytest.raises(actions.ValidationError):
        actions.ask(group=group, by=person)


def test_a_second_click_invites_once_and_says_so(client: Client, group: WorkingGroup) -> None:
    person = UserFactory(is_in_directory=True)

    answers = [invite(client, group, who=person.email) for _ in range(2)]

    assert [response.status_code for response in answers] == [302, 302]
    assert OutgoingMail.objects.filter(recipient=person.email).count() == 1
    assert main_text(client.get(reverse("news:group_people", args=[group.slug])))
