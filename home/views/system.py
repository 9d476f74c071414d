"""In the making."""

from django.http import HttpRequest, HttpResponse


def choose_language(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """In the making."""
    return HttpResponse("…")


def robots(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """In the making."""
    return HttpResponse("…")


def sitemap(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """In the making."""
    return HttpResponse("…")


def favicon(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """In the making."""
    return HttpResponse("…")


def health(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """In the making."""
    return HttpResponse("…")


def security(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """In the making."""
    return HttpResponse("…")


def change_password(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """In the making."""
    return HttpResponse("…")

