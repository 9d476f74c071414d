"""An address as a square of dots that a telephone reads from paper."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

import segno
from laces.components import Component

QUIET = 2  # modules of white around the code; the paper adds more


@dataclass(frozen=True)
class QrCode(Component):
    """An address to be read by a camera, drawn without style or script."""

    address: str

    template_name = "components/qr_code.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template shows."""
        code = segno.make(self.address, error="m", micro=False)
        rows = [bytes(row) for row in code.matrix_iter(border=QUIET)]
        return {"size": len(rows), "path": "".join(_strokes(y, row) for y, row in enumerate(rows))}


def _strokes(y: int, row: bytes) -> str:
    """The dark runs of a row as an outline, in modules."""
    drawn, x = [], 0
    for is_dark, run in groupby(row):
        length = len(list(run))
        if is_dark:
            drawn.append(f"M{x} {y}h{length}v1h-{length}z")
        x += length
    return "".join(drawn)
