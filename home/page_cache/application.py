"""Answers requests for remembered public pages before Django is entered."""

from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any

from django.conf import settings

from home.page_cache.copies import Headers, Page
from home.page_cache.listener import Listener
from home.page_cache.memory import MEMORY, Address
from home.page_cache.tracking import without_tracking

Environ = dict[str, Any]
Start = Callable[[str, Headers], Any]
Application = Callable[[Environ, Start], Iterable[bytes]]

ASKED = "otonom.page_cache"  # in the request: the page cache would keep this page; home.middleware answers with PUBLIC
PUBLIC = "public"


class PageCache:
    """A WSGI application around the site.

    It answers GET and HEAD without a query, from people who are not signed in; what others add to a query to follow
    people is taken away before. Whoever is signed in passes by:
    gets nothing from it and puts nothing into it.
    """

    def __init__(self, application: Application) -> None:
        self._application = application
        self._listener: Listener | None = None
        self._lock = Lock()

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """Answer from memory, or ask the site and remember what it says."""
        if self._listener is None:
            self._listen()
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self._application(environ, start_response)
        environ["QUERY_STRING"] = without_tracking(environ.get("QUERY_STRING", ""))
        if passes_by(environ):
            return self._application(environ, start_response)
        address = address_of(environ)
        page = MEMORY.fresh(address)
        if page:
            return page.send(environ, start_response)
        return self._ask(address, environ, start_response)

    def _listen(self) -> None:
        """Start with the first request: a thread would not survive the fork of a server that forks later."""
        with self._lock:
            if self._listener is None:
                MEMORY.is_used = True
                self._listener = Listener(MEMORY)
                self._listener.start()

    def _ask(self, address: Address, environ: Environ, start_response: Start) -> Iterable[bytes]:
        generation = MEMORY.generation  # before anything is read
        if environ["REQUEST_METHOD"] == "GET" and not environ.get("HTTP_COOKIE"):
            environ[ASKED] = True
        answer = Answer()
        content = self._application(environ, answer)
        known = MEMORY.last_known(address)
        if known and answer.is_trouble:
            _close(content)
            return known.send(environ, start_response)
        if environ.get(ASKED) == PUBLIC:
            page = Page(answer.headers, b"".join(content))
            _close(content)
            MEMORY.keep(address, page, generation)
            return page.send(environ, start_response)
        if known and not answer.is_trouble and environ["REQUEST_METHOD"] == "GET":
            MEMORY.drop(address)
        start_response(answer.status, answer.headers)
        return content


class Answer:
    """What the site says first: status and headers. It is held back, for trouble is told by nobody twice."""

    def __init__(self) -> None:
        self.status = ""
        self.headers: Headers = []

    def __call__(self, status: str, headers: Headers, exc_info: Any = None) -> None:
        """Note it, as WSGI's start_response."""
        self.status, self.headers = status, headers

    @property
    def is_trouble(self) -> bool:
        """Tell whether the site could not answer, which is no answer about the page."""
        return self.status.startswith("5")


def passes_by(environ: Environ) -> bool:
    """Tell whether this request is none of the cache's business: with a query, or of somebody who is signed in."""
    return bool(
        environ.get("QUERY_STRING")
        or "HTTP_AUTHORIZATION" in environ
        or f"{settings.SESSION_COOKIE_NAME}=" in environ.get("HTTP_COOKIE", "")
    )


def address_of(environ: Environ) -> Address:
    """What was asked for; a page names its own address, so it depends on all of it."""
    if settings.SECURE_PROXY_SSL_HEADER:
        header, value = settings.SECURE_PROXY_SSL_HEADER
        is_secure = environ.get(header) == value
    else:
        is_secure = environ["wsgi.url_scheme"] == "https"
    return is_secure, environ.get("HTTP_HOST", ""), environ["PATH_INFO"]


def _close(content: Iterable[bytes]) -> None:
    close = getattr(content, "close", None)
    if close:
        close()
