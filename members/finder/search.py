"""From what somebody typed to the needs that it is about."""

from dataclasses import dataclass

from members.finder.index import Query
from members.finder.ranking import Weights, probabilities
from members.finder.store import Memory, current_memory

LONGEST_QUERY = 500  # characters that are read
MOST_SHOWN = 3
# Probabilities, chosen on the development set, on the side of caution.
NOT_FOR_US = 0.5  # from which nothing is shown,
NOT_WITHOUT_HELP = 0.05  # unless an urgent need is at least this probable
WORTH_A_CALL = 0.02  # of an urgent need, from which its help lines come first
WORTH_SHOWING = 0.004  # of a second or third need


@dataclass(frozen=True)
class Match:
    """A need that fits, how probable it is (0 to 1), and the words that speak for it, as we read them."""

    need: int
    probability: float
    because: tuple[str, ...] = ()


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
    if not any(letter.isalpha() for letter in place.rest) or not memory.index.needs:
        return Found(communes=place.communes, names_only_a_place=bool(place.communes))
    matches = best_matches(memory, memory.index.read(place.rest, memory.meaning))
    likely = (match.need for match in matches if match.probability >= WORTH_A_CALL)
    urgent = next((need for need in likely if need in memory.urgent_needs), None)
    return Found(matches, place.communes, urgent)


def best_matches(memory: Memory, query: Query) -> tuple[Match, ...]:
    """The needs worth showing, best first; nobody in danger is sent away or left below three other needs."""
    index = memory.index
    signals = index.measure(query)
    if not signals.any():
        return ()
    shares = probabilities(signals, Weights.fitted(has_meaning=query.vector is not None))
    chances = dict(zip(index.needs, shares.tolist(), strict=False))
    urgent = max(memory.urgent_needs & chances.keys(), key=chances.__getitem__, default=None)
    danger = chances[urgent] if urgent else 0.0
    if shares[-1] >= NOT_FOR_US and danger < NOT_WITHOUT_HELP:
        return ()
    first, *others = sorted(chances, key=chances.__getitem__, reverse=True)[:MOST_SHOWN]
    shown = [first, *(need for need in others if chances[need] >= WORTH_SHOWING)]
    if urgent and danger >= WORTH_A_CALL and urgent not in shown:
        shown[MOST_SHOWN - 1 :] = [urgent]
    return tuple(Match(need, chances[need], tuple(index.telling_words(query, need))) for need in shown)
