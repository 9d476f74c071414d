"""Communes that somebody names in a query, by name, neighbourhood or postcode."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz.distance import OSA

from members.finder.words import WORD, fold

SAINTS = {"saint": "st", "sainte": "st", "ste": "st", "sint": "st", "san": "st"}
# Words before the name of a place, in the languages of the finder.
BEFORE = {
    *("a", "au", "sur", "vers", "pres", "chez", "de", "d", "commune", "quartier", "habite"),
    *("in", "te", "op", "bij", "nabij", "uit", "van", "gemeente", "wijk"),
    *("at", "near", "from", "en", "em", "w", "we", "v", "vo", "في", "ب"),
}
LONGEST_NAME = 6  # words, as in Watermael-Boitsfort or Saint-Josse-ten-Noode
UNMISTAKABLE = 7  # letters; a shorter name may be an ordinary word (jette, forest, laken)
CLOSE_ENOUGH = 0.8  # share of the letters of a long name that are right


class NamedPlace(NamedTuple):
    """The communes that a query names, and the query without their name."""

    communes: frozenset[int]
    rest: str


@dataclass(frozen=True)
class _Word:
    typed: str
    plain: str
    start: int
    end: int


class Places:
    """Every commune by all its names."""

    def __init__(self, names: Iterable[tuple[int, Iterable[str]]]) -> None:
        self.named: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
        for commune, its_names in names:
            for name in its_names:
                if words := tuple(word.plain for word in _words(name)):
                    self.named[words].add(commune)
        self.long = [name for (name, *more) in self.named if not more and len(name) >= UNMISTAKABLE]

    def find(self, text: str) -> NamedPlace:
        """The communes in a query; their name, and the word that leads to it, say nothing about the need."""
        words = list(_words(text))
        communes: set[int] = set()
        taken: list[tuple[int, int]] = []
        place = 0
        while place < len(words):
            length, found = self._at(words, place)
            if found:
                communes |= found
                first = place - 1 if place and words[place - 1].plain in BEFORE else place
                taken.append((words[first].start, words[place + length - 1].end))
            place += length
        return NamedPlace(frozenset(communes), _without(text, taken))

    def _at(self, words: list[_Word], place: int) -> tuple[int, set[int]]:
        """How many words make up the name that starts here, and its communes."""
        for length in range(min(LONGEST_NAME, len(words) - place), 0, -1):
            name = tuple(word.plain for word in words[place : place + length])
            found = self.named.get(name, set())
            if found and (length > 1 or self._is_meant(words, place)):
                return length, found
        return 1, self._misspelt(words[place].plain)

    def _is_meant(self, words: list[_Word], place: int) -> bool:
        """Tell a place from an ordinary word that is written the same."""
        word = words[place]
        return (
            len(word.plain) >= UNMISTAKABLE
            or word.plain.isdigit()
            or len(words) == 1
            or (place > 0 and (words[place - 1].plain in BEFORE or word.typed[0].isupper()))
        )

    def _misspelt(self, word: str) -> set[int]:
        """The communes of a long name written with one or two wrong letters."""
        if len(word) < UNMISTAKABLE - 1:
            return set()
        near = [name for name in self.long if OSA.normalized_similarity(word, name) >= CLOSE_ENOUGH]
        return self.named[(max(near, key=lambda name: OSA.normalized_similarity(word, name)),)] if near else set()


def _words(text: str) -> Iterator[_Word]:
    for match in WORD.finditer(text):
        plain = fold(match[0])
        yield _Word(match[0], SAINTS.get(plain, plain), match.start(), match.end())


def _without(text: str, taken: list[tuple[int, int]]) -> str:
    for start, end in reversed(taken):
        text = f"{text[:start]} {text[end:]}"
    return text.strip(" ,.;:!?-–\n\t")
