"""The text of a comment: as it is kept, as it is shown, as a letter quotes it.

Whom a comment names stands in its text as a number between two marks, which nobody can type: who takes another name,
leaves the directory or is erased is not left with a name in what others wrote.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from members.models import User

MARK = "\ue000"  # a letter for private use, which the text that people type never holds
MARKED = re.compile(f"{MARK}(\\d+){MARK}")
NOT_TYPED = {"Cc", "Cn", "Co", "Cs"}  # categories of Unicode: control, unassigned, private use, surrogates
BETWEEN_PARAGRAPHS = re.compile(r"\n{2,}")


class Piece(NamedTuple):
    """A part of a paragraph: words as they were typed, or a colleague who is named."""

    text: str
    is_name: bool = False
    person: User | None = None  # whose page the name leads to


def cleaned(typed: str) -> str:
    """What somebody typed without what no keyboard writes, and with one kind of line end."""
    text = unicodedata.normalize("NFC", typed).replace("\r\n", "\n").replace("\r", "\n")
    kept = (letter for letter in text if letter in "\n\t" or unicodedata.category(letter) not in NOT_TYPED)
    return "".join(kept).strip()


def mark(pk: int) -> str:
    """What stands in the text for a colleague who is named."""
    return f"{MARK}{pk}{MARK}"


def paragraphs(text: str, people: Mapping[int, User], reader: Any) -> list[list[Piece]]:
    """A kept text for a page, as one reader may see it; ``people`` are those whom it names."""
    return [list(_pieces(one, people, reader)) for one in BETWEEN_PARAGRAPHS.split(text)]


def plain(text: str, name: Callable[[int], str]) -> str:
    """A kept text with the names put in."""
    return MARKED.sub(lambda found: name(int(found[1])), text)


def shown_name(person: User | None, reader: Any) -> str:
    """What this reader sees of somebody who is named; None is an account that was erased."""
    if person is None or person.erased_at:
        return f"@{_('Former colleague')}"
    if not person.is_visible_to(reader):
        return f"@{hidden_name()}"
    return f"@{person}"


def hidden_name() -> str:
    """What stands for somebody who left the directory."""
    return pgettext("somebody who left the directory", "a colleague")


def _pieces(paragraph: str, people: Mapping[int, User], reader: Any) -> Iterator[Piece]:
    for place, part in enumerate(MARKED.split(paragraph)):
        if place % 2 == 0:
            yield Piece(part)
            continue
        person = people.get(int(part))
        has_page = person is not None and person.is_visible_to(reader)
        yield Piece(shown_name(person, reader), is_name=True, person=person if has_page else None)
