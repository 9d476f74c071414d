"""What the apps above this one know of people, so that imports keep pointing home: their groups, what they shared."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from laces.components import Component

from members.models import User


class PeopleGroup(NamedTuple):
    """A group that the reader may see: its value in filters, its name in each language, its people."""

    slug: str
    names: tuple[str, ...]
    people: frozenset[int]


Groups = Callable[[Any], list[PeopleGroup]]
Contribution = Callable[[User, Any], Component | None]
_groups: list[Groups] = []
_contributions: list[Contribution] = []


def register_groups(groups: Groups) -> None:
    """Let the directory know the groups that a reader may see; called once when the apps are ready."""
    _groups.append(groups)


def register_contribution(contribution: Contribution) -> None:
    """Show what a person did on their page, as far as the reader may see it."""
    _contributions.append(contribution)


def groups_for(reader: Any) -> list[PeopleGroup]:
    """Every group that the reader may see."""
    return [group for groups in _groups for group in groups(reader)]


def contributions_of(person: User, reader: Any) -> list[Component]:
    """What the person did, as far as the reader may see it; empty parts are left out."""
    shown = [contribution(person, reader) for contribution in _contributions]
    return [part for part in shown if part]


@dataclass(frozen=True)
class PersonPart(Component):
    """One part of a person's page: a heading and what belongs below it."""

    title: str
    body: Component

    template_name = "components/person_part.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template shows."""
        return {"part": self}
