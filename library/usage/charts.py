"""Numbers as pictures, drawn on the server; a table with the same numbers always stands beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, log10
from typing import Any

from laces.components import Component

WIDTH, HEIGHT = 720, 220  # of the drawing, in its own units
HEAD, FOOT, SIDE = 10, 24, 44  # room above, and for the labels below and beside
LABELS = 12  # at most so many labels below, so that they do not run into each other


@dataclass(frozen=True)
class Column:
    """One column: where it stands, how high it is, and what it counts."""

    label: str
    value: int
    x: float
    y: float
    width: float
    height: float
    is_labelled: bool

    @property
    def middle(self) -> float:
        """Where its label stands."""
        return self.x + self.width / 2


@dataclass(frozen=True)
class ColumnChart(Component):
    """A column for each (label, number), on a scale that begins at zero."""

    title: str
    values: Sequence[tuple[str, int]]

    template_name = "components/column_chart.html"

    @property
    def top(self) -> int:
        """The number at the top of the scale: round, at least four, and half of it a whole number."""
        highest = max((value for _label, value in self.values), default=0)
        power = 10 ** max(0, ceil(log10(max(highest, 4))) - 1)
        return next(power * step for step in (1, 2, 3, 4, 6, 8, 10) if power * step >= max(highest, 4))

    @property
    def columns(self) -> list[Column]:
        """The columns from left to right."""
        room = (WIDTH - SIDE) / max(len(self.values), 1)
        every = ceil(len(self.values) / LABELS)
        return [
            Column(label, value, *self._box(place, room, value), is_labelled=place % every == 0)
            for place, (label, value) in enumerate(self.values)
        ]

    def _box(self, place: int, room: float, value: int) -> tuple[float, float, float, float]:
        height = (HEIGHT - HEAD - FOOT) * value / self.top
        return SIDE + room * (place + 0.15), HEIGHT - FOOT - height, room * 0.7, height

    @property
    def lines(self) -> list[tuple[float, int]]:
        """Heights of the lines of the scale, with their numbers."""
        return [(HEIGHT - FOOT - (HEIGHT - HEAD - FOOT) * part / 2, self.top * part // 2) for part in (0, 1, 2)]

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template shows."""
        return {"chart": self, "width": WIDTH, "height": HEIGHT, "side": SIDE}


@dataclass(frozen=True)
class Bar(Component):
    """A number as the length of a bar, compared with the longest; stands beside the number itself."""

    value: int
    longest: int

    template_name = "components/bar.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template shows: a share of 100."""
        return {"share": round(100 * self.value / self.longest, 1) if self.longest else 0}
