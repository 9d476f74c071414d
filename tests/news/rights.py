"""What each role may do with meetings and in groups, for the table of README."""

from typing import Any

from django.urls import reverse

from members.models import User
from news.enums import Joining
from news.models import FeedKey, MembershipProposal, WorkingGroup
from tests.factories.groups import MeetingFactory, WorkingGroupFactory


def answers_meetings(world: Any) -> tuple[bool, bool]:
    mine, theirs = (MeetingFactory(group=group) for group in (world.own_group, world.other_group))
    for meeting in (mine, theirs):
        world.client.post(reverse("news:answer_meeting", args=[meeting.pk]), {"answer": "yes"})
    return mine.attendances.exists(), theirs.attendances.exists()


def joins_groups(world: Any) -> tuple[bool, bool]:
    """At once where whoever wants to may, by asking where one asks."""
    at_once, on_request = (WorkingGroupFactory(joining=way) for way in (Joining.OPEN, Joining.ON_REQUEST))
    for one in (at_once, on_request):
        world.client.post(reverse("news:join_group", args=[one.slug]), {"way": one.joining})
    return at_once.members.exists(), on_request.proposals.exists()


def lets_people_in(world: Any) -> tuple[bool, bool]:
    """Answers requests, invites, takes members out, and says what the group is for."""
    done = []
    for one in (world.own_group, world.other_group):
        asking, asked, inside = (User.objects.create_user(f"{name}@{one.slug}.example.org") for name in "abc")
        inside.working_groups.add(one)
        request = MembershipProposal.objects.create(group=one, person=asking, proposed_by=asking)
        WorkingGroup.objects.filter(pk=one.pk).update(is_open=True)  # nobody asks to join a closed group
        world.client.post(reverse("news:answer_proposal", args=[request.pk]), {"answer": "yes"})
        WorkingGroup.objects.filter(pk=one.pk).update(is_open=False)
        world.client.post(reverse("news:invite_to_group", args=[one.slug]), {"who": asked.email})
        world.client.post(reverse("news:remove_from_group", args=[one.slug, inside.pk]))
        words = {"purpose_fr": "Neuf", "purpose_nl": "Nieuw"}
        world.client.post(reverse("news:describe_group", args=[one.slug]), words)
        one.refresh_from_db()
        rights = (
            asking.working_groups.exists(),
            asked.group_proposals.exists(),
            not inside.working_groups.exists(),
            one.purpose_nl == "Nieuw",
        )
        assert len(set(rights)) == 1, rights
        done.append(rights[0])
    return tuple(done)


def has_calendar(world: Any) -> tuple[bool, bool]:
    world.client.post(reverse("news:renew_calendars"))
    return (FeedKey.objects.exists(),) * 2
