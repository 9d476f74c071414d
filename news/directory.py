"""What working groups add to the directory of counterparts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.utils.translation import gettext as _
from laces.components import Component

from members.directory.contributions import PeopleGroup, PersonPart
from members.models import User
from news.models import WorkingGroup


@dataclass(frozen=True)
class GroupNames(Component):
    """Working groups by name, each leading to its page."""

    groups: Sequence[WorkingGroup]

    template_name = "components/group_names.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template shows."""
        return {"groups": self.groups}


def groups_of_people(reader: Any) -> list[PeopleGroup]:
    """The groups that this reader may see, with who belongs to them or coordinates them; one query."""
    belongs = WorkingGroup.members.through.objects.filter(workinggroup=OuterRef("pk")).values("user")
    leads = WorkingGroup.coordinators.through.objects.filter(workinggroup=OuterRef("pk")).values("user")
    groups = WorkingGroup.objects.visible_to(reader).annotate(
        people=ArraySubquery(belongs), leaders=ArraySubquery(leads)
    )
    return [
        PeopleGroup(one.slug_fr, (one.name_fr, one.name_nl), frozenset([*one.people, *one.leaders])) for one in groups
    ]


def groups_of_person(person: User, reader: Any) -> Component | None:
    """The groups of a person that the reader may see."""
    own = WorkingGroup.objects.visible_to(reader).filter(Q(members=person) | Q(coordinators=person)).distinct()
    found = sorted(own, key=lambda group: str(group).casefold())
    return PersonPart(_("Working groups"), GroupNames(found)) if found else None
