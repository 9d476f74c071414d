"""Every word of the titles and search words, in the memory of the process."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import ceil
from threading import Lock

from rapidfuzz import process
from rapidfuzz.distance import OSA

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
    """The usual spelling and the stems of each folded word, up to the one with the key ``last``; it only grows."""

    last: int = 0
    spelling: dict[str, str] = field(default_factory=dict)
    stems: dict[str, tuple[str, ...]] = field(default_factory=dict)
    in_order: list[str] = field(default_factory=list)
    by_length: defaultdict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    by_sound: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    lock: Lock = field(default_factory=Lock)

    def learn(self, new: Iterable[tuple[int, str, str, tuple[str, ...]]]) -> None:
        """Take in words that were read: key, folded word, spelling, stems; two requests may have read the same."""
        with self.lock:
            for key, word, spelling, stems in new:
                self.last = max(self.last, key)
                if word not in self.spelling:
                    self.by_length[len(word)].append(word)
                    self.by_sound[sound(word)].append(word)
                self.spelling[word], self.stems[word] = spelling, stems
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


VOCABULARY = Vocabulary()
