"""What watchdogs ask for: whether this process answers, and whether people can use the site."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from home.health import missing, remarks


@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """This process answers; the database is not asked, for starting the process again would not bring it back."""
    return _text(["ok"])


@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """People can use the site, and what works less well than it should; 503 where they cannot."""
    if said := missing():
        return _text([said], status=503)
    return _text(["ok", *remarks()])


VIEWS: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "/health/live": live,
    "/health/ready": ready,
    "/health": ready,  # its first name
}


def _text(lines: list[str], status: int = 200) -> HttpResponse:
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8", status=status)
