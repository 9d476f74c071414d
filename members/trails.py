"""The way from home to a record's page, taken from the menu so that it costs no query."""

from django.http import HttpRequest

from home.navigation import Entry, menu_of


def trail_below(request: HttpRequest, index: str) -> list[Entry]:
    """The home page and the list that a record belongs to; ``index`` is the list's type of page."""
    return [entry for entry in menu_of(request).entries if entry.kind in ("homepage", index)]
