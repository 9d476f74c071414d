"""What is held about somebody who asked, was asked and invited: told to its owner, gone when they are erased."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from members.accounts import actions
from members.models import User
from news.models import MembershipProposal
from news.personal import tell
from tests.factories.joining import GroupInvitationFactory, RequestFactory
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
