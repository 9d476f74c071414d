"""Words that nobody wrote in a phrase, led back to those that somebody did: typing errors, and writing by ear."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from rapidfuzz import process
from rapidfuzz.distance import OSA

from members.finder.words import WORD, fold, sound

SHORTEST = 4  # letters; shorter words resemble too many others
CLOSE_ENOUGH = 0.74  # share of a word's letters that are right
AS_IT_SOUNDS = 0.9  # how sure we are of a word that sounds the same
MOST_UNKNOWN = 12  # words of one query that are looked up


@dataclass(frozen=True)
class Reading:
    """What a word that was typed most probably means, and how sure that is (0 to 1)."""

    word: str
    certainty: float


class Vocabulary:
    """Every word of the phrases, by its letters and by its sound."""

    def __init__(self, texts: Iterable[str]) -> None:
        written = Counter(word for text in texts for word in WORD.findall(text.lower()))
        spellings: defaultdict[str, list[str]] = defaultdict(list)
        frequency: Counter[str] = Counter()
        for spelling, times in written.items():
            word = fold(spelling)
            if len(word) > 1:
                spellings[word].append(spelling)
                frequency[word] += times
        # The most frequent way to write each word brings the accents back.
        self.spelling = {word: max(ways, key=written.__getitem__) for word, ways in spellings.items()}
        # The more frequent of two words comes first, and so is preferred.
        self.words = sorted(
            (one for one in spellings if len(one) >= SHORTEST), key=frequency.__getitem__, reverse=True
        )
        self.by_sound = {heard: word for word in reversed(self.words) if len(heard := sound(word)) >= 3}
        self.by_length: defaultdict[int, list[str]] = defaultdict(list)
        for word in self.words:
            self.by_length[len(word)].append(word)

    def __contains__(self, word: str) -> bool:
        return word in self.spelling

    def read(self, words: Iterable[str]) -> dict[str, Reading]:
        """The most probable reading of each word; a word that resembles nothing is left out."""
        read = {word: Reading(word, 1.0) for word in words if word in self.spelling}
        unknown = [word for word in dict.fromkeys(words) if word not in read and len(word) >= SHORTEST][:MOST_UNKNOWN]
        for word in unknown:
            if heard := self.by_sound.get(sound(word)):
                read[word] = Reading(heard, AS_IT_SOUNDS)
            elif near := self._nearest(word):
                read[word] = near
        return read

    def _nearest(self, word: str) -> Reading | None:
        """The word with the fewest letters to change, add, drop or swap; of two as near, the more frequent one."""
        best: Reading | None = None
        length = len(word)
        # A word that is much longer or shorter cannot be close enough; the likeliest lengths come first.
        lengths = range(ceil(length * CLOSE_ENOUGH), int(length / CLOSE_ENOUGH) + 1)
        for other in sorted(lengths, key=lambda one: abs(one - length)):
            cutoff = best.certainty if best else CLOSE_ENOUGH
            found = process.extractOne(
                word, self.by_length.get(other, ()), scorer=OSA.normalized_similarity, score_cutoff=cutoff
            )
            if found and (best is None or found[1] > best.certainty):
                best = Reading(found[0], found[1])
        return best

    def corrected(self, text: str, read: dict[str, Reading]) -> str:
        """The text with the words that were ``read`` spelled as usual, for the encoder."""
        return WORD.sub(lambda match: self._spelled(match[0], read), text)

    def _spelled(self, written: str, read: dict[str, Reading]) -> str:
        reading = read.get(fold(written))
        return self.spelling[reading.word] if reading else written
