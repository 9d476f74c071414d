"""Who is acting: the person of the request that this code answers, or nobody for a command."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest, HttpResponse

from members.audit.log import record
from members.enums import AuditAction

SPREADSHEETS = ("csv", "xlsx")
_who: ContextVar[Callable[[], Any] | None] = ContextVar("who", default=None)


def acting_person() -> Any:
    """The person who does this; None for commands and visitors."""
    ask = _who.get()
    user = ask() if ask else None
    return user if user and user.is_authenticated else None


@contextmanager
def acting(find: Callable[[], Any]) -> Iterator[None]:
    """Let the log say that this person does what happens inside; who it is, is only asked when something is noted."""
    token = _who.set(find)
    try:
        yield
    finally:
        _who.reset(token)


class ActingMiddleware:
    """Tells the log who is signed in, and notes every list that is taken out of the CMS as a file.

    It does not look at the person by itself: public pages stay without a session.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Know the person while the request is answered."""
        with acting(lambda: getattr(request, "user", None)):
            response = self.get_response(request)
            self._note_export(request, response)
        return response

    def _note_export(self, request: HttpRequest, response: HttpResponse) -> None:
        """Every list of Wagtail gives a file at its own address with ``export``."""
        is_file = request.GET.get("export") in SPREADSHEETS and response.status_code == 200
        if is_file and request.path.startswith("/admin/") and (person := acting_person()):
            record(AuditAction.EXPORTED, by=person, detail=request.path)
