"""Finds the tools that fit what somebody typed and chose, best first, with counts of what one may narrow by."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import log
from typing import Any

from django.db.models import Sum

from library.models import DownloadCount, Theme, ToolType
from library.search import facets, matching, meaning, ranking
from library.search.facets import FACETS, Filters
from library.search.matching import MOST, Match, Reader, all_of, asked
from library.search.parts import EVERYTHING, Parts
from library.search.query import Query, Term
from library.search.ranking import Question
from library.search.spelling import read_unknown
from library.search.topics import understood
from members.finder.words import WORD, fold

ENOUGH = 12  # tools with every word; of fewer, those with some of the words are shown below
NEIGHBOURS = 60  # tools that are looked at because their meaning is near
CLOSE = 0.42  # cosine from which a tool is shown because of its meaning alone
WORTH_SHOWING = 0.45  # share of the best score from which a tool is shown that has not every word


@dataclass(frozen=True)
class Wish:
    """What somebody typed, chose and sorts by."""

    text: str = ""
    filters: Filters = field(default_factory=dict)
    sort: str = "relevance"


@dataclass(frozen=True)
class Found:
    """The tools that fit, in order, and how many of them have each value of each facet.

    ``is_cut`` tells that more fit than were looked at; ``corrected`` has the words that we read otherwise, with how.
    """

    tools: Sequence[int] = ()
    counts: Mapping[str, Counter[Any]] = field(default_factory=dict)
    is_cut: bool = False
    query: Query = field(default_factory=Query)
    corrected: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Collected:
    """Tools that fit, those among them that have every word, and whether there are more."""

    matches: list[Match]
    whole: frozenset[int]
    is_cut: bool


def search(
    reader: Reader, wish: Wish, types: Sequence[ToolType], themes: Sequence[Theme], parts: Parts = EVERYTHING
) -> Found:
    """The tools that this person may see and that fit."""
    query, corrected = _read(wish.text, reader, parts)
    if not query.terms:
        return _browse(reader, wish)
    vector = meaning.of_query(query.text) if parts.meaning else None
    topics = understood(types, themes, query.terms, vector, parts)
    is_kept = vector is not None and meaning.has_room()
    asked_for = Question(
        reader, query, topics, meaning.as_sql(vector) if vector is not None and is_kept else None, parts
    )
    found, is_cut = _answer(asked_for, wish.filters)
    counts = {name: facets.counted(name, [one.match for one in found]) for name in FACETS}
    for name in wish.filters:
        others = {other: value for other, value in wish.filters.items() if other != name}
        counts[name] = facets.counted(name, [one.match for one in _answer(asked_for, others)[0]])
    tools = [one.match for one in found]
    return Found(_sorted(tools, wish.sort), counts, is_cut, query, corrected)


def _read(text: str, reader: Reader, parts: Parts) -> tuple[Query, dict[str, str]]:
    """What was typed, with how rare each word is, and words that no tool has replaced by the nearest that one has."""
    query = Query.read(text)
    marks = [mark for mark in parts.marks if mark]
    terms, corrected = [], {}
    for term, number in zip(query.terms, _counts(query.terms, marks, reader), strict=True):
        if number or (parts.text and _counts([term], parts.marks, reader)[0]):
            terms.append(_weighed(term, number))
        elif (reading := read_unknown(term, reader, parts)).terms:
            terms += [_weighed(one, 1) for one in reading.terms]
            corrected[term.word] = reading.spelling
        else:
            terms.append(_weighed(term, 0))
    said = WORD.sub(lambda word: corrected.get(fold(word[0]), word[0]), query.text)
    return replace(query.with_terms(terms), text=said), corrected


def _counts(terms: Sequence[Term], marks: list[str], reader: Reader) -> list[int]:
    return matching.counts([all_of([asked(term, marks), reader.sees]) for term in terms]) if terms else []


def _weighed(term: Term, number: int) -> Term:
    """A rare word tells more than a common one."""
    return replace(term, weight=log(1 + MOST / (1 + number)))


def _answer(question: Question, filters: Filters) -> tuple[list[ranking.Scored], bool]:
    """The tools that fit, best first; those that have some of the words only while they compare with the best."""
    found = _collect(question, filters)
    scored = ranking.scored(found.matches, found.whole, question)
    least = scored[0].score * WORTH_SHOWING if scored else 0.0
    return [one for one in scored if one.match.tool in found.whole or one.score >= least], found.is_cut


def _collect(question: Question, filters: Filters) -> Collected:
    """Tools with every word; where these are few, tools with some; and tools that mean the same."""
    reader, query, parts = question.reader, question.query, question.parts
    narrowed = facets.question(filters)
    whole = matching.matches(reader, _every(query, parts.marks, narrowed), query, parts)
    is_cut = len(whole) > MOST
    if is_cut:  # of too many, first those that have the words in their title, summary, labels or search words
        marks = [mark for mark in parts.marks if mark]
        ahead = matching.matches(reader, _every(query, marks, narrowed), query, parts)
        whole = list({match.tool: match for match in (*ahead, *whole)}.values())[:MOST]
    if query.phrases:
        whole = matching.with_phrases(whole, query, parts)
        return Collected(whole, frozenset(match.tool for match in whole), is_cut)
    matches = {match.tool: match for match in whole}
    if len(whole) < ENOUGH:
        for match in _partly(question, narrowed):
            matches.setdefault(match.tool, match)
    if question.vector and not is_cut:
        for match in matching.nearest(reader, question.vector, NEIGHBOURS):
            if (match.closeness or 0.0) >= CLOSE and facets.fits(match, filters):
                matches.setdefault(match.tool, match)
    return Collected(list(matches.values()), frozenset(match.tool for match in whole), is_cut)


def _every(query: Query, marks: list[str], narrowed: str) -> str:
    return all_of([*(asked(term, marks) for term in query.terms), narrowed])


def _partly(question: Question, narrowed: str) -> list[Match]:
    """Tools that have the rarest of the words, as many words as are rare enough together, outside of their text."""
    marks = [mark for mark in question.parts.marks if mark]
    rarest = sorted(question.query.terms, key=lambda term: term.weight, reverse=True)
    some = " | ".join(asked(term, marks) for term in rarest[: max(1, len(rarest) - 1)] if term.stems)
    return matching.matches(question.reader, all_of([f"({some})", narrowed]), question.query, question.parts)


def _browse(reader: Reader, wish: Wish) -> Found:
    """Tools without a query: all that the filters leave."""
    order = {
        "title": "entry.title_key, entry.tool_id",
    }.get(wish.sort, "entry.updated_on DESC NULLS LAST, entry.tool_id DESC")
    found, is_cut = _narrowed(reader, wish.filters, order)
    counts = {name: facets.counted(name, found) for name in FACETS}
    for name in wish.filters:
        others = {other: value for other, value in wish.filters.items() if other != name}
        counts[name] = facets.counted(name, _narrowed(reader, others, order)[0])
    return Found(_sorted(found, "newest" if wish.sort == "relevance" else wish.sort), counts, is_cut)


def _narrowed(reader: Reader, filters: Filters, order: str) -> tuple[list[Match], bool]:
    if not filters:
        found = matching.newest(reader, [], order, MOST + 1)
    else:
        found = matching.matches(reader, facets.question(filters), Query(), EVERYTHING)
    return found[:MOST], len(found) > MOST


def _sorted(found: Sequence[Match], sort: str) -> list[int]:
    if sort == "newest":
        found = sorted(
            found, key=lambda one: (one.updated_on is not None, one.updated_on or 0, one.tool), reverse=True
        )
    elif sort == "title":
        found = sorted(found, key=lambda one: (one.title_key, one.tool))
    elif sort == "taken":
        taken = _taken([one.tool for one in found])
        found = sorted(found, key=lambda one: (-taken.get(one.tool, 0), one.title_key))
    return [one.tool for one in found]


def _taken(tools: list[int]) -> dict[int, int]:
    """How often each was taken, by whomever."""
    return dict(DownloadCount.objects.filter(tool__in=tools).values_list("tool").annotate(Sum("number")))
