"""What the page of a meeting shows; the apps above add their own parts, so that imports keep pointing home."""

from collections.abc import Callable
from typing import Any

from laces.components import Component

from news.models import Meeting

Part = Callable[[Meeting, Any, bool], Component | None]  # the meeting, who reads, whether they coordinate its group
_parts: list[Part] = []


def add_part(part: Part) -> None:
    """Show a part on the page of every meeting; called once for each when the apps are ready."""
    _parts.append(part)


def parts_of(meeting: Meeting, user: Any, coordinates: bool) -> list[Component]:
    """What the other apps show this person about a meeting."""
    shown = [part(meeting, user, coordinates) for part in _parts]
    return [component for component in shown if component]
