"""What somebody typed, as words with their stems in both languages."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Self

from django.db import connection

from library.search.vocabulary import VOCABULARY

LONGEST_QUERY = 200  # characters
MOST_TERMS = 10
SHORTEST_BEGINNING = 2  # letters of an unfinished word from which titles are asked for it,
SHORTEST_IN_TEXT = 4  # and the texts of files, where short beginnings stand in nearly all
QUOTED = re.compile(r"[\"“”„«]([^\"“”„«»]+)[\"“”„»]")
ENDING = 5  # letters that a word may have after its stem
# With what was typed come the words that tools got since the process last asked: both are wanted with their stems.
READ = """
SELECT key, part, word, spelling,
    ts_lexize('pg_catalog.french_stem', word), ts_lexize('pg_catalog.dutch_stem', word)
FROM (
    SELECT 0 AS key, part - 1 AS part, place, word, '' AS spelling
    FROM unnest(%s::text[]) WITH ORDINALITY AS typed(piece, part),
        regexp_split_to_table(library_fold(piece), '\\s+') WITH ORDINALITY AS one(word, place)
    WHERE word <> ''
    UNION ALL
    SELECT id, 0, 0, word, spelling FROM library_searchword WHERE id > %s
) AS read
ORDER BY key, part, place
"""


@dataclass(frozen=True)
class Term:
    """A folded word with its stems; ``is_open`` while it may still be typed, ``weight`` says how rare it is.

    ``in_heads`` and ``anywhere`` say how many tools have it, roughly, where the library is so large that it matters.
    """

    word: str
    stems: tuple[str, ...]
    is_small: bool = False  # a word such as "de", which tells nothing in one of the languages
    after: int = 1  # in a phrase: how many words after the one before
    is_open: bool = False
    weight: float = 1.0
    in_heads: int = 0
    anywhere: int = 0

    def fits(self, word: str) -> bool:
        """Tell whether a folded word of a title or a text is this one, bent or not."""
        return (
            word == self.word
            or (self.is_open and len(self.word) >= SHORTEST_BEGINNING and word.startswith(self.word))
            or any(word == stem or self._is_bent(word, stem) for stem in self.stems)
        )

    @staticmethod
    def _is_bent(word: str, stem: str) -> bool:
        return len(stem) >= SHORTEST_IN_TEXT and word.startswith(stem) and len(word) - len(stem) <= ENDING


class Comparison:
    """Tells which terms a folded word is; each different word is compared once, with those that begin like it."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self.terms = terms
        self.by_start: defaultdict[str, set[int]] = defaultdict(set)
        for number, term in enumerate(terms):
            for form in (term.word, *term.stems):
                self.by_start[form[:SHORTEST_BEGINNING]].add(number)
        self.known: dict[str, frozenset[int]] = {}

    def of(self, word: str) -> frozenset[int]:
        """The places of the terms that the word is; mostly none."""
        found = self.known.get(word)
        if found is None:
            near = self.by_start.get(word[:SHORTEST_BEGINNING], ())
            found = self.known[word] = frozenset(number for number in near if self.terms[number].fits(word))
        return found


@dataclass(frozen=True)
class Query:
    """The words that count, those in quotes among them, and the phrases that must stand there as they are."""

    text: str = ""
    terms: tuple[Term, ...] = ()
    phrases: tuple[tuple[Term, ...], ...] = ()

    @classmethod
    def read(cls, typed: str) -> Self:
        """Read what was typed; whatever is no word is left out."""
        text = " ".join(typed.replace("\0", " ")[:LONGEST_QUERY].split())
        if not any(map(str.isalnum, text)):
            return cls()
        pieces = [QUOTED.sub(" ", text), *QUOTED.findall(text)]
        read: list[list[Term]] = [[] for _ in pieces]
        for part, term in _read(pieces):
            read[part].append(term)
        rest, phrases = read[0], [_phrase(terms) for terms in read[1:] if terms]
        if rest and text[-1].isalnum():
            rest[-1] = replace(rest[-1], is_open=True)
        every = _telling([*rest, *(term for phrase in phrases for term in phrase)])
        return cls(text, tuple({term.word: term for term in every}.values())[:MOST_TERMS], tuple(phrases))

    def with_terms(self, terms: Sequence[Term]) -> Self:
        """The same with other words."""
        return replace(self, terms=tuple(terms[:MOST_TERMS]))


def _read(pieces: list[str]) -> Iterator[tuple[int, Term]]:
    with connection.cursor() as cursor:
        cursor.execute(READ, [pieces, VOCABULARY.last])
        rows = cursor.fetchall()
    VOCABULARY.learn((key, word, said, _stems(word, *stems)) for key, _part, word, said, *stems in rows if key)
    for key, part, word, _said, french, dutch in rows:
        if not key:
            is_small = french == [] or dutch == [] or len(word) == 1
            yield part, Term(word, _stems(word, french, dutch), is_small=is_small)


def _stems(word: str, french: list[str] | None, dutch: list[str] | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*(french or ()), *(dutch or ())))) or (word,)


def _phrase(terms: Sequence[Term]) -> tuple[Term, ...]:
    """The telling words of a phrase, each with its distance from the one before."""
    telling = set(_telling(terms))
    phrase: list[Term] = []
    after = 1
    for term in terms:
        if term in telling:
            phrase.append(replace(term, after=after))
            after = 1
        else:
            after += 1
    return tuple(phrase)


def _telling(terms: Sequence[Term]) -> list[Term]:
    """The words that tell something; all, where none does."""
    return [term for term in terms if not term.is_small] or list(terms)
