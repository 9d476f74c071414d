"""Which type and which theme somebody means: their labels and search words, and the meaning of both."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from library.models import Theme, ToolType
from library.search.parts import Parts
from library.search.query import Comparison, Term
from members.finder.encoder import meaning
from members.finder.words import words

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
    named = Comparison(terms)
    return Topics(
        {one.pk: _topic(one, named, vector, parts) for one in types},
        {one.pk: _topic(one, named, vector, parts) for one in themes},
    )


def _topic(record: Any, named: Comparison, vector: Any, parts: Parts) -> Topic:
    labels = (record.name_fr, record.name_nl) if parts.labels else ()
    phrases = (*labels, *(record.search_words if parts.search_words else ()))
    by_words = max((_named(telling_words(phrase), named) for phrase in phrases), default=0.0)
    if vector is None or not phrases:
        return Topic(by_words, 0.0)
    return Topic(by_words, max(0.0, float((_vectors(*_texts(phrases)) @ vector).max())))


def _named(phrase: tuple[str, ...], named: Comparison) -> float:
    """How far the query names a phrase: wholly, or in part, which counts less than its share."""
    return (sum(bool(named.of(word)) for word in phrase) / len(phrase)) ** 2 if phrase else 0.0


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
