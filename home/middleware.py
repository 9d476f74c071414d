"""How requests are read, and how long an answer may be kept, each decided in one place."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import cc_delim_re, patch_cache_control

from home.page_cache.application import ASKED, PUBLIC
from home.page_cache.copies import FOR_NGINX
from home.views import health

MISSING = (404, 410)
ALWAYS_VARIES = {"accept-encoding"}  # the page cache knows how


class EncodingMiddleware:
    """Every form is UTF-8, as our pages are, whatever a request says.

    Django would decode it with any of Python's codecs; "punycode" keeps a server busy for minutes with one form.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Decide before anything reads the form."""
        request.encoding = "utf-8"
        return self.get_response(request)


class HealthMiddleware:
    """Answers watchdogs before anything else does: they come by any host's name, without HTTPS, without a session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or pass the request on."""
        view = health.VIEWS.get(request.path)
        return view(request) if view else self.get_response(request)


class CachingMiddleware:
    """Public answers may be cached whole by anyone; an answer that looked at the session never is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the header where the view has not decided for itself."""
        response = self.get_response(request)
        if response.has_header("Cache-Control"):
            return response
        session = getattr(request, "session", None)
        if session is not None and (session.accessed or session.modified):
            patch_cache_control(response, private=True, no_store=True)
        elif request.method in ("GET", "HEAD") and response.status_code in (200, *MISSING):
            # Whoever keeps it asks each time whether it still holds: a wrong number must not live on in telephones.
            patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        return response


class CompressionMiddleware(GZipMiddleware):
    """Compresses what is made for one request; what the page cache keeps is compressed there, once."""

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        """Tell the page cache that this page is for everybody, or compress."""
        if ASKED in request.META and is_for_everybody(response):
            if response.status_code == 200:
                request.META[ASKED] = PUBLIC
                return response
            # The page that was here is forgotten, even for times of trouble.
            response[FOR_NGINX[0]] = FOR_NGINX[1]
        return super().process_response(request, response)


def is_for_everybody(response: HttpResponse) -> bool:
    """Tell whether an answer is a whole page, or that there is none, the same for all who ask for its address."""
    return (
        response.status_code in (200, *MISSING)
        and not response.streaming
        and not response.cookies
        and "public" in _parts(response, "Cache-Control")
        and _parts(response, "Vary") <= ALWAYS_VARIES
        and not response.has_header("Content-Encoding")
        and not response.has_header("X-Accel-Redirect")
    )


def _parts(response: HttpResponse, header: str) -> set[str]:
    return set(cc_delim_re.split(response.get(header, "").lower())) - {""}
