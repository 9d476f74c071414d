"""Requests and invitations to working groups, and groups with people in them."""

from typing import Any

import factory
from django.test import Client

from news.enums import Joining
from news.models import MembershipProposal, WorkingGroup
from tests.factories.groups import WorkingGroupFactory
from tests.factories.people import UserFactory


class RequestFactory(factory.django.DjangoModelFactory):
    """Somebody asks to join."""

    class Meta:
        model = MembershipProposal

    group = factory.SubFactory(WorkingGroupFactory)
    person = factory.SubFactory(UserFactory)
    proposed_by = factory.SelfAttribute("person")


class GroupInvitationFactory(RequestFactory):
    """A coordinator of the group invites somebody."""

    proposed_by = factory.LazyAttribute(lambda made: made.group.coordinators.first() or UserFactory(is_editor=True))


def browser(user: Any) -> Client:
    """Somebody who is signed in."""
    client = Client()
    client.force_login(user)
    return client


def group_of(*members: Any, coordinators: Any = (), joining: str = Joining.ON_REQUEST, **fields: Any) -> WorkingGroup:
    """A group with these people; on request unless it is closed."""
    is_closed = fields.get("is_open") is False
    group = WorkingGroupFactory(joining=Joining.BY_INVITATION if is_closed else joining, **fields)
    group.members.set(members)
    group.coordinators.set(coordinators)
    group.save()
    return group
