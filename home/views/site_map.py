"""In the making."""

from django.http import HttpRequest, HttpResponse


def site_map(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """In the making."""
    return HttpResponse("…")

