"""In the making."""

from django.http import HttpRequest, HttpResponse


def profile(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """In the making."""
    return HttpResponse("…")

