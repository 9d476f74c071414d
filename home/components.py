"""Reusable pieces of pages: a dataclass each, with its template in ``templates/components/``."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import pi, sin
from typing import Any

from django.core.paginator import Page
from django.http import QueryDict
from laces.components import Component

# Outlines of petals in a square from -1 to 1, outward is up; every association keeps its own shape.
SHAPES = (
    "M0-.94a.94.94 0 1 1 0 1.88a.94.94 0 1 1 0-1.88z",  # disc
    "M0-1.16C.62-.66.78-.2.78.1a.78.78 0 0 1-1.56 0C-.78-.2-.62-.66 0-1.16z",  # drop
    "M-.82.94V-.12a.82.82 0 0 1 1.64 0V.94z",  # arch
    "M-.84.84V-.84H.1A.74.74 0 0 1 .84-.1V.84z",  # door
    "M0-1.12L.9 0L0 1.12L-.9 0z",  # lozenge
    "M-.86-.86H.2A.66.66 0 0 1 .86-.2V.86H-.2A.66.66 0 0 1-.86.2z",  # leaf
    "M-1-.42H1A1 1 0 0 1-1-.42z",  # bowl
    "M-.8-.8H.8V.8H-.8z",  # square
)
FEWEST = 5  # below this many petals a ring would be a few huge blots


@dataclass(frozen=True)
class Petal(Component):
    """The sign of one association: its own shape in its own hue."""

    hue: int
    transform: str = ""

    template_name = "components/petal.html"

    @property
    def outline(self) -> str:
        """The path of the shape; neighbours in the alliance's order differ (7 is its own inverse modulo 24)."""
        return SHAPES[self.hue * 7 % 24 % len(SHAPES)]

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template shows."""
        return {"petal": self}


@dataclass(frozen=True)
class Ring(Component):
    """The sign of the alliance, drawn from the data: one petal per association, set in a ring."""

    hues: Sequence[int]
    modifier: str = ""

    template_name = "components/ring.html"

    @property
    def petals(self) -> list[Petal]:
        """Each petal turned to its place, in a picture of 100 by 100."""
        count = max(len(self.hues), FEWEST)
        half = sin(pi / count)
        radius = 48 / (1 + 1.1 * half)
        return [
            Petal(hue, f"rotate({360 * place / count:.2f})translate(0 {-radius:.2f})scale({radius * half:.2f})")
            for place, hue in enumerate(self.hues)
        ]

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template shows."""
        return {"petals": self.petals, "modifier": self.modifier}


@dataclass(frozen=True)
class Pagination(Component):
    """Steps through a long list; keeps the filters that are in the address."""

    page: Page
    query: QueryDict = field(default_factory=QueryDict)

    template_name = "components/pagination.html"

    def address(self, number: int) -> str:
        """The address of another page of the same list."""
        query = self.query.copy()
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template shows."""
        page = self.page
        return {
            "page": page,
            "previous": self.address(page.previous_page_number()) if page.has_previous() else "",
            "next": self.address(page.next_page_number()) if page.has_next() else "",
        }
