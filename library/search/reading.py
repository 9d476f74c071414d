"""Reads what was typed with what the library knows: how rare each word is, and which words no tool has."""

from collections.abc import Sequence
from dataclasses import replace
from math import log

from library.search import matching
from library.search.matching import FEW, MOST_COUNTED, Reader, all_of, asked
from library.search.parts import Parts
from library.search.query import Query, Term
from library.search.spelling import read_unknown, term_of
from library.search.vocabulary import VOCABULARY
from members.finder.words import WORD, fold


def read(text: str, reader: Reader, parts: Parts) -> tuple[Query, dict[str, str]]:
    """What was typed, with how rare each word is, and words that no tool has replaced by the nearest that one has."""
    query = Query.read(text)
    if not query.terms:
        return query, {}
    known = _known_in_a_large_library(query.terms, reader, parts) if reader.is_large else query.terms
    numbers = dict(zip(known, _counts(known, parts.outside_of_text, reader), strict=True))
    rare = [term for term in known if not (numbers[term] or term.anywhere)]
    unknown = [term for term, number in zip(rare, _counts(rare, parts.marks, reader), strict=True) if not number]
    readings = dict(zip(unknown, read_unknown(unknown, reader, parts), strict=True))
    terms, corrected = [], {}
    for term in known:
        reading = readings.get(term)
        if reading and reading.terms:
            terms += [_weighed(one, 1) for one in reading.terms]
            corrected[term.word] = reading.spelling
        else:
            terms.append(_weighed(term, numbers[term]))
    said = WORD.sub(lambda word: corrected.get(fold(word[0]), word[0]), query.text)
    return replace(query.with_terms(terms), text=said), corrected


def _known_in_a_large_library(terms: Sequence[Term], reader: Reader, parts: Parts) -> list[Term]:
    """The words with how many tools have each, roughly."""
    closed = [_finished(term) for term in terms]
    questions = [asked(term, marks) for marks in (parts.outside_of_text, parts.marks) for term in closed]
    numbers = matching.estimates(questions, reader.library_size)
    found = zip(closed, numbers, numbers[len(closed) :], strict=False)
    return [replace(term, in_heads=heads, anywhere=anywhere) for term, heads, anywhere in found]


def _finished(term: Term) -> Term:
    """The word; in place of an unfinished one, some words that it may become.

    The index of a large library would join all tools with any word that begins so, to find out how many there are.
    """
    if not term.is_open or term.word in VOCABULARY.spelling:
        return replace(term, is_open=False)
    begun = map(term_of, VOCABULARY.beginning_with(term.word))
    forms = dict.fromkeys(stem for one in begun for stem in one.stems)
    return replace(term, is_open=False, stems=tuple(dict.fromkeys((*term.stems, *forms))))


def _counts(terms: Sequence[Term], marks: list[str], reader: Reader) -> list[int]:
    """How many tools have each word; of those that many have, we know it roughly."""
    unknown = [term for term in terms if not term.in_heads]
    questions = [all_of([asked(term, marks), reader.sees]) for term in unknown]
    numbers = matching.counted(questions, FEW if reader.is_large else MOST_COUNTED)
    counted = dict(zip(unknown, numbers, strict=True))
    return [min(MOST_COUNTED, term.in_heads or counted[term]) for term in terms]


def _weighed(term: Term, number: int) -> Term:
    """A rare word tells more than a common one."""
    return replace(term, weight=log(1 + MOST_COUNTED / (1 + number)))
