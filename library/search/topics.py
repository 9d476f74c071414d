"""Which type and which theme somebody means: their labels and search words, and the meaning of both."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from library.models import Theme, ToolType
from library.search.parts import Parts
from library.search.query import SHORTEST_BEGINNING, Comparison, Term
from members.finder.encoder import meaning
from members.finder.words import words

Place = tuple[int, int]  # of a record, and of one of its phrases
SMALL = frozenset(words("de du des la le les un une et ou à au aux en pour sur par het een of en van voor met bij op"))


@dataclass(frozen=True)
class Topic:
    """How much a query is about a type or a theme, by its words and by its meaning (0 to 1)."""

    by_words: float
    by_meaning: float


NOTHING = Topic(0.0, 0.0)


@dataclass(frozen=True)
class Topics:
    """Every type and theme by its key."""

    types: dict[int, Topic]
    themes: dict[int, Topic]


def understood(
    types: Iterable[ToolType], themes: Iterable[Theme], terms: tuple[Term, ...], vector: Any, parts: Parts
) -> Topics:
    """What the query says of each type and theme."""
    return Topics(_of_each(list(types), terms, vector, parts), _of_each(list(themes), terms, vector, parts))


def _of_each(records: list[Any], terms: tuple[Term, ...], vector: Any, parts: Parts) -> dict[int, Topic]:
    phrases = tuple(_phrases(record, parts) for record in records)
    by_words = _named(phrases, terms)
    by_meaning = [_meant(own, vector) for own in phrases]
    return {record.pk: Topic(*both) for record, *both in zip(records, by_words, by_meaning, strict=True)}


def _phrases(record: Any, parts: Parts) -> tuple[str, ...]:
    labels = (record.name_fr, record.name_nl) if parts.labels else ()
    return (*labels, *(record.search_words if parts.search_words else ()))


def _meant(phrases: tuple[str, ...], vector: Any) -> float:
    if vector is None or not phrases:
        return 0.0
    return max(0.0, float((_vectors(*_texts(phrases)) @ vector).max()))


def _named(phrases: tuple[tuple[str, ...], ...], terms: tuple[Term, ...]) -> list[float]:
    """How far the query names each record: one of its phrases wholly, or in part, which counts less than its share."""
    lengths, by_start = _words_of(phrases)
    named = Comparison(terms)
    found = Counter(
        place
        for start in named.by_start
        for word, places in by_start.get(start, {}).items()
        if named.of(word)
        for place in places
    )
    best = [0.0] * len(phrases)
    for (record, phrase), number in found.items():
        best[record] = max(best[record], (number / lengths[record, phrase]) ** 2)
    return best


@lru_cache(maxsize=16)
def _words_of(phrases: tuple[tuple[str, ...], ...]) -> tuple[dict[Place, int], dict[str, dict[str, list[Place]]]]:
    """How many words each phrase of each record has; and where each word stands, by how it begins."""
    lengths: dict[Place, int] = {}
    by_start: defaultdict[str, defaultdict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for record, own in enumerate(phrases):
        for number, phrase in enumerate(own):
            telling = telling_words(phrase)
            lengths[record, number] = len(telling)
            for word in telling:
                by_start[word[:SHORTEST_BEGINNING]][word].append((record, number))
    return lengths, dict(by_start)


@lru_cache(maxsize=4096)
def telling_words(phrase: str) -> tuple[str, ...]:
    """The folded words of a phrase of the vocabulary, without small ones."""
    return tuple(word for word in words(phrase) if word not in SMALL)


def _texts(phrases: tuple[str, ...]) -> tuple[str, ...]:
    """What stands for a type or theme: each label, and all its words together; a vector for each is quick to make."""
    return (*phrases[:2], ", ".join(phrases))


@lru_cache(maxsize=512)
def _vectors(*texts: str) -> NDArray[np.float32]:
    """Vectors of texts of the vocabulary, one row each; made once a process."""
    made = meaning().of(texts)
    return np.zeros((1, 512), dtype=np.float32) if made is None else made
