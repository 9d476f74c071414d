"""The people of a group as one reader sees them, and how the reader stands to it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from members.models import User
from news.models import MembershipProposal, WorkingGroup


@dataclass(frozen=True)
class Standing:
    """What somebody is in a group, and what waits for an answer between the two."""

    is_member: bool
    is_coordinator: bool
    proposal: MembershipProposal | None

    @classmethod
    def of(cls, group: Any) -> "Standing":
        """Read it, for a group that was read ``with_standing_of`` the person and ``with_proposals`` for them."""
        known = MembershipProposal.objects.select_related("proposed_by").filter(pk=group.proposal_id)
        return cls(group.is_member, group.is_coordinator, known.first() if group.proposal_id else None)

    @property
    def is_inside(self) -> bool:
        """Tell whether the person belongs to the group in any way."""
        return self.is_member or self.is_coordinator

    @property
    def request(self) -> MembershipProposal | None:
        """What the person asked."""
        return self.proposal if self.proposal and self.proposal.is_request else None

    @property
    def invitation(self) -> MembershipProposal | None:
        """What the person is asked."""
        return self.proposal if self.proposal and not self.proposal.is_request else None


def with_proposals(groups: Any, user: Any) -> Any:
    """Groups with what waits: ``proposal_id`` between the person and the group; ``waiting``, how many ask to join."""
    open_ones = MembershipProposal.objects.open().filter(group=OuterRef("pk")).order_by()
    asking = open_ones.requests().values("group").annotate(number=Count("pk")).values("number")
    return groups.annotate(
        proposal_id=Subquery(open_ones.filter(person=user.pk).values("pk")[:1]),
        waiting=Coalesce(Subquery(asking, output_field=IntegerField()), Value(0)),
    )


def members_of(group: WorkingGroup, *, with_closed: bool = False) -> Any:
    """The members, without those who coordinate the group; those whose account is closed only where asked for."""
    people: Any = User.objects.filter(working_groups=group, erased_at__isnull=True)
    return (people if with_closed else people.active()).exclude(coordinated_groups=group)


def members_seen_by(reader: Any, group: WorkingGroup, *, with_all_names: bool) -> QuerySet[User]:
    """Those whom the reader may be shown: of the directory; all for who coordinates the group, who takes them out even
    when their account is closed.
    """
    people = members_of(group, with_closed=with_all_names)
    if not with_all_names:
        people = people.filter(pk__in=User.objects.visible_to(reader).values("pk"))
    return people.select_related("association", "job_function").order_by("last_name", "first_name", "pk")


def coordinators_of(group: WorkingGroup) -> QuerySet[User]:
    """Those who coordinate it."""
    people: QuerySet[User] = User.objects.active().filter(coordinated_groups=group)
    return people.select_related("association", "job_function").order_by("last_name", "first_name", "pk")
