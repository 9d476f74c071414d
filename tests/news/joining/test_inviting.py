"""Inviting a colleague into a group: whom a coordinator finds, and what is said where nobody is found."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.models import User
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


def people(group: WorkingGroup) -> str:
    return reverse("news:group_people", args=[group.slug])


def invite(client: Client, group: WorkingGroup, **data: Any) -> Any:
    return client.post(reverse("news:invite_to_group", args=[group.slug]), data)


def test_a_colleague_of_the_directory_is_found_by_name_without_accents(client: Client, group: WorkingGroup) -> None:
    meant = UserFactory(first_name="Élise", last_name="Van den Bossche")
    UserFactory(first_name="Élise", last_name="Martin")

    assert invite(client, group, who="elise bossche", message="Venez").status_code == 302

    invitation = MembershipProposal.objects.get()
    assert (invitation.person, invitation.message) == (meant, "Venez")
    assert str(meant) in soup(client.get(people(group))).main.text


def test_of_several_colleagues_one_chooses_and_keeps_what_was_typed(client: Client, group: WorkingGroup) -> None:
    namesakes = [UserFactory(first_name="Jan", last_name="Peeters") for _ in range(2)]
    UserFactory(first_name="Jan", last_name="Peeters", is_in_directory=False)

    response = invite(client, group, who="jan peeters", message="Venez")

    assert response.status_code == 422
    assert set(errors(response)) == {"person"}
    assert {int(one["value"]) for one in soup(response).select("[name=person]")} == {one.pk for one in namesakes}
    assert soup(response).select_one("[name=who]")["value"] == "jan peeters"
    assert soup(response).select_one("[name=message]").text.strip() == "Venez"
    invite(client, group, who="jan peeters", message="Venez", person=namesakes[1].pk)
    assert MembershipProposal.objects.get().person == namesakes[1]


def test_nobody_outside_the_directory_is_found_by_name_or_by_number(client: Client, group: WorkingGroup) -> None:
    hidden = UserFactory(first_name="Odile", last_name="Cachée", is_in_directory=False)
    for _ in range(2):
        UserFactory(first_name="Jan", last_name="Peeters")

    by_name = invite(client, group, who="Odile Cachée")
    by_number = invite(client, group, who="jan", person=hidden.pk)
    by_part = invite(client, group, who=hidden.email[1:])

    assert [set(errors(response)) for response in (by_name, by_number, by_part)] == [{"who"}, {"person"}, {"who"}]
    assert not MembershipProposal.objects.exists()


def test_who_is_not_in_the_directory_is_invited_by_address_and_shown_by_it(
    client: Client, group: WorkingGroup
) -> None:
    hidden = UserFactory(first_name="Odile", last_name="Cachée", is_in_directory=False)

    invite(client, group, who=f" {hidden.email.upper()} ")

    assert MembershipProposal.objects.get().person == hidden
    page = client.get(people(group))
    assert hidden.email.upper() in main_text(page)
    assert "Cachée" not in page.content.decode()


def test_an_address_that_changed_since_is_not_told(client: Client, group: WorkingGroup) -> None:
    hidden = UserFactory(last_name="Cachée", is_in_directory=False)
    typed = hidden.email
    invite(client, group, who=typed)
    hidden.email = "privee@example.org"
    hidden.save()

    page = client.get(people(group))

    assert typed in main_text(page)
    assert not [secret for secret in ("privee@example.org", "Cachée") if secret in page.content.decode()]


def test_who_left_the_directory_since_is_shown_by_the_name_that_was_found(client: Client, group: WorkingGroup) -> None:
    person = UserFactory(first_name="Odile", last_name="Connue")
    invite(client, group, who="odile connue")
    User.objects.filter(pk=person.pk).update(is_in_directory=False)

    page = client.get(people(group))

    assert "Odile Connue" in main_text(page)
    assert person.email not in page.content.decode()


@pytest.mark.parametrize("who", ["nobody@example.org", "Personne", "!", ""])
def test_nobody_found_is_said_next_to_the_field(client: Client, group: WorkingGroup, who: str) -> None:
    response = invite(client, group, who=who)

    assert set(errors(response)) == {"who"}


def test_a_closed_account_is_not_invited(client: Client, group: WorkingGroup) -> None:
    closed = UserFactory(is_active=False)

    assert set(errors(invite(client, group, who=closed.email))) == {"who"}


def test_too_many_namesakes_need_more_words(client: Client, group: WorkingGroup) -> None:
    for _ in range(9):
        UserFactory(first_name="Jan")

    assert set(errors(invite(client, group, who="jan"))) == {"who"}


def test_nobody_is_invited_who_is_in_asks_or_was_invited(
    client: Client, group: WorkingGroup, coordinator: User
) -> None:
    member = UserFactory()
    member.working_groups.add(group)
    earlier = timezone.now() - timedelta(hours=1)  # what was sent this minute is taken for a second click
    asks = RequestFactory(group=group).person
    invited = GroupInvitationFactory(group=group, proposed_at=earlier).person

    responses = [invite(client, group, who=one.email) for one in (member, asks, invited, coordinator)]

    assert [set(errors(response)) for response in responses] == [{"who"}] * 4
    assert MembershipProposal.objects.count() == 2


def test_an_editor_does_not_invite_oneself(group: WorkingGroup) -> None:
    editor = UserFactory(is_editor=True)

    assert set(errors(invite(browser(editor), group, who=editor.email))) == {"who"}
    assert not MembershipProposal.objects.exists()


def test_too_many_invitations_wait_an_hour_and_lose_nothing(
    client: Client, group: WorkingGroup, settings: Any
) -> None:
    settings.GROUP_LETTER_RATE_LIMIT = "0/hour"
    person = UserFactory()

    response = invite(client, group, who=person.email)

    assert response.status_code == 429
    assert soup(response).select_one("[name=who]")["value"] == person.email
    assert not MembershipProposal.objects.exists()


def test_an_invitation_is_withdrawn_by_the_coordination_only(client: Client, group: WorkingGroup) -> None:
    invitation = GroupInvitationFactory(group=group)
    url = reverse("news:withdraw_proposal", args=[invitation.pk])

    assert browser(invitation.person).post(url).status_code == 403
    assert MembershipProposal.objects.open().exists()
    client.post(url)

    assert not MembershipProposal.objects.open().exists()
    assert browser(invitation.person).get(invitation.get_absolute_url())["Location"] == group.get_absolute_url()
