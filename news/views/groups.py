"""In the making."""

from django.http import HttpRequest, HttpResponse


def group_list(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """In the making."""
    return HttpResponse("…")


def group(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """In the making."""
    return HttpResponse("…")

