"""Finds the tools that fit what somebody typed and chose, best first, with counts of what one may narrow by."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from library.models import Theme, ToolType
from library.search import counting, facets, matching, meaning, ranking
from library.search.collecting import (
    Collected,
    Question,
    collect,
    each_with_every_word,
    is_too_common,
    with_every_word,
)
from library.search.facets import FACETS, Filters
from library.search.matching import LARGE, Match, Reader, Selection, all_of
from library.search.parts import EVERYTHING, Parts
from library.search.query import Query
from library.search.reading import read
from library.search.topics import understood

NEWEST_FIRST = "entry.updated_on DESC NULLS LAST, entry.tool_id DESC"
BY_TITLE = "entry.title_key, entry.tool_id"
WORTH_SHOWING = 0.45  # share of the best score from which a tool is shown that has not every word


@dataclass(frozen=True)
class Wish:
    """What somebody typed, chose and sorts by; sorting is up to who shows what was found."""

    text: str = ""
    filters: Filters = field(default_factory=dict)
    sort: str = "relevance"


@dataclass(frozen=True)
class Found:
    """The tools that fit, best first or newest first, and how many of them have each value of each facet.

    ``is_cut`` tells that more fit than were looked at; ``corrected`` has the words that we read otherwise, with how.
    """

    tools: Sequence[int] = ()
    counts: Mapping[str, Counter[Any]] = field(default_factory=dict)
    is_cut: bool = False
    query: Query = field(default_factory=Query)
    corrected: Mapping[str, str] = field(default_factory=dict)


def search(
    reader: Reader, wish: Wish, types: Sequence[ToolType], themes: Sequence[Theme], parts: Parts = EVERYTHING
) -> Found:
    """The tools that this person may see and that fit."""
    narrowings = facets.narrowings(wish.filters)
    query, corrected = read(wish.text, reader, parts, narrowings)
    if not query.terms:
        return _browse(reader, wish)
    vector = meaning.of_query(query.text) if parts.meaning else None
    topics = understood(types, themes, query.terms, vector, parts)
    kept = meaning.as_sql(vector) if vector is not None and meaning.has_room() else None
    asked_for = Question(reader, query, topics, kept, parts, narrowings)
    answer = _answer(asked_for, wish.filters)
    counts = _counted(answer, wish.filters, asked_for)
    return Found([match.tool for match in answer.matches], counts, answer.is_cut, query, corrected)


@dataclass(frozen=True)
class Answer:
    """The tools that the filters leave, best first, and where all that fit are known, those without filters."""

    matches: Sequence[Match]
    everything: Sequence[Match] | None
    is_cut: bool


def _answer(question: Question, filters: Filters) -> Answer:
    """Ask once for everything that fits; the database applies the filters only where that is too much to know."""
    if filters and (is_too_common(question) or with_every_word(question, {})[1]):
        each_with_every_word(question, question.narrowings)  # in one query what is looked up below
        found = collect(question, filters)
        return Answer(_ranked(found, question), None, found.is_cut)
    found = collect(question, {})
    ranked = _ranked(found, question)
    return Answer([match for match in ranked if facets.fits(match, filters)], ranked, found.is_cut)


def _ranked(found: Collected, question: Question) -> list[Match]:
    """Best first; those that have some of the words only while they compare with the best."""
    scored = ranking.scored(found.matches, found.whole, question)
    least = scored[0].score * WORTH_SHOWING if scored else 0.0
    return [one.match for one in scored if one.match.tool in found.whole or one.score >= least]


def _counted(answer: Answer, filters: Filters, question: Question) -> dict[str, Counter[Any]]:
    """How many tools have each value of each facet, among those that the other filters leave."""
    counts = {name: facets.counted(name, answer.matches) for name in FACETS}
    for name in filters:
        others = facets.without(name, filters)
        there = with_every_word(question, others)[0] if answer.everything is None else answer.everything
        counts[name] = facets.counted(name, [match for match in there if facets.fits(match, others)])
    return counts


def _browse(reader: Reader, wish: Wish) -> Found:
    """Tools without a query: all that the filters leave, newest first; of too many the first by the order wished."""
    order = BY_TITLE if wish.sort == "title" else NEWEST_FIRST
    found, *others = _narrowed(reader, facets.narrowings(wish.filters), order)
    tools = found[: reader.most]
    counts = {name: facets.counted(name, tools) for name in FACETS}
    counts |= {
        name: facets.counted(name, there[: reader.most]) for name, there in zip(wish.filters, others, strict=True)
    }
    newest = sorted(tools, key=lambda one: (one.updated_on is not None, one.updated_on or 0, one.tool), reverse=True)
    return Found([one.tool for one in newest], counts, len(found) > reader.most)


def _narrowed(reader: Reader, several: Sequence[Filters], order: str) -> list[list[Match]]:
    """For each set of filters what it leaves, one tool more than are counted; for the first set in this order."""
    questions = [all_of(facets.questions(filters)) for filters in several]
    numbers = counting.roughly(questions, reader) if several[0] else [0]
    orders = [order, *("" for _filters in several[1:])]
    return matching.found(reader, [_selection(reader, *each) for each in zip(several, numbers, orders, strict=True)])


def _selection(reader: Reader, filters: Filters, number: int, order: str) -> Selection:
    """Tools that the filters leave; of too many the first in order, or where the order is all one, any of them."""
    if not filters or (order and number > LARGE):
        return matching.newest(reader, facets.conditions(filters), order or NEWEST_FIRST, reader.most + 1)
    return matching.with_words(reader, [*facets.questions(filters), counting.share(number)], Query(), EVERYTHING)
