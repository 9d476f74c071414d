"""What each association shares of one type, on a theme or on all, and what is missing."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Func, IntegerField, OuterRef, Q, Subquery
from django.http import QueryDict
from django.urls import reverse

from library.models import Theme, Tool, ToolRequest, ToolType
from members.components import AT_ONCE
from members.models import Association

NEWEST = 4  # tools of an association; the library lists them all


@dataclass(frozen=True)
class Row:
    """One association: its newest tools that the reader may see, and the requests that wait for one.

    A tool that the reader may not see and one that does not exist look the same here.
    """

    association: Association
    tools: list[Tool]
    all_tools: str  # where the library lists them, if there are more
    requests: list[ToolRequest]
    theme: Theme | None
    is_own: bool

    @property
    def height(self) -> int:
        """The lines of the table that it takes."""
        return len(self.tools) + bool(self.all_tools)

    @property
    def is_askable(self) -> bool:
        """Tell whether the reader can ask this association for one: nobody did in the same words."""
        return not (self.tools or self.is_own or any(one.theme == self.theme for one in self.requests))


@dataclass(frozen=True)
class SideBySide:
    """One type of tool as one reader sees it, on a theme or on all, in a constant number of queries."""

    type: ToolType
    user: Any
    theme: Theme | None = None

    @cached_property
    def sharing(self) -> dict[int, bool]:
        """Whether each association shares one, in the alliance's order."""
        shares = Exists(self._shared().filter(association=OuterRef("pk")))
        return dict(Association.objects.visible_to(None).in_order().values_list("pk", shares))

    def page_with(self, association: Association) -> int:
        """The number of the page on which an association stands."""
        return [*self.sharing, association.pk].index(association.pk) // AT_ONCE + 1

    def rows(self, keys: Collection[int]) -> list[Row]:
        """A row for each of these associations."""
        newest = self._shared().filter(association=OuterRef("pk")).newest_first().values("pk")[: NEWEST + 1]
        associations = Association.objects.visible_to(None).filter(pk__in=keys).in_order()
        found = list(associations.annotate(newest_tools=ArraySubquery(newest)))
        tools = Tool.objects.visible_to(self.user).in_bulk([pk for one in found for pk in one.newest_tools[:NEWEST]])
        requests = defaultdict(list)
        for request in self._asked().filter(association__in=keys):
            requests[request.association_id].append(request)
        return [
            Row(
                one,
                [tools[pk] for pk in one.newest_tools[:NEWEST] if pk in tools],
                self._all_tools(one) if len(one.newest_tools) > NEWEST else "",
                requests[one.pk],
                self.theme,
                one.pk == self.user.association_id,
            )
            for one in found
        ]

    def _shared(self) -> Any:
        tools = Tool.objects.visible_to(self.user).filter(type=self.type)
        return tools.filter(themes=self.theme) if self.theme else tools

    def _asked(self) -> Any:
        """The open requests; on a theme also those that name none, as their answer may be on it."""
        waiting = self.type.requests.visible_to(self.user).open().select_related("theme").order_by("created_at")
        return waiting.filter(Q(theme=self.theme) | Q(theme=None)) if self.theme else waiting

    def _all_tools(self, association: Association) -> str:
        query = QueryDict(mutable=True)
        query.update({"type": self.type.slug, "association": association.slug})
        if self.theme:
            query["theme"] = self.theme.slug
        return f"{reverse('library:tools')}?{query.urlencode()}"


def side_by_side_url(kind: ToolType, theme: Theme | None, page: int = 1) -> str:
    """Where a type stands side by side, narrowed to a theme if there is one."""
    query = QueryDict(mutable=True)
    if theme:
        query["theme"] = theme.slug
    if page > 1:
        query["page"] = str(page)
    return reverse("library:side_by_side", args=[kind.slug]) + (f"?{query.urlencode()}" if query else "")


def themes_for(user: Any, kind: ToolType) -> list[tuple[Theme, int]]:
    """Every theme with the number of associations that share a tool of the type on it, by name."""
    shared = Tool.objects.visible_to(user).filter(type=kind, association__live=True).order_by()
    sharing = Counter(theme for theme, _association in shared.values_list("themes", "association").distinct())
    return [(theme, sharing[theme.pk]) for theme in _by_name(Theme.objects.all())]


def types_for(user: Any) -> list[tuple[ToolType, int]]:
    """Every type with the number of associations that share one with this person, by name.

    Each association is asked for one tool of each type, which costs the same however many it has.
    """
    one = Tool.objects.visible_to(user).filter(type=OuterRef(OuterRef("pk")), association=OuterRef("pk"))
    sharing = Association.objects.visible_to(None).filter(Exists(one)).order_by()
    number = sharing.annotate(number=Func("pk", function="count", output_field=IntegerField())).values("number")
    return [(kind, kind.sharing) for kind in _by_name(ToolType.objects.annotate(sharing=Subquery(number)))]


def _by_name(found: Iterable[Any]) -> list[Any]:
    return sorted(found, key=lambda one: str(one).casefold())
