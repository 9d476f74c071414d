"""The finder's answer while the database is away: the situations that fit, from memory, and 112."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control

from home.languages import current_language
from home.outage.kinds import outage_of
from members.finder.components import FinderBox
from members.finder.forms import WordsForm
from members.finder.search import LONGEST_QUERY, search
from members.finder.store import current_memory

LIVE = "X-Live"  # finder.js asks for the answer alone


def or_from_memory(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Let somebody who asks have an answer also where the database has none."""

    @wraps(view)
    def answering(request: HttpRequest) -> HttpResponse:
        try:
            return view(request)
        except Exception as error:
            if request.method != "POST" or not outage_of(error):
                raise
            return answer_from_memory(request)

    return answering


def answer_from_memory(request: HttpRequest) -> HttpResponse:
    """Names and addresses of situations; who helps there stands on their pages, which the cache may still have.

    Raises the database's error where this process never read the needs.
    """
    words = request.POST.get("words", "")[:LONGEST_QUERY]
    found, known = search(words), current_memory().needs
    context = {
        "language": current_language(),
        "needs": [known[match.need] for match in found.matches if match.need in known],
        "box": FinderBox(WordsForm({"words": words})),
    }
    name = "members/finder_away_live.html" if LIVE in request.headers else "members/finder_away.html"
    response = HttpResponse(render_to_string(name, context))
    patch_cache_control(response, no_store=True, private=True)
    return response
