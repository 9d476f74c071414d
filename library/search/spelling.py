"""Words that no tool has, led back to words that one has: typing errors, and words written together.

A word is only suggested when a tool that this person may see has it, so that no suggestion tells of hidden tools.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from library.search.counting import numbers
from library.search.matching import Reader, asked
from library.search.parts import Parts
from library.search.query import Term
from library.search.vocabulary import AS_IT_SOUNDS, SHORTEST, VOCABULARY


@dataclass(frozen=True)
class Reading:
    """The words to search for in place of one that was typed, and their usual spelling; none where nothing is near."""

    terms: tuple[Term, ...] = ()
    spelling: str = ""


@dataclass(frozen=True)
class Candidates:
    """What a word may have been meant as: words with how near they are (0 to 1), and those that it is made of."""

    near: Mapping[str, float]
    apart: Sequence[str]

    @classmethod
    def of(cls, term: Term) -> "Candidates":
        """The candidates for a word; none for one that is short or no word."""
        if len(term.word) < SHORTEST or not term.word.isalpha():
            return cls({}, ())
        return cls(VOCABULARY.near(term.word), VOCABULARY.taken_apart(term.word))

    def best(self, seen: Mapping[str, int]) -> Reading:
        """The most probable among the words that so many tools have."""
        there = [word for word in self.near if seen[word]]
        best = max(there, key=lambda word: (self.near[word], seen[word]), default=None)
        if self.apart and all(seen[word] for word in self.apart) and (not best or self.near[best] < AS_IT_SOUNDS):
            return _reading(self.apart)
        return _reading([best]) if best else Reading()


def read_unknown(terms: Iterable[Term], reader: Reader, parts: Parts) -> list[Reading]:
    """What each word that no tool has most probably means, among the words of tools that this person may see."""
    candidates = [Candidates.of(term) for term in terms]
    words = list(dict.fromkeys(word for one in candidates for word in (*one.near, *one.apart)))
    found = numbers([asked(term_of(word), parts.marks) for word in words], reader) if words else []
    seen = {word: number.known for word, number in zip(words, found, strict=True)}
    return [one.best(seen) for one in candidates]


def term_of(word: str) -> Term:
    """A known word, to be searched for."""
    return Term(word, VOCABULARY.stems[word])


def _reading(words: Sequence[str]) -> Reading:
    return Reading(tuple(map(term_of, words)), " ".join(VOCABULARY.spelling[word] for word in words))
