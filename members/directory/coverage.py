"""The map of who does what where: a row for each function, a column for each association, the gaps in between."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from members.models import Association, DirectoryReport, JobFunction, User
from members.permissions import can_invite


@dataclass(frozen=True)
class Cell:
    """Who does one job in one association; nobody who is listed and nobody at all look the same here."""

    association: Association
    people: Sequence[User]
    suggestion: DirectoryReport | None
    may_invite: bool

    @property
    def is_gap(self) -> bool:
        """Tell whether nobody is listed."""
        return not self.people


@dataclass(frozen=True)
class Row:
    """One function through the associations."""

    function: JobFunction
    cells: Sequence[Cell]


def rows_for(reader: Any, functions: Sequence[JobFunction], associations: Sequence[Association]) -> list[Row]:
    """A row for each of these functions; a constant number of queries."""
    people: defaultdict[tuple[Any, Any], list[User]] = defaultdict(list)
    for person in User.objects.visible_to(reader).listed().filter(association__in=associations).by_name():
        people[person.job_function_id, person.association_id].append(person)
    waiting = DirectoryReport.objects.suggestions().open().filter(association__in=associations)
    suggested = {(report.job_function_id, report.association_id): report for report in waiting}
    return [
        Row(
            function,
            [
                Cell(
                    one,
                    people[function.pk, one.pk],
                    suggested.get((function.pk, one.pk)),
                    can_invite(reader, one),
                )
                for one in associations
            ],
        )
        for function in functions
    ]
