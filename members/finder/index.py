"""The phrases of the needs in memory, and how near a query is to each need."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from members.finder.encoder import Meaning
from members.finder.spelling import Reading, Vocabulary
from members.finder.words import stem, words

Floats = NDArray[np.float32]
SIGNALS = ("nearest", "around", "learned", "words", "phrase")
SHARPNESS = 16.0  # of the soft maximum over the phrases of a need
RIDGE = 0.3  # keeps the learned directions from following single phrases
TELLING = 0.25  # share of the rarest word's weight from which a word is told as a reason
MOST_TELLING = 3
NOWHERE = (np.array([], dtype=np.int64), np.array([]))
TINY = 1e-6  # where a division or a logarithm would meet a zero
SATURATION = 1.2  # the tenth time that a need uses a word says little more than the second


@dataclass(frozen=True)
class Phrase:
    """Words that people use for a need; ``need`` is None for what is not for us."""

    need: int | None
    text: str


@dataclass(frozen=True)
class Query:
    """What was typed: its stems, each with the word as we read it, and its meaning, 512 numbers."""

    stems: dict[str, Reading]
    vector: Floats | None


class Index:
    """Every phrase, sorted by need; what is not for us comes last. Never changed: a new one is built instead.

    ``vectors`` has one unit vector of 512 numbers per phrase, in the order of ``phrases``, or is None without encoder.
    """

    def __init__(self, phrases: Sequence[Phrase], vectors: Floats | None) -> None:
        needs = sorted({phrase.need for phrase in phrases if phrase.need is not None})
        self.needs = needs
        self.place = {need: number for number, need in enumerate(needs)}
        owners = [len(needs) if phrase.need is None else self.place[phrase.need] for phrase in phrases]
        order = sorted(range(len(phrases)), key=owners.__getitem__)
        self.phrases = [phrases[row] for row in order]
        self.owner = np.array([owners[row] for row in order], dtype=np.int64)
        self.starts = np.searchsorted(self.owner, np.arange(len(needs) + 1))
        self.is_empty = np.bincount(self.owner, minlength=len(needs) + 1) == 0
        self.vocabulary = Vocabulary(phrase.text for phrase in self.phrases)
        self.vectors = None if vectors is None else np.ascontiguousarray(vectors[order])
        self._read_words()
        self.directions = None if self.vectors is None else self._learn(self.vectors)

    def _read_words(self) -> None:
        """Count which stem stands in which phrase, and how much each tells needs apart."""
        stems = [{stem(word) for word in words(phrase.text)} for phrase in self.phrases]
        in_phrases: defaultdict[str, list[int]] = defaultdict(list)
        in_needs: defaultdict[str, Counter[int]] = defaultdict(Counter)
        for row, owner in enumerate(self.owner.tolist()):
            for one in stems[row]:
                in_phrases[one].append(row)
                in_needs[one][owner] += 1
        everything = len(self.needs) + 1
        self.weight = {one: float(np.log((everything + 0.5) / (len(there) + 0.5))) for one, there in in_needs.items()}
        self.in_phrases = {one: np.array(rows, dtype=np.int64) for one, rows in in_phrases.items()}
        self.in_needs = {
            one: (np.array(list(there)), np.array([count / (count + SATURATION) for count in there.values()]))
            for one, there in in_needs.items()
        }
        weights = [sum(self.weight[one] for one in own) + TINY for own in stems]
        self.phrase_weight = np.array(weights, dtype=np.float32)
        self.unseen = max(self.weight.values(), default=1.0)

    def _learn(self, vectors: Floats) -> Floats:
        """A direction per need that sets its phrases apart from all others: ridge regression, every need as heavy.

        Returns 512 rows and one column per need, the last for what is not for us.
        """
        share = 1.0 / np.bincount(self.owner, minlength=len(self.needs) + 1).clip(min=1)
        heavy = vectors * share[self.owner][:, None].astype(np.float32)
        targets = np.zeros((vectors.shape[1], len(self.needs) + 1), dtype=np.float32)
        np.add.at(targets.T, self.owner, heavy)
        spread = heavy.T @ vectors + (RIDGE * np.eye(vectors.shape[1], dtype=np.float32))
        return np.linalg.solve(spread, targets).astype(np.float32)

    def read(self, text: str, meaning: Meaning) -> Query:
        """Read the words of a query, with typing errors led back to known words, and take its meaning."""
        typed = words(text)
        read = self.vocabulary.read(typed)
        stems: dict[str, Reading] = {}
        for word in typed:
            reading = read.get(word) or Reading(word, 1.0)
            one = stem(reading.word)
            stems[one] = max(reading, stems.get(one, reading), key=lambda either: either.certainty)
        vectors = None if self.vectors is None else meaning.of([self.vocabulary.corrected(text, read)])
        return Query(stems, None if vectors is None else vectors[0])

    def measure(self, query: Query) -> Floats:
        """How near a query is to each need, and in the last row to what is not for us; a column per signal."""
        signals = np.zeros((len(self.needs) + 1, len(SIGNALS)), dtype=np.float32)
        if self.vectors is not None and self.directions is not None and query.vector is not None:
            near = self.vectors @ query.vector
            signals[:, 0] = self._per_need(np.maximum, near)
            signals[:, 1] = np.log(self._per_need(np.add, np.exp(SHARPNESS * near)) + TINY) / SHARPNESS
            signals[:, 2] = query.vector @ self.directions
        signals[:, 3:] = self._shared_words(query.stems)
        signals[self.is_empty] = 0
        return signals

    def _shared_words(self, stems: dict[str, Reading]) -> Floats:
        """The share of the query's weight that a need's words cover, and its likeness to the need's nearest phrase."""
        shared = np.zeros((len(self.needs) + 1, 2), dtype=np.float32)
        in_phrases = np.zeros(len(self.phrases), dtype=np.float32)
        whole = TINY
        for one, reading in stems.items():
            weight = self.weight.get(one, self.unseen)
            whole += weight
            if one in self.in_needs:
                rows, share = self.in_needs[one]
                shared[rows, 0] += weight * reading.certainty * share
                in_phrases[self.in_phrases[one]] += weight * reading.certainty
        shared[:, 0] /= whole
        shared[:, 1] = self._per_need(np.maximum, in_phrases / np.sqrt(self.phrase_weight * whole))
        return shared

    def _per_need(self, combine: np.ufunc, values: Floats) -> Floats:
        """One value per need from one per phrase; the zero at the end stands in where nothing is not for us."""
        combined: Floats = combine.reduceat(np.append(values, np.float32(0)), self.starts)
        return combined

    def telling_words(self, query: Query, need: int) -> list[str]:
        """The words of a query that speak for a need, the most telling first; none where only its meaning does."""
        found: dict[str, float] = {}
        for one, reading in query.stems.items():
            rows, share = self.in_needs.get(one, NOWHERE)
            speaks = self.weight.get(one, 0.0) * reading.certainty * share[rows == self.place[need]].sum()
            if speaks >= TELLING * self.unseen:
                found[self.vocabulary.spelling.get(reading.word, reading.word)] = speaks
        return sorted(found, key=found.__getitem__, reverse=True)[:MOST_TELLING]
