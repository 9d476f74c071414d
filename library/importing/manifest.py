"""The table that says what each file of a folder is."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

COLUMNS = {
    "file": "path inside the folder (required)",
    "title": "at most 160 characters (required)",
    "type": "slug of a type of tool (required)",
    "association": "slug of the association that owns it (required)",
    "summary": "what it is for, at most 500 characters (default: the title)",
    "themes": "slugs of themes, separated by ;",
    "language": "fr or nl (default: as the text is, else fr)",
    "sharing": "association, groups, alliance or public (default: association; public only with --by an editor)",
    "groups": "slugs of working groups, separated by ; (with sharing groups)",
    "licence": "cc-by-sa, cc-by or alliance (default: cc-by-sa)",
    "author": "a team or a function",
    "origin": "where it comes from",
    "contact": "e-mail address of somebody with an account (default: --by)",
    "review_on": "2027-01-31 or 31/01/2027 (default: in a year)",
    "search_words": "what people also call it, separated by ;",
    "slug": "last part of its address (default: from the title); that of a tool that is there adds a version",
}
REQUIRED = ("file", "title", "type", "association")
LISTS = ("themes", "groups", "search_words")


class ManifestFault(Exception):
    """The table as a whole cannot be used; says why."""


@dataclass(frozen=True)
class Row:
    """One line of the table; ``fault`` says why it cannot be read, ``line`` where it begins."""

    line: int
    cells: dict[str, str] = field(default_factory=dict)
    fault: str = ""


def read_manifest(path: Path) -> Iterator[Row]:
    """Every row that is not empty; raises ManifestFault when the columns are wrong."""
    text = _decoded(path.read_bytes())
    header_line = text.partition("\n")[0]
    delimiter = max(",;\t", key=header_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header = [name.strip().lower() for name in next(reader, [])]
    _check(header)
    return _rows(reader, header)


def _decoded(content: bytes) -> str:
    """UTF-8, UTF-16 with its mark, or what Excel writes in Belgium."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _check(header: list[str]) -> None:
    missing = [name for name in REQUIRED if name not in header]
    unknown = [name for name in header if name and name not in COLUMNS]
    twice = sorted({name for name in header if name and header.count(name) > 1})
    faults = [(_("Columns that are missing:"), missing), (_("Columns that nobody knows:"), unknown)]
    faults.append((_("Columns that are there twice:"), twice))
    said = [f"{words} {', '.join(names)}" for words, names in faults if names]
    if said:
        raise ManifestFault(" ".join(said))


def _rows(reader: Any, header: list[str]) -> Iterator[Row]:
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Row(line, fault=str(error))
            continue
        if any(cell.strip() for cell in cells):
            yield _row(line, header, cells)


def _row(line: int, header: list[str], cells: list[str]) -> Row:
    if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
        return Row(line, dict(zip(header, cells, strict=False)), _("This line has more cells than there are columns."))
    return Row(line, {name: cell.strip() for name, cell in zip(header, cells, strict=False) if name})
