"""A list of colleagues to invite, as a spreadsheet program saves it: an address and a language on each line.

It is read line by line, so that what is wrong with one keeps no other waiting.
"""

import codecs
import csv
import re
from dataclasses import dataclass
from io import StringIO
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from home.languages import LANGUAGES
from members.actions import invite, refusals
from members.models import Association

MOST_LINES = 100
MOST_BYTES = 200 * 1024
LONGEST_ADDRESS = 254  # of the column
BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
SEPARATORS = ";,\t"
# How a column, in two words at most, or a language is called in the lists that people have, in small letters.
ADDRESS_HEAD = re.compile(r"\b(e\W?mail|mail|adres|courriel)")
LANGUAGE_WORDS = {
    "fr": {"fr", "f", "français", "francais", "frans", "french"},
    "nl": {"nl", "n", "néerlandais", "neerlandais", "nederlands", "dutch"},
}


class Row(NamedTuple):
    """A line of the file: its number as an editor counts, as it was typed, and its cells."""

    number: int
    text: str
    cells: list[str]


@dataclass
class Line:
    """One colleague of the list: where the line stands, what it says, and what is wrong with it."""

    number: int
    text: str
    email: str
    language: str
    error: str = ""


def decode(content: bytes) -> str:
    """The text of a file in UTF-8, with or without a mark, in UTF-16 or as Windows writes it; else ValidationError."""
    encoding = next((name for mark, name in BYTE_ORDER_MARKS.items() if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = _as_windows(content)
    if "\0" in text:
        raise _no_text()
    return text


def _as_windows(content: bytes) -> str:
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise _no_text() from error


def _no_text() -> ValidationError:
    return ValidationError(_("This is no list in text. Save it as CSV in your spreadsheet program."), code="no_text")


def read(text: str, *, default_language: str, by: Any) -> list[Line]:
    """The lines of a list with what is wrong with each, also what only the site knows; empty lines are left out.

    Raises ValidationError when there is no line, or more than ``MOST_LINES``.
    """
    rows = _rows(text)
    mail_column = _take_head(rows)
    if not rows:
        raise ValidationError(_("The list is empty: write one e-mail address on each line."), code="empty")
    if len(rows) > MOST_LINES:
        message = _("At most %(most)s lines at once. Send the list in parts.")
        raise ValidationError(message, code="many", params={"most": MOST_LINES})
    lines = [_line(row, mail_column, default_language) for row in rows]
    _mark_repeated(lines)
    good = [line.email for line in lines if not line.error]
    refused = refusals(good, by)
    for line in lines:
        if not line.error and line.email in refused:
            line.error = " ".join(refused[line.email].messages)
    return lines


def send(lines: list[Line], *, association: Association, by: Any) -> list[Line]:
    """Invite the good lines; gives those that were invited, and marks what failed meanwhile."""
    sent = []
    for line in lines:
        if line.error:
            continue
        try:
            invite(email=line.email, association=association, language=line.language, by=by)
        except ValidationError as error:
            line.error = " ".join(error.messages)
        else:
            sent.append(line)
    return sent


def _rows(text: str) -> list[Row]:
    """Each line that says something."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    separator = max(SEPARATORS, key=text.count)
    rows = [Row(number, line.strip(), _cells(line, separator)) for number, line in enumerate(lines, start=1)]
    return [row for row in rows if any(row.cells)]


def _cells(line: str, separator: str) -> list[str]:
    """Cells of one line; a quotation mark that is never closed is text like another, and so is an endless cell."""
    try:
        cells = next(csv.reader(StringIO(line), delimiter=separator), [])
    except csv.Error:
        cells = [line]
    return [cell.strip() for cell in cells]


def _take_head(rows: list[Row]) -> int:
    """Take away a first line that only names the columns; gives which column holds the address.

    What may be an address, or tells a language, is nobody's head: a line that is wrong must be shown.
    """
    names = [cell.lower() for cell in rows[0].cells] if rows else []
    if any("@" in name or "." in name or _language(name) for name in names):
        return 0
    column = next((place for place, name in enumerate(names) if _names_addresses(name)), None)
    if column is None:
        return 0
    rows.pop(0)
    return column


def _names_addresses(name: str) -> bool:
    return len(name.split()) <= 2 and ADDRESS_HEAD.search(name) is not None


def _line(row: Row, mail_column: int, default_language: str) -> Line:
    email = row.cells[mail_column].lower() if len(row.cells) > mail_column else ""
    said = next((cell for place, cell in enumerate(row.cells) if place != mail_column and cell), "")
    language = _language(said) if said else default_language
    line = Line(row.number, row.text, email, language)
    try:
        validate_email(email)
    except ValidationError:
        line.error = _("This is no e-mail address.")
    if not line.error and len(email) > LONGEST_ADDRESS:
        line.error = _("This address is too long.")
    if not line.error and not language:
        line.error = _("Unknown language “%(word)s”: write fr or nl.") % {"word": said}
    return line


def _language(word: str) -> str:
    return next((code for code in LANGUAGES if word.lower() in LANGUAGE_WORDS[code]), "")


def _mark_repeated(lines: list[Line]) -> None:
    first: dict[str, int] = {}
    for line in lines:
        if line.error:
            continue
        if line.email in first:
            line.error = _("The same address stands on line %(number)s.") % {"number": first[line.email]}
        first.setdefault(line.email, line.number)
