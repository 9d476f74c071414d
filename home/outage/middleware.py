"""What nginx could not get answered, because a process ended over it, is given back to who sent it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from home.outage.answer import READING, answer
from home.outage.kinds import Outage

HEADER = "X-Outage"  # site/deploy/nginx.conf sets it, and takes it away from whoever else sends it


class OutageMiddleware:
    """Answers, in place of the view, what another process may have begun to save: nothing is done twice.

    It stands after the middleware that finds forged forms, so that the form which is given back has its token.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; whether its form is a forged one is known just before the view."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Let a request that only reads pass: another process may well answer it.

        What goes to a view that is marked ``is_discreet`` is given back to nobody.
        """
        if HEADER not in request.headers or request.method in READING:
            return None
        if getattr(view, "is_discreet", False):
            request.sensitive_post_parameters = "__ALL__"  # type: ignore[attr-defined]  # as Django's decorator does
        return answer(request, Outage.AWAY)
