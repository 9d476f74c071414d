"""What each association shares of one type, on a theme or on all, and what is missing."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from library.models import Theme, Tool, ToolRequest, ToolType
from members.models import Association


@dataclass(frozen=True)
class Row:
    """One association: its tools that the reader may see, and the requests that wait for one.

    A tool that the reader may not see and one that does not exist look the same here.
    """

    association: Association
    tools: list[Tool]
    requests: list[ToolRequest]
    theme: Theme | None
    is_own: bool

    @property
    def is_askable(self) -> bool:
        """Tell whether the reader can ask this association for one: nobody did in the same words."""
        return not (self.tools or self.is_own or any(one.theme == self.theme for one in self.requests))


@dataclass(frozen=True)
class SideBySide:
    """One type of tool as one reader sees it, in a constant number of queries."""

    type: ToolType
    user: Any

    @cached_property
    def associations(self) -> list[Association]:
        """Every association, in the alliance's order."""
        return list(Association.objects.visible_to(None).in_order())

    @cached_property
    def themes(self) -> list[Any]:
        """Every theme with the number of associations that share a tool of the type on it, by name."""
        visible = Q(tools__in=Tool.objects.visible_to(self.user), tools__type=self.type, tools__association__live=True)
        themes = Theme.objects.annotate(sharing=Count("tools__association", filter=visible, distinct=True))
        return sorted(themes, key=lambda theme: str(theme).casefold())

    def rows(self, theme: Theme | None) -> list[Row]:
        """A row for every association: of one theme, or of all."""
        tools, requests = defaultdict(list), defaultdict(list)
        for tool in self._shared(theme).newest_first():
            tools[tool.association_id].append(tool)
        for request in self._asked(theme):
            requests[request.association_id].append(request)
        return [
            Row(one, tools[one.pk], requests[one.pk], theme, one.pk == self.user.association_id)
            for one in self.associations
        ]

    def _shared(self, theme: Theme | None) -> Any:
        tools = Tool.objects.visible_to(self.user).filter(type=self.type)
        return tools.filter(themes=theme) if theme else tools

    def _asked(self, theme: Theme | None) -> Any:
        """The open requests; on a theme also those that name none, as their answer may be on it."""
        waiting = self.type.requests.visible_to(self.user).open().select_related("theme").order_by("created_at")
        return waiting.filter(Q(theme=theme) | Q(theme=None)) if theme else waiting


def side_by_side_url(kind: ToolType, theme: Theme | None) -> str:
    """Where a type stands side by side, narrowed to a theme if there is one."""
    query = f"?theme={theme.slug}" if theme else ""
    return reverse("library:side_by_side", args=[kind.slug]) + query


def types_for(user: Any) -> list[tuple[ToolType, int]]:
    """Every type with the number of associations that share one with this person, by name."""
    visible = Tool.objects.visible_to(user).filter(association__live=True).order_by()
    sharing = Counter(kind for kind, _association in visible.values_list("type", "association").distinct())
    kinds = sorted(ToolType.objects.all(), key=lambda kind: str(kind).casefold())
    return [(kind, sharing[kind.pk]) for kind in kinds]
