"""What is held about somebody who asked, was asked and invited: told to its owner, gone when they are erased."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from members.accounts import actions
from members.models import User
from news.joining import actions as joining
from news.models import MembershipProposal, WorkingGroup
from news.personal import tell
from tests.factories.joining import GroupInvitationFactory, RequestFactory, group_of
from tests.factories.people import UserFactory
from tests.forgetting import forget

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("homes")]


@pytest.fixture
def person() -> User:
    return UserFactory()


@pytest.fixture
def held(person: User) -> dict[str, Any]:
    """Something of each kind, and something of others."""
    made = {
        "asked": RequestFactory(person=person, message="Je demande."),
        "was asked": GroupInvitationFactory(person=person, message="Venez."),
        "invited": GroupInvitationFactory(
            proposed_by=person, message="Je vous invite.", person=UserFactory(last_name="Autrui")
        ),
    }
    return {**made, "others": RequestFactory(message="Secret d'autrui.")}


def test_one_learns_what_one_asked_was_asked_and_wrote_and_nothing_of_others(person: User, held: Any) -> None:
    told = tell(person)

    messages = [one["message"] for one in told["requests_and_invitations_to_groups"]]
    assert messages == ["Je demande.", "Venez."]
    assert [one["message"] for one in told["invitations_to_groups_sent"]] == ["Je vous invite."]
    assert "utrui" not in json.dumps(told, default=str)


def test_nothing_of_it_stays_when_somebody_is_erased(person: User, held: Any, settings: Any) -> None:
    actions.end(person=person, by=UserFactory(is_editor=True))
    before = timezone.now() - settings.ACCOUNT_KEPT_AFTER_LEAVING - timedelta(hours=1)
    User.objects.filter(pk=person.pk).update(closed_at=before)

    forget()

    assert list(MembershipProposal.objects.all()) == [held["others"]]


def test_who_only_moves_on_to_another_association_still_waits(person: User) -> None:
    RequestFactory(person=person)

    actions.propose_transfer(person=person, to=UserFactory().association, by=UserFactory(is_editor=True))

    assert User.objects.get(pk=person.pk).association != person.association
    assert MembershipProposal.objects.open().exists()


def names(person: User) -> list[str]:
    """Of the groups, as the person is told them."""
    return [one["group"] for one in tell(person)["requests_and_invitations_to_groups"]]


@pytest.mark.parametrize("said", ["yes", "no", "withdrawn", "nothing"])
def test_a_closed_group_has_a_name_only_for_who_may_know_it(said: str) -> None:
    person, coordinator = UserFactory(language="nl"), UserFactory()
    closed = group_of(coordinators=[coordinator], is_open=False, name_fr="Avant", name_nl="Vroeger")
    proposal = GroupInvitationFactory(group=closed, person=person)
    if said == "withdrawn":
        joining.withdraw(proposal=proposal, by=coordinator)
    elif said != "nothing":
        joining.answer(proposal=proposal, is_accepted=said == "yes", by=person)
    WorkingGroup.objects.update(name_nl="Vandaag")

    assert names(person) == (["Vandaag"] if said in ("yes", "nothing") else [""])


def test_an_open_group_is_named_in_the_language_of_the_person() -> None:
    person = UserFactory(language="nl")
    request = RequestFactory(person=person, group__name_fr="Hiver", group__name_nl="Winter")
    joining.withdraw(proposal=request, by=person)

    assert names(person) == ["Winter"]


def test_who_coordinates_a_closed_group_no_more_is_not_told_its_name_of_today() -> None:
    coordinator = UserFactory()
    closed = group_of(coordinators=[coordinator], is_open=False)
    GroupInvitationFactory(group=closed)
    closed.coordinators.set([])
    closed.save()

    assert [one["group"] for one in tell(coordinator)["invitations_to_groups_sent"]] == [""]
