"""Tables for spreadsheet programs."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any

MARK = "\ufeff"  # tells Excel that the file is UTF-8
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_csv(rows: Iterable[Sequence[Any]]) -> str:
    """Rows as Belgian spreadsheet programs expect them, with semicolons; no cell can become a formula.

    A cell that would be calculated gets an apostrophe in front (https://owasp.org/www-community/attacks/CSV_Injection).
    """
    text = StringIO()
    csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL).writerows([_harmless(cell) for cell in row] for row in rows)
    return MARK + text.getvalue()


def _harmless(cell: Any) -> Any:
    if not isinstance(cell, str):
        return "" if cell is None else cell
    return f"'{cell}" if cell.lstrip(" \u00a0").startswith(FORMULA) or cell.startswith(FORMULA) else cell
