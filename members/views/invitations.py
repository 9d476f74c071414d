"""In the making."""

from django.http import HttpRequest, HttpResponse


def invitations(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """In the making."""
    return HttpResponse("…")


def withdraw(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """In the making."""
    return HttpResponse("…")


def accept(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """In the making."""
    return HttpResponse("…")

