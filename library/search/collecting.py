"""Gathers the tools that fit a query: those with every word, those with some, and those that mean the same."""

from dataclasses import dataclass, field

from library.search import facets, matching
from library.search.facets import Filters
from library.search.matching import MOST_ASKED, Match, Reader, all_of, asked
from library.search.parts import Parts
from library.search.query import Query
from library.search.topics import Topics

ENOUGH = 12  # tools with every word; of fewer, those with some of the words are shown below
NEIGHBOURS = 60  # tools that are looked at because their meaning is near
CLOSE = 0.1  # cosine from which a tool is compared with the best because of its meaning alone


@dataclass(frozen=True)
class Question:
    """A query, understood: everything that does not change from one facet to the next."""

    reader: Reader
    query: Query
    topics: Topics
    vector: str | None
    parts: Parts
    known: dict[str, tuple[list[Match], bool]] = field(default_factory=dict, compare=False)  # by what was asked


@dataclass(frozen=True)
class Collected:
    """Tools that fit, those among them that have every word, and whether there are more."""

    matches: list[Match]
    whole: frozenset[int]
    is_cut: bool


def collect(question: Question, filters: Filters) -> Collected:
    """Tools with every word; where these are few, tools with some; and tools that mean the same.

    Those that have the words in their title, summary, labels or search words come before those that only say them.
    """
    whole, is_cut = _titles_first(question, filters)
    if question.query.phrases:
        is_cut = is_cut or len(whole) > matching.most_read(question.query)
        whole = matching.with_phrases(whole, question.query, question.parts)
    keys = frozenset(match.tool for match in whole)
    if is_cut or question.query.phrases:
        return Collected(whole, keys, is_cut)
    some = _with_some_words(question, filters) if len(whole) < ENOUGH else []
    others = {match.tool: match for match in (*some, *_meaning_the_same(question, filters)) if match.tool not in keys}
    return Collected([*whole, *others.values()], keys, False)


def _titles_first(question: Question, filters: Filters) -> tuple[list[Match], bool]:
    """Tools with every word; where these are too many, those with the words outside of their text before others."""
    outside, most = question.parts.outside_of_text, question.reader.most
    ahead: list[Match] = []
    in_heads = [term.in_heads for term in question.query.terms]
    if _at_most(in_heads, _wanted(question, filters, outside), question) > most:
        ahead, is_cut = with_every_word(question, filters, outside)
        if is_cut:
            return ahead, True
    whole, is_cut = with_every_word(question, filters)
    if is_cut:
        ahead = ahead or with_every_word(question, filters, outside)[0]
        whole = list({match.tool: match for match in (*ahead, *whole)}.values())[:most]
    return whole, is_cut


def _wanted(question: Question, filters: Filters, marks: list[str]) -> list[str]:
    return [*(asked(term, marks) for term in question.query.terms), *facets.questions(filters)]


def _at_most(numbers: list[int], wanted: list[str], question: Question) -> int:
    """How many tools fit, roughly: no more than have the rarest word, where that is few enough to ask no further."""
    fewest = min(filter(None, numbers), default=0)
    if 0 < fewest <= question.reader.most:
        return fewest
    return matching.roughly(all_of(wanted), question.reader)


def is_too_common(question: Question) -> bool:
    """Tell whether more tools have each of the words than are ranked."""
    return min(term.anywhere for term in question.query.terms) > question.reader.most


def with_every_word(question: Question, filters: Filters, marks: list[str] | None = None) -> tuple[list[Match], bool]:
    """Tools that have each of the words, wherever the marks say, as many as are ranked, and whether there are more.

    Where these are very many, only a share of the library is asked.
    """
    reader = question.reader
    wanted = _wanted(question, filters, question.parts.marks if marks is None else marks)
    key = all_of(wanted)
    if key not in question.known:
        anywhere = [term.anywhere for term in question.query.terms]
        share = matching.share(_at_most(anywhere, wanted, question))
        found = matching.matches(reader, [*wanted, share], question.query, question.parts)
        question.known[key] = found[: reader.most], bool(share) or len(found) > reader.most
    return question.known[key]


def _with_some_words(question: Question, filters: Filters) -> list[Match]:
    """Tools that have one of the words outside of their text: the rarest words, as many as are not too common."""
    rarest = sorted(question.query.terms, key=lambda term: term.weight, reverse=True)
    used, asked_of = [], 0
    for term in rarest[: max(1, len(rarest) - 1)]:
        asked_of += term.in_heads
        if asked_of <= MOST_ASKED or not used:
            used.append(asked(term, question.parts.outside_of_text))
    wanted = [f"({' | '.join(used)})", *facets.questions(filters), matching.share(rarest[0].in_heads)]
    return matching.matches(question.reader, wanted, question.query, question.parts)[: question.reader.most]


def _meaning_the_same(question: Question, filters: Filters) -> list[Match]:
    near = matching.nearest(question.reader, question.vector, NEIGHBOURS) if question.vector else []
    return [match for match in near if (match.closeness or 0.0) >= CLOSE and facets.fits(match, filters)]
