"""Reads what was typed with what the library knows: how rare each word is, and which words no tool has."""

from collections.abc import Sequence
from dataclasses import replace
from math import log

from library.search.collecting import together
from library.search.counting import MOST_COUNTED, Number, numbers
from library.search.facets import Filters
from library.search.matching import Reader, asked
from library.search.parts import Parts
from library.search.query import Query, Term
from library.search.spelling import read_unknown, term_of
from library.search.vocabulary import VOCABULARY
from members.finder.words import WORD, fold


def read(text: str, reader: Reader, parts: Parts, narrowings: Sequence[Filters] = ()) -> tuple[Query, dict[str, str]]:
    """What was typed, with how rare each word is, and words that no tool has replaced by the nearest that one has."""
    query = Query.read(text)
    if not query.terms:
        return query, {}
    typed = [_finished(term) for term in query.terms] if reader.is_large else query.terms
    counted = _counted(typed, reader, parts, narrowings)
    unknown = [term for term, heads, anywhere in counted if not (heads.known or anywhere.known)]
    readings = dict(zip(unknown, read_unknown(unknown, reader, parts), strict=True))
    terms, corrected = [], {}
    for term, heads, anywhere in counted:
        reading = readings.get(term)
        if reading and reading.terms:
            terms += [_weighed(one, 1) for one in reading.terms]
            corrected[term.word] = reading.spelling
        else:
            known = replace(term, in_heads=heads.roughly, anywhere=anywhere.roughly)
            terms.append(_weighed(known, heads.known))
    said = WORD.sub(lambda word: corrected.get(fold(word[0]), word[0]), query.text)
    return replace(query.with_terms(terms), text=said), corrected


def _counted(
    terms: Sequence[Term], reader: Reader, parts: Parts, narrowings: Sequence[Filters]
) -> list[tuple[Term, Number, Number]]:
    """How many tools have each word outside of their text, and anywhere.

    The same query lets the reader know roughly, of a large library, how many have all of them.
    """
    questions = [asked(term, marks) for marks in (parts.outside_of_text, parts.marks) for term in terms]
    found = numbers(questions, reader, besides=together(terms, parts, narrowings) if reader.is_large else ())
    return list(zip(terms, found, found[len(terms) :], strict=False))


def _finished(term: Term) -> Term:
    """The word; in place of an unfinished one, some words that it may become.

    The index of a large library would join all tools with any word that begins so, to find out how many there are.
    """
    if not term.is_open or term.word in VOCABULARY.spelling:
        return replace(term, is_open=False)
    begun = map(term_of, VOCABULARY.beginning_with(term.word))
    forms = dict.fromkeys(stem for one in begun for stem in one.stems)
    return replace(term, is_open=False, stems=tuple(dict.fromkeys((*term.stems, *forms))))


def _weighed(term: Term, number: int) -> Term:
    """A rare word tells more than a common one."""
    return replace(term, weight=log(1 + MOST_COUNTED / (1 + number)))
