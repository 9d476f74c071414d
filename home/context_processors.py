"""What the frame of every page needs."""

from typing import Any

from django.http import HttpRequest

from home.languages import current_language


def site(request: HttpRequest) -> dict[str, Any]:
    """The language of the page; the frame asks its tags for the rest."""
    return {"language": current_language()}
