"""What the frame of every page shows besides its menu, read in one query and remembered between changes."""

from typing import Any

from django.http import HttpRequest

from home.models import AllianceSettings
from home.page_cache.memory import MEMORY

_facts: dict[str, Any] = {}


def register(name: str, expression: Any) -> None:
    """Let an app above this one add a fact, as an expression of the database that hangs on no row."""
    _facts[name] = expression


def frame_of(request: HttpRequest | None) -> Any:
    """How to reach the alliance, with the facts of the apps as attributes; remembered between changes."""
    found = getattr(request, "frame", None)
    if found is None:
        found = MEMORY.value("frame", _read)
        if request is not None:
            request.frame = found  # type: ignore[attr-defined]  # kept for the rest of the page
    return found


def _read() -> Any:
    rows = AllianceSettings.objects.annotate(**_facts)
    found = rows.first()
    if found is None:  # a new site: Wagtail makes the row
        AllianceSettings.load()
        found = rows.get()
    return found
