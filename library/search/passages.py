"""Where in a tool it is written: the words marked in its title, its summary and on the page of its file."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import JSONField, QuerySet, Value
from django.db.models.expressions import RawSQL

from library.models import Tool
from library.search.matching import any_of
from library.search.query import Comparison, Query, Term
from members.finder.words import WORD, fold

PAGES_READ = 200  # of a file; further ones are found, but not shown
CHARACTERS_READ = 20_000  # of a page
LONGEST = 240  # characters of a passage
BEFORE = 60  # of them before the first word
PAGE = """(
    SELECT jsonb_build_object('number', page.number, 'text', left(page.text, %s)) FROM library_filepage AS page
    JOIN library_toolversion AS version ON version.stored_file_id = page.stored_file_id
    WHERE version.id = library_tool.current_version_id AND page.number <= %s AND page.words @@ %s::tsquery
    ORDER BY page.words @@ %s::tsquery DESC, page.number LIMIT 1
)"""


class Piece(NamedTuple):
    """A stretch of text, and whether it is what was searched for."""

    text: str
    is_mark: bool


class Passage(NamedTuple):
    """What stands around the words, on which page, and whether it goes on before and after."""

    page: int
    pieces: list[Piece]
    is_begun: bool
    is_cut: bool


def marked(text: str, terms: Sequence[Term]) -> list[Piece]:
    """A text in pieces, its words that fit marked."""
    pieces, end = [], 0
    for start, stop in _places(text, terms):
        pieces += [Piece(text[end:start], False), Piece(text[start:stop], True)]
        end = stop
    return [piece for piece in (*pieces, Piece(text[end:], False)) if piece.text]


def with_pages(tools: QuerySet[Tool], query: Query) -> QuerySet[Tool]:
    """Each tool with the page of its file that has most of the words, as ``page_found``; None where none has any."""
    if not query.terms:
        return tools.annotate(page_found=Value(None, JSONField()))
    each = [any_of(term.stems) for term in query.terms]
    values = [CHARACTERS_READ, PAGES_READ, " | ".join(each), " & ".join(each)]
    return tools.annotate(page_found=RawSQL(PAGE, values, JSONField()))  # noqa: S611  # typed words are parameters


def passage_of(tool: Any, terms: Sequence[Term]) -> Passage | None:
    """What stands around the words, on the page that was found."""
    page = tool.page_found
    return _passage(page["number"], page["text"], terms) if page else None


def _passage(page: int, text: str, terms: Sequence[Term]) -> Passage | None:
    """The stretch with the most different words."""
    places = _places(text, terms)
    if not places:
        return None
    words = [fold(text[start:stop]) for start, stop in places]
    best, most = 0, 0
    for first, (start, _stop) in enumerate(places):
        near = {words[other] for other in range(first, len(places)) if places[other][1] - start < LONGEST - BEFORE}
        if len(near) > most:
            best, most = start, len(near)
    start = _at_a_word(text, max(0, best - BEFORE))
    stop = min(len(text), start + LONGEST)
    stop = text.rfind(" ", start, stop) if stop < len(text) and " " in text[start:stop] else stop
    return Passage(page, marked(" ".join(text[start:stop].split()), terms), start > 0, stop < len(text))


def _at_a_word(text: str, place: int) -> int:
    """The beginning of the next word."""
    return place if place == 0 else text.find(" ", place) + 1 or place


def _places(text: str, terms: Sequence[Term]) -> list[tuple[int, int]]:
    """Where the words stand; each different word is folded and compared once."""
    had = Comparison(terms)
    fits: dict[str, bool] = {}
    places = []
    for match in WORD.finditer(text):
        word = match[0]
        if word not in fits:
            fits[word] = bool(had.of(fold(word)))
        if fits[word]:
            places.append(match.span())
    return places
