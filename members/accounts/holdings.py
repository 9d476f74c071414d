"""What each app holds about a person: how it tells it, lets it go when the person leaves, and erases it.

The apps above this one add theirs when they are ready, so that imports keep pointing home.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


def _nothing(person: Any) -> None:
    """What stays as it is."""


@dataclass(frozen=True)
class Holding:
    """One app's part; ``tell`` gives what JSON can hold, in lists and dictionaries with plain English keys."""

    name: str
    tell: Callable[[Any], dict[str, Any]]
    let_go: Callable[[Any], None] = _nothing  # the person leaves the association: what hangs on it goes to nobody
    erase: Callable[[Any], None] = _nothing  # nothing personal stays; what was made for the association does


_holdings: dict[str, Holding] = {}


def register(holding: Holding) -> None:
    """Let an app tell of its part; called once for each when the apps are ready."""
    _holdings[holding.name] = holding


def holdings() -> list[Holding]:
    """Every app's part."""
    return list(_holdings.values())
