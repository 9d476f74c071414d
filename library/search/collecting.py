"""Gathers the tools that fit a query: those with every word, those with some, and those that mean the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from library.search import counting, facets, matching
from library.search.counting import MOST_ASKED
from library.search.facets import Filters
from library.search.matching import Match, Reader, Selection, all_of, asked
from library.search.parts import Parts
from library.search.query import Query, Term
from library.search.topics import Topics

Found = tuple[list[Match], bool]  # as many as are ranked, and whether there are more

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
    narrowings: Sequence[Filters] = ()  # the sets of filters that may be asked for
    known: dict[str, Found] = field(default_factory=dict, compare=False)  # by what was asked


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
    others = {match.tool: match for match in _others(question, filters, len(whole)) if match.tool not in keys}
    return Collected([*whole, *others.values()], keys, False)


def _titles_first(question: Question, filters: Filters) -> Found:
    """Tools with every word; where these are too many, those with the words outside of their text before others."""
    outside, most = question.parts.outside_of_text, question.reader.most
    ahead: list[Match] = []
    in_heads = [term.in_heads for term in question.query.terms]
    if _at_most(in_heads, [all_of(wanted(question.query.terms, outside, filters))], question)[0] > most:
        ahead, is_cut = with_every_word(question, filters, outside)
        if is_cut:
            return ahead, True
    whole, is_cut = with_every_word(question, filters)
    if is_cut:
        ahead = ahead or with_every_word(question, filters, outside)[0]
        whole = list({match.tool: match for match in (*ahead, *whole)}.values())[:most]
    return whole, is_cut


def wanted(terms: Iterable[Term], marks: list[str], filters: Filters) -> list[str]:
    """What the index is asked for all of these words, wherever the marks say, and the filters."""
    return [*(asked(term, marks) for term in terms), *facets.questions(filters)]


def together(terms: Sequence[Term], parts: Parts, narrowings: Sequence[Filters]) -> list[str]:
    """What the index of a large library is asked roughly: for all words, without filters and with each set of them."""
    everywhere = (parts.outside_of_text, parts.marks)
    every = (wanted(terms, marks, filters) for marks in everywhere for filters in ({}, *narrowings))
    return list(dict.fromkeys(map(all_of, every)))


def _at_most(numbers: list[int], questions: list[str], question: Question) -> list[int]:
    """How many tools fit each, roughly: no more than have the rarest word, if that is few enough to ask no further."""
    fewest = min(filter(None, numbers), default=0)
    if 0 < fewest <= question.reader.most:
        return [fewest] * len(questions)
    besides = together(question.query.terms, question.parts, question.narrowings)
    return counting.roughly(questions, question.reader, besides)


def is_too_common(question: Question) -> bool:
    """Tell whether more tools have each of the words than are ranked."""
    return min(term.anywhere for term in question.query.terms) > question.reader.most


def with_every_word(question: Question, filters: Filters, marks: list[str] | None = None) -> Found:
    """Tools that have each of the words, wherever the marks say."""
    [found] = each_with_every_word(question, [filters], marks)
    return found


def each_with_every_word(
    question: Question, several: Sequence[Filters], marks: list[str] | None = None
) -> list[Found]:
    """The same for several sets of filters; what is not known yet is asked in one query.

    Where these are very many, only a share of the library is asked.
    """
    terms, marks = question.query.terms, question.parts.marks if marks is None else marks
    asked_for = [wanted(terms, marks, filters) for filters in several]
    every = {all_of(one): one for one in asked_for}
    unknown = [key for key in every if key not in question.known]
    numbers = _at_most([term.anywhere for term in terms], unknown, question) if unknown else []
    shares = [counting.share(number) for number in numbers]
    selections = [_with_words(question, [*every[key], share]) for key, share in zip(unknown, shares, strict=True)]
    for key, share, found in zip(unknown, shares, matching.found(question.reader, selections), strict=True):
        most = question.reader.most
        question.known[key] = found[:most], bool(share) or len(found) > most
    return [question.known[all_of(one)] for one in asked_for]


def _with_words(question: Question, questions: list[str]) -> Selection:
    return matching.with_words(question.reader, questions, question.query, question.parts)


def _others(question: Question, filters: Filters, whole: int) -> list[Match]:
    """Tools with some words, where so many have each, and tools that mean the same; in one query."""
    some = [_with_some_words(question, filters)] if whole < ENOUGH else []
    near = [matching.nearest(question.reader, question.vector, NEIGHBOURS)] if question.vector else []
    found = (each[: question.reader.most] for each in matching.found(question.reader, [*some, *near]))
    return [match for each in found for match in each if match.closeness is None or _is_close(match, filters)]


def _with_some_words(question: Question, filters: Filters) -> Selection:
    """Tools that have one of the words outside of their text: the rarest words, as many as are not too common."""
    rarest = sorted(question.query.terms, key=lambda term: term.weight, reverse=True)
    used, asked_of = [], 0
    for term in rarest[: max(1, len(rarest) - 1)]:
        asked_of += term.in_heads
        if asked_of <= MOST_ASKED or not used:
            used.append(asked(term, question.parts.outside_of_text))
    share = counting.share(rarest[0].in_heads)
    return _with_words(question, [f"({' | '.join(used)})", *facets.questions(filters), share])


def _is_close(match: Match, filters: Filters) -> bool:
    return (match.closeness or 0.0) >= CLOSE and facets.fits(match, filters)
