"""The phrases of the needs in memory, and how near a query is to each need."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from members.finder.encoder import Encoder
from members.finder.spelling import Vocabulary
from members.finder.words import stem, words

Floats = NDArray[np.float32]
SIGNALS = ("nearest", "around", "learned", "words", "phrase")
SHARPNESS = 16.0  # of the soft maximum over the phrases of a need
RIDGE = 3.0  # keeps the learned directions from following single phrases
SATURATION = 1.2  # the tenth time that a need uses a word says little more than the second


@dataclass(frozen=True)
class Phrase:
    """Words that people use for a need; ``need`` is None for what is not for us."""

    need: int | None
    text: str


@dataclass(frozen=True)
class Query:
    """What was typed, its words as we read them, and its meaning as one or two unit vectors of 512 numbers."""

    text: str
    stems: dict[str, float]
    vectors: Floats | None


class Index:
    """Every phrase, sorted by need; what is not for us comes last. Never changed: a new one is built instead.

    ``vectors`` has one unit vector of 512 numbers per phrase, in the order of ``phrases``, or is None without encoder.
    """

    def __init__(self, phrases: Sequence[Phrase], vectors: Floats | None) -> None:
        needs = sorted({phrase.need for phrase in phrases if phrase.need is not None})
        self.needs = needs
        place = {need: number for number, need in enumerate(needs)} | {None: len(needs)}
        order = sorted(range(len(phrases)), key=lambda row: place[phrases[row].need])
        self.phrases = [phrases[row] for row in order]
        self.owner = np.array([place[phrase.need] for phrase in self.phrases], dtype=np.int64)
        self.starts = np.searchsorted(self.owner, np.arange(len(needs) + 1)).clip(max=max(len(phrases) - 1, 0))
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
        self.phrase_weight = np.array([sum(self.weight[one] for one in own) for own in stems]) + 1e-6
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

    def read(self, text: str, encoder: Encoder | None) -> Query:
        """Read the words of a query, with typing errors led back to known words, and take its meaning."""
        typed = words(text)
        read = self.vocabulary.read(typed)
        stems: dict[str, float] = {}
        for word in typed:
            reading = read.get(word)
            one, certainty = (stem(reading.word), reading.certainty) if reading else (stem(word), 1.0)
            stems[one] = max(stems.get(one, 0.0), certainty)
        if encoder is None or self.vectors is None:
            return Query(text, stems, None)
        readings = list(dict.fromkeys((text, self.vocabulary.corrected(text))))
        return Query(text, stems, encoder.encode(readings))

    def measure(self, query: Query) -> Floats:
        """How near a query is to each need, and in the last row to what is not for us; a column per signal."""
        signals = np.zeros((len(self.needs) + 1, len(SIGNALS)), dtype=np.float32)
        if self.vectors is not None and query.vectors is not None:
            near = (self.vectors @ query.vectors.T).max(axis=1)
            signals[:, 0] = np.maximum.reduceat(near, self.starts)
            signals[:, 1] = np.log(np.add.reduceat(np.exp(SHARPNESS * near), self.starts)) / SHARPNESS
            signals[:, 2] = (query.vectors @ self.directions).max(axis=0)
        signals[:, 3:] = self._shared_words(query.stems)
        signals[self.is_empty] = 0
        return signals

    def _shared_words(self, stems: dict[str, float]) -> Floats:
        """The share of the query's weight that a need's words cover, and its likeness to the need's nearest phrase."""
        shared = np.zeros((len(self.needs) + 1, 2), dtype=np.float32)
        in_phrases = np.zeros(len(self.phrases), dtype=np.float32)
        whole = 1e-6
        for one, certainty in stems.items():
            weight = self.weight.get(one, self.unseen)
            whole += weight
            if one in self.in_needs:
                rows, share = self.in_needs[one]
                shared[rows, 0] += weight * certainty * share
                in_phrases[self.in_phrases[one]] += weight * certainty
        shared[:, 0] /= whole
        shared[:, 1] = np.maximum.reduceat(in_phrases / np.sqrt(self.phrase_weight * whole), self.starts)
        return shared

    def nearest_phrase(self, query: Query, need: int) -> str:
        """The phrase of a need that resembles the query most: why it matched."""
        place = self.needs.index(need)
        rows = np.flatnonzero(self.owner == place)
        likeness = np.zeros(len(rows), dtype=np.float32)
        if self.vectors is not None and query.vectors is not None:
            likeness += (self.vectors[rows] @ query.vectors.T).max(axis=1)
        for one, certainty in query.stems.items():
            if one in self.in_phrases:
                there = np.isin(rows, self.in_phrases[one])
                likeness[there] += self.weight[one] * certainty / np.sqrt(self.phrase_weight[rows[there]])
        return self.phrases[int(rows[likeness.argmax()])].text
