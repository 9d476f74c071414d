"""A page of results, ready to be shown."""

from dataclasses import dataclass
from typing import Any, Self

from django.core.paginator import Page, Paginator

from library.forms import SearchForm
from library.models import Tool
from library.search.components import Result
from library.search.engine import Found, search
from library.search.passages import marked, passages

TOOLS_PER_PAGE = 20


@dataclass(frozen=True)
class Results:
    """What was found for a form: how many, and one page of it."""

    found: Found
    page: Page
    shown: list[Result]

    @classmethod
    def of(cls, form: SearchForm, number: Any) -> Self:
        """Search for what the form says; it then offers what there is."""
        found = search(form.known.reader, form.wish, form.known.types, form.known.themes)
        form.offer(found.counts)
        page = Paginator(found.tools, TOOLS_PER_PAGE).get_page(number)
        tools = Tool.objects.visible_to(form.known.reader.user).for_lists().in_bulk(page.object_list)
        return cls(found, page, _with_passages([tools[key] for key in page.object_list if key in tools], found, form))

    @property
    def total(self) -> int:
        """How many fit; at least so many, where ``found.is_cut``."""
        return len(self.found.tools)

    @property
    def meant(self) -> str:
        """The query with the words that we read otherwise; empty where there is none."""
        return self.found.query.text if self.found.corrected else ""


def _with_passages(tools: list[Tool], found: Found, form: SearchForm) -> list[Result]:
    terms = found.query.terms
    inside = passages([tool.pk for tool in tools], found.query, form.known.reader)
    return [
        Result(tool, marked(tool.title, terms), marked(tool.summary, terms), inside.get(tool.pk)) for tool in tools
    ]
