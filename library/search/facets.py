"""What one may narrow by, and how many tools there are of each."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from library.search.matching import Match, quoted

FACETS: dict[str, Callable[[Match], Iterable[Any]]] = {
    "type": lambda match: (match.type,),
    "theme": lambda match: match.themes,
    "association": lambda match: (match.association,),
    "group": lambda match: match.groups,
    "language": lambda match: (match.language,),
    "year": lambda match: (match.year,) if match.year else (),
    "format": lambda match: (match.format,) if match.format else (),
}
# The same conditions on the columns, for lists that follow the order of an index.
CONDITIONS = {
    "type": "entry.type_id = %s",
    "theme": "%s = ANY(entry.theme_ids)",
    "association": "entry.association_id = %s",
    "group": "%s = ANY(entry.group_ids)",
    "language": "entry.language = %s",
    "year": "entry.year = %s",
    "format": "entry.format = %s",
}
Filters = Mapping[str, Any]  # facet and value; the value is a key, a code, a year or a format


def narrowings(filters: Filters) -> list[Filters]:
    """What is looked up for these filters: all of them, and for the counts of each what the others leave."""
    return [filters, *(without(name, filters) for name in filters)]


def without(name: str, filters: Filters) -> Filters:
    """The other filters."""
    return {other: value for other, value in filters.items() if other != name}


def questions(filters: Filters) -> list[str]:
    """What the index is asked for these filters."""
    return [quoted(f"#{name}:{value}") for name, value in filters.items()]


def conditions(filters: Filters) -> list[tuple[str, Any]]:
    """The same for a walk along an index; a year also as days, so that the walk by days begins in it."""
    days = ("entry.updated_on >= make_date(%s, 1, 1)", "entry.updated_on < make_date(%s + 1, 1, 1)")
    found = [(CONDITIONS[name], value) for name, value in filters.items()]
    return found + [(condition, filters["year"]) for condition in days if "year" in filters]


def fits(match: Match, filters: Filters) -> bool:
    """Tell whether a tool is among those that the filters leave."""
    return all(value in FACETS[name](match) for name, value in filters.items())


def counted(name: str, found: Collection[Match]) -> Counter[Any]:
    """How many of these tools have each value."""
    return Counter(value for match in found for value in FACETS[name](match))
