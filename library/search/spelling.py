"""Words that no tool has, led back to words that one has: typing errors, and words written together.

A word is only suggested when a tool that this person may see has it, so that no suggestion tells of hidden tools.
"""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from math import ceil
from threading import Lock

from rapidfuzz import process
from rapidfuzz.distance import OSA

from library.models import SearchWord
from library.search.matching import Reader, asked, counts
from library.search.parts import Parts
from library.search.query import Term, terms_of
from members.finder.words import sound

SHORTEST = 4  # letters; shorter words resemble too many others
CLOSE_ENOUGH = 0.72  # share of a word's letters that are right
AS_IT_SOUNDS = 0.88  # how close a word is that sounds the same
MOST_TRIED = 5  # candidates that are looked up for a word
MOST_FINISHED = 6  # words that an unfinished one may become,
MOST_BEGINNINGS = 200  # of so many that are looked at
LAST_LETTER = "\U0010ffff"
SHORTEST_END = 6  # letters of the end of a word whose beginning nobody knows
JOINTS = ("", "s", "en", "n", "e")  # between the parts of a Dutch word


@dataclass
class Vocabulary:
    """Every word of the titles and search words, in the memory of the process; it only grows."""

    last: int = 0
    spelling: dict[str, str] = field(default_factory=dict)
    in_order: list[str] = field(default_factory=list)
    by_length: defaultdict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    by_sound: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def refresh(self) -> None:
        """Read the words that came since the last time."""
        for key, word, spelling in SearchWord.objects.filter(pk__gt=self.last).order_by("pk").values_list():
            self.last = key
            if word not in self.spelling:
                self.by_length[len(word)].append(word)
                self.by_sound[sound(word)].append(word)
            self.spelling[word] = spelling
        if len(self.in_order) != len(self.spelling):
            self.in_order = sorted(self.spelling)

    def beginning_with(self, start: str) -> list[str]:
        """Some words that begin so, the shortest first."""
        first = bisect_left(self.in_order, start)
        last = bisect_left(self.in_order, start + LAST_LETTER)
        return sorted(self.in_order[first:last][:MOST_BEGINNINGS], key=len)[:MOST_FINISHED]

    def near(self, word: str) -> dict[str, float]:
        """The words that resemble it most, with how much (0 to 1)."""
        found = dict.fromkeys(self.by_sound.get(sound(word), ())[:MOST_TRIED] if sound(word) else (), AS_IT_SOUNDS)
        for length in range(ceil(len(word) * CLOSE_ENOUGH), int(len(word) / CLOSE_ENOUGH) + 1):
            for other, closeness, _place in process.extract(
                word,
                self.by_length.get(length, ()),
                scorer=OSA.normalized_similarity,
                score_cutoff=CLOSE_ENOUGH,
                limit=MOST_TRIED,
            ):
                found[other] = max(closeness, found.get(other, 0.0))
        best = sorted(found, key=found.__getitem__, reverse=True)[:MOST_TRIED]
        return {other: found[other] for other in best}

    def taken_apart(self, word: str) -> tuple[str, ...]:
        """Two known words that make up this one; else its known end, which says in Dutch what kind of thing it is."""
        ends = [place for place in range(SHORTEST, len(word) - SHORTEST + 1) if word[place:] in self.spelling]
        for place in ends:
            for joint in JOINTS:
                first = word[:place].removesuffix(joint)
                if len(first) >= SHORTEST and first in self.spelling:
                    return first, word[place:]
        return next(((word[place:],) for place in ends if len(word) - place >= SHORTEST_END), ())


_vocabulary = Vocabulary()
_lock = Lock()


def vocabulary() -> Vocabulary:
    """The words of today."""
    with _lock:
        _vocabulary.refresh()
    return _vocabulary


@dataclass(frozen=True)
class Reading:
    """The words to search for in place of one that was typed, and their usual spelling; none where nothing is near."""

    terms: tuple[Term, ...] = ()
    spelling: str = ""


def read_unknown(term: Term, reader: Reader, parts: Parts) -> Reading:
    """What a word that no tool has most probably means, among the words of tools that this person may see."""
    if len(term.word) < SHORTEST or not term.word.isalpha():
        return Reading()
    known = vocabulary()
    near = known.near(term.word)
    apart = known.taken_apart(term.word)
    terms = terms_of([*near, *apart])
    seen = dict(zip(terms, counts([asked(one, parts.marks) for one in terms], reader), strict=True))
    there = [one for one in terms[: len(near)] if seen[one]]
    best = max(there, key=lambda one: (near[one.word], seen[one]), default=None)
    made_of = terms[len(near) :]
    if made_of and all(seen[one] for one in made_of) and (not best or near[best.word] < AS_IT_SOUNDS):
        return Reading(tuple(made_of), " ".join(known.spelling[one.word] for one in made_of))
    return Reading((best,), known.spelling[best.word]) if best else Reading()
