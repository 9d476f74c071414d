"""What the frame of every page needs."""

from typing import Any

from django.http import HttpRequest

from home.languages import addresses_of_view, current_language


def site(request: HttpRequest) -> dict[str, Any]:
    """The language of the page and, where a view does not know better, its addresses in every language."""
    return {
        "language": current_language(),
        "alternates": addresses_of_view(getattr(request, "resolver_match", None)),
    }
