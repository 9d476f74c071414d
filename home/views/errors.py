"""Pages for what went wrong, in both languages."""

import sys

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url

from home.access import ask_to_sign_in, is_member
from home.languages import LANGUAGES, Alternate
from home.outage.answer import answer
from home.outage.kinds import outage_of


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: not understood, a wrong host for example; the page asks for neither database, session nor host."""
    return render(request, "errors/400.html", status=400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form without its proof that it comes from our own page; the reason stays in the log."""
    return _explain(request, 403, "csrf")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: signed in, but not for this person."""
    return _explain(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing at this address; in the member area, only members learn that."""
    if request.path.startswith(resolve_url(settings.LOGIN_REDIRECT_URL)) and not is_member(request.user):
        return ask_to_sign_in(request)
    return _explain(request, 404)


def gone(request: HttpRequest) -> HttpResponse:
    """410: it was here and was taken away on purpose."""
    return _explain(request, 410)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault; 503 where the database is away or the disk is full. Neither needs database or session."""
    if outage := outage_of(sys.exc_info()[1]):
        return answer(request, outage)
    return render(request, "errors/500.html", status=500)


def _explain(request: HttpRequest, status: int, page: str = "") -> HttpResponse:
    alternates = [Alternate(language, f"/{language}/") for language in LANGUAGES]
    return render(request, f"errors/{page or status}.html", {"alternates": alternates}, status=status)
