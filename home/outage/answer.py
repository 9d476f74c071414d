"""The answer to a request that found no database or no room: what happened, and what was typed.

It asks neither the database nor the session. Where the connection broke while a form was being saved, nobody can know
whether it was: who sends it again may then find it twice, which is better than not at all.
"""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.utils.http import escape_leading_slashes
from django.utils.translation import gettext as _

from home.languages import current_language
from home.outage.kinds import Outage
from home.outage.typed import Typed
from home.watching import metrics

READING = ("GET", "HEAD", "OPTIONS")


def answer(request: HttpRequest, outage: Outage) -> HttpResponse:
    """503, in the reader's language; a script is told in one sentence, and keeps what it holds."""
    metrics.OUTAGES.labels(outage.name).inc()
    is_reading = request.method in READING
    if _is_for_script(request):
        response = HttpResponse(_sentence(is_reading), content_type="text/plain; charset=utf-8", status=503)
    else:
        typed = None if is_reading else Typed.in_request(request)
        context = {
            "language": current_language(),
            "outage": outage.name,
            "is_reading": is_reading,
            "typed": typed,
            "address": escape_leading_slashes(request.get_full_path()),
        }
        response = HttpResponse(render_to_string("errors/503.html", context), status=503)
    response["Retry-After"] = str(outage.value)
    add_never_cache_headers(response)
    return response


def _is_for_script(request: HttpRequest) -> bool:
    """Tell whether no page is shown of the answer; a browser says so itself (Fetch Metadata)."""
    return "X-Live" in request.headers or request.headers.get("Sec-Fetch-Dest") == "empty"


def _sentence(is_reading: bool) -> str:
    if is_reading:
        return _("The site cannot answer right now. Try again in a few minutes.")
    return _("We could not save this. Nothing is lost: it is still here, send it again in a few minutes.")
