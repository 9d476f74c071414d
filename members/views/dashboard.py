"""In the making."""

from django.http import HttpRequest, HttpResponse


def dashboard(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """In the making."""
    return HttpResponse("…")

