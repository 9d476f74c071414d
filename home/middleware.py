"""How requests are read, and how long an answer may be kept, each decided in one place."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from home.views import health

PUBLIC_SECONDS = 300


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
        elif request.method in ("GET", "HEAD") and response.status_code == 200:
            patch_cache_control(response, public=True, max_age=PUBLIC_SECONDS)
        return response
