"""The request that this code answers: its number, which the log and the answer share, and how it ended."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

from home.watching import metrics

NUMBER = re.compile(r"[0-9a-f]{32}")  # what nginx gives (its $request_id); nothing else comes into a log
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_current: ContextVar["Asked | None"] = ContextVar("asked", default=None)


@dataclass(frozen=True)
class Asked:
    """What may be told of a request: nothing that somebody typed, nor who or where they are."""

    number: str
    request: HttpRequest

    @property
    def method(self) -> str:
        """GET, POST…"""
        method = self.request.method or ""
        return method if method in METHODS else "other"

    @property
    def route(self) -> str:
        """The name of the route, as the addresses call it; never the address, which may hold a key."""
        match = self.request.resolver_match
        return (match.view_name or match._func_path) if match else ""


def current_request() -> Asked | None:
    """The request that is being answered, if one is."""
    return _current.get()


@contextmanager
def _answering(asked: Asked) -> Iterator[None]:
    token = _current.set(asked)
    try:
        yield
    finally:
        _current.reset(token)


class WatchingMiddleware:
    """Gives every request its number, and counts it. It stands outside all others, so that theirs are counted too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Take nginx's number, or make one; tell it to whoever asked, but not to a cache."""
        given = request.headers.get("X-Request-ID", "")
        asked = Asked(given if NUMBER.fullmatch(given) else uuid4().hex, request)
        request.asked = asked  # type: ignore[attr-defined]  # Django logs many an answer after all middleware
        began = time.perf_counter()
        with _answering(asked):
            response = self.get_response(request)
        metrics.count(asked.route, asked.method, response.status_code, time.perf_counter() - began)
        if "public" not in response.get("Cache-Control", ""):
            response["X-Request-ID"] = asked.number
        return response
