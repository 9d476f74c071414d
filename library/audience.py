"""Who will see a tool: the one place where a level of sharing becomes people and words."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from django.db.models import Q, QuerySet
from laces.components import Component

from library.enums import SharingLevel
from library.models import Tool
from members.models import Association, User
from news.models import WorkingGroup


def readers(sharing: str, association: Association | None, groups: Sequence[WorkingGroup] = ()) -> QuerySet[User]:
    """The people who see a tool because of how it is shared; editors see every tool besides."""
    people = User.objects.active()
    chosen = list(groups) if sharing == SharingLevel.GROUPS else []
    if sharing in (SharingLevel.ALLIANCE, SharingLevel.PUBLIC) or any(group.is_open for group in chosen):
        return people
    own = Q(association=association) if association else Q(pk=None)
    return people.filter(own | Q(working_groups__in=chosen) | Q(coordinated_groups__in=chosen)).distinct()


@dataclass(frozen=True)
class Audience(Component):
    """Who will see a tool, in a sentence: how many people, of which association and groups."""

    sharing: str
    association: Association | None
    groups: Sequence[WorkingGroup] = ()
    has_hidden_groups: bool = False

    template_name = "components/audience.html"

    @classmethod
    def of(cls, tool: Tool, user: Any) -> Self:
        """Who sees a tool as it is saved; groups that this reader does not know are counted and not named."""
        groups = list(tool.groups.all()) if tool.sharing == SharingLevel.GROUPS else []
        return cls.told_to(user, tool.sharing, tool.association, groups)

    @classmethod
    def told_to(cls, user: Any, sharing: str, association: Association | None, groups: Sequence[WorkingGroup]) -> Self:
        """Who would see a tool that is shared so, without a word on groups that this reader does not know."""
        known = set(WorkingGroup.objects.visible_to(user).filter(pk__in=[group.pk for group in groups]))
        return cls(sharing, association, groups, has_hidden_groups=any(group not in known for group in groups))

    @property
    def is_complete(self) -> bool:
        """Tell whether enough is chosen to say it."""
        return bool(self.association) and (self.sharing != SharingLevel.GROUPS or bool(self.groups))

    @cached_property
    def number(self) -> int:
        """How many people that is, besides the editors; counted once."""
        return readers(self.sharing, self.association, self.groups).count() if self.is_complete else 0

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template shows."""
        return {
            "sharing": self.sharing,
            "association": self.association,
            "groups": [] if self.has_hidden_groups else self.groups,
            "is_complete": self.is_complete,
            "number": self.number,
        }
