"""Reusable pieces of pages: a dataclass each, with its template in ``templates/components/``."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import pi, sin
from typing import Any

from django.core.paginator import Page
from django.http import QueryDict
from laces.components import Component

from home.paging import UncountedPaginator

# Outlines of petals in a square from -1 to 1, outward is up; every association keeps its own shape.
SHAPES = (
    "M0-1A1 1 0 1 1 0 1A1 1 0 1 1 0-1z",  # disc
    "M0-1.25C.68-.72.86-.25.86.12a.86.86 0 0 1-1.72 0C-.86-.25-.68-.72 0-1.25z",  # drop
    "M-.88 1V-.12a.88.88 0 0 1 1.76 0V1z",  # arch
    "M0-1.3L1.08 0L0 1.3L-1.08 0z",  # lozenge
    "M-.92-.92H.22A.7.7 0 0 1 .92-.22V.92H-.22A.7.7 0 0 1-.92.22z",  # leaf
    "M-1.18-.62H1.18A1.18 1.18 0 0 1-1.18-.62z",  # bowl
    "M-.9-.9H.9V.9H-.9z",  # square
    "M0-1.4C1.12-.7 1.12.7 0 1.4C-1.12.7-1.12-.7 0-1.4z",  # almond
    "M-.95.95V-.95A1.9 1.9 0 0 1 .95.95z",  # quarter
    "M-1-.58L0-1.16L1-.58V.58L0 1.16L-1 .58z",  # comb
    "M-.92-.92H.1A.82.82 0 0 1 .92-.1V.92H-.92z",  # door
    "M-.72-.42a.72.72 0 0 1 1.44 0V.42a.72.72 0 0 1-1.44 0z",  # bean
)
GENEROUS = 1.26  # petals reach a little into each other: what the associations share
FEWEST = 5  # below this many petals a ring would be a few huge blots
MOST = 48  # above, each would be a speck, and the sign the heaviest part of every page


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
    """The sign of the alliance, drawn from the data: one petal per association, set in a ring.

    Of a great many associations every so many-th has one.
    """

    hues: Sequence[int]
    modifier: str = ""

    template_name = "components/ring.html"

    @property
    def petals(self) -> list[Petal]:
        """Each petal turned to its place, in a picture of 100 by 100."""
        number = min(len(self.hues), MOST)
        hues = [self.hues[place * len(self.hues) // number] for place in range(number)]
        count = max(number, FEWEST)
        half = sin(pi / count)
        radius = 49 / (1 + 1.22 * GENEROUS * half)
        return [
            Petal(
                hue,
                f"rotate({360 * place / count:.2f})translate(0 {-radius:.2f})scale({radius * half * GENEROUS:.2f})",
            )
            for place, hue in enumerate(hues)
        ]

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template shows."""
        return {"petals": self.petals, "modifier": self.modifier}


@dataclass(frozen=True)
class Pagination(Component):
    """Steps through a long list; keeps the filters that are in the address."""

    page: Page
    query: QueryDict = field(default_factory=QueryDict)
    path: str = ""  # where the list stands, unless at the address of this page
    anchor: str = ""  # its place there

    template_name = "components/pagination.html"

    def address(self, number: int) -> str:
        """The address of another page of the same list."""
        query = self.query.copy()
        query["page"] = str(number)
        return f"{self.path}?{query.urlencode()}{self.anchor}"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template shows."""
        page = self.page
        return {
            "page": page,
            "is_counted": not isinstance(page.paginator, UncountedPaginator),
            "previous": self.address(page.previous_page_number()) if page.has_previous() else "",
            "next": self.address(page.next_page_number()) if page.has_next() else "",
        }
