"""A page of results, ready to be shown."""

from dataclasses import dataclass
from typing import Any, Self

from django.core.paginator import Page, Paginator
from django.db.models import F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Collate

from library.forms import SearchForm
from library.models import DownloadCount, Tool
from library.search.components import Result
from library.search.engine import Found, search
from library.search.passages import marked, passage_of, with_pages

TOOLS_PER_PAGE = 20
_TAKEN = DownloadCount.objects.filter(tool=OuterRef("pk")).order_by().values("tool").values(number=Sum("number"))
_BY_TITLE = (Collate("search_entry__title_key", "C"), "pk")  # folded letters, the same in every database
ORDERS: dict[str, tuple[Any, ...]] = {
    "newest": (F("updated_on").desc(nulls_last=True), "-pk"),
    "title": _BY_TITLE,
    "taken": (Coalesce(Subquery(_TAKEN), 0).desc(), *_BY_TITLE),
}


@dataclass(frozen=True)
class Results:
    """What was found for a form: how many, and one page of it."""

    found: Found
    page: Page
    shown: list[Result]

    @classmethod
    def of(cls, form: SearchForm, number: Any) -> Self:
        """Search for what the form says; it then offers what there is."""
        wish, known = form.wish, form.known
        found = search(known.reader, wish, known.types, known.themes)
        form.offer(found.counts)
        page = Paginator(found.tools, TOOLS_PER_PAGE).get_page(number)
        tools = with_pages(Tool.objects.visible_to(known.reader.user).for_lists(), found.query)
        terms = found.query.terms
        shown = [
            Result(tool, marked(tool.title, terms), marked(tool.summary, terms), passage_of(tool, terms))
            for tool in _on_page(tools, found, page, wish.sort)
        ]
        return cls(found, page, shown)

    @property
    def total(self) -> int:
        """How many fit; at least so many, where ``found.is_cut``."""
        return len(self.found.tools)

    @property
    def meant(self) -> str:
        """The query with the words that we read otherwise; empty where there is none."""
        return self.found.query.text if self.found.corrected else ""


def _on_page(tools: QuerySet[Tool], found: Found, page: Page, sort: str) -> list[Tool]:
    """The tools of the page, in the order that was wished, or else as they were found; in one query."""
    if sort in ORDERS:
        ordered = tools.filter(pk__in=found.tools).order_by(*ORDERS[sort])
        return list(ordered[page.start_index() - 1 : page.end_index()]) if found.tools else []
    there = tools.in_bulk(page.object_list)
    return [there[key] for key in page.object_list if key in there]
