"""From what somebody typed to the needs that it is about."""

from dataclasses import dataclass

from members.finder.index import Query
from members.finder.ranking import Weights, probabilities
from members.finder.store import Memory, current_memory

LONGEST_QUERY = 500  # characters that are read
MOST_SHOWN = 3
WORTH_SHOWING = 0.02  # probability from which a second or third need is shown
WORTH_A_CALL = 0.03  # probability of an urgent need from which help lines come first
NOT_FOR_US = 0.5  # probability from which nothing is shown


@dataclass(frozen=True)
class Match:
    """A need that fits, how probable it is (0 to 1), and the phrase that resembles the query most."""

    need: int
    probability: float
    because: str


@dataclass(frozen=True)
class Found:
    """What a query is about: needs, best first, none when nothing fits; and the communes that it names."""

    matches: tuple[Match, ...] = ()
    communes: frozenset[int] = frozenset()
    urgent_need: int | None = None  # the one whose help lines come first
    names_only_a_place: bool = False


def search(text: str) -> Found:
    """One to three needs that fit what was typed, or none."""
    memory = current_memory()
    place = memory.places.find(text[:LONGEST_QUERY])
    if not any(letter.isalnum() for letter in place.rest) or not memory.index.needs:
        return Found(communes=place.communes, names_only_a_place=bool(place.communes))
    matches = best_matches(memory, memory.index.read(place.rest, memory.encoder))
    urgent = (match.need for match in matches if match.need in memory.urgent_needs)
    return Found(matches, place.communes, next(urgent, None))


def best_matches(memory: Memory, query: Query) -> tuple[Match, ...]:
    """The needs worth showing, best first."""
    index = memory.index
    chances = probabilities(index.measure(query), Weights.fitted(has_meaning=query.vector is not None))
    if chances[-1] >= NOT_FOR_US:
        return ()
    best = (-chances[:-1]).argsort()[:MOST_SHOWN].tolist()
    shown = [place for rank, place in enumerate(best) if not rank or _is_worth_showing(memory, place, chances[place])]
    return tuple(
        Match(index.needs[place], float(chances[place]), index.nearest_phrase(query, index.needs[place]))
        for place in shown
    )


def _is_worth_showing(memory: Memory, place: int, chance: float) -> bool:
    is_urgent = memory.index.needs[place] in memory.urgent_needs
    return chance >= (WORTH_A_CALL if is_urgent else WORTH_SHOWING)
