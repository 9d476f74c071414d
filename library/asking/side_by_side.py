"""What each association shares of one type, and what is missing."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from library.models import Tool, ToolRequest, ToolType
from members.models import Association


@dataclass(frozen=True)
class Row:
    """One association: its tools that the reader may see, or the request that waits for one.

    A tool that the reader may not see and one that does not exist look the same here.
    """

    association: Association
    tools: list[Tool]
    request: ToolRequest | None
    is_own: bool

    @property
    def is_askable(self) -> bool:
        """Tell whether the reader can ask this association for one."""
        return not (self.tools or self.request or self.is_own)


def rows_for(user: Any, kind: ToolType) -> list[Row]:
    """A row for every association, in the alliance's order; a constant number of queries."""
    tools = defaultdict(list)
    for tool in Tool.objects.visible_to(user).filter(type=kind).newest_first().for_lists():
        tools[tool.association_id].append(tool)
    asked = {request.association_id: request for request in kind.requests.visible_to(user).open()}
    return [
        Row(association, tools[association.pk], asked.get(association.pk), association.pk == user.association_id)
        for association in Association.objects.visible_to(None).in_order()
    ]


def types_for(user: Any) -> list[ToolType]:
    """Every type with the number of associations that share one with this person, by name."""
    visible = Q(tools__in=Tool.objects.visible_to(user), tools__association__live=True)
    kinds = ToolType.objects.annotate(sharing=Count("tools__association", filter=visible, distinct=True))
    return sorted(kinds, key=lambda kind: str(kind).casefold())
