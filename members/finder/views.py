"""The finder's answers. What is typed leaves no trace: not in an address, a cookie, a cache or a log."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt

from home.contact_form import is_from_elsewhere
from home.languages import current_language
from home.navigation import menu_of
from members.finder.away import or_from_memory
from members.finder.components import FinderBox
from members.finder.discretion import discreet
from members.finder.forms import FinderForm
from members.finder.result import FinderResult
from members.finder.search import search
from members.finder.unanswered import keep_unanswered
from members.trails import trail_below

LIVE = "X-Live"  # sent by finder.js, which asks for the answer alone, without the page around it
TYPING = "typing"  # its value while somebody still types, "asked" once they ask


@csrf_exempt  # nothing is changed on behalf of anybody, so the page needs no cookie and stays the same for all
@discreet
@or_from_memory
def finder(request: HttpRequest) -> HttpResponse:
    """Answer what was typed; whoever only follows the address is led to the box."""
    if request.method != "POST":
        return _to_the_box(request)
    form = FinderForm(request.POST)
    result = _answer(form) if form.is_valid() else None
    live = request.headers.get(LIVE)
    if result and live != TYPING and not is_from_elsewhere(request):
        keep_unanswered(form.cleaned_data["words"], current_language(), result)
    template = "members/finder_live.html" if live else "members/finder.html"
    response = render(request, template, _context(request, form, result), status=200 if form.is_valid() else 422)
    patch_cache_control(response, no_store=True, private=True)
    return response


def _answer(form: FinderForm) -> FinderResult:
    found = search(form.cleaned_data["words"])
    wish = form.wish(found.communes)
    return FinderResult.of(found, wish, form.names_of(wish.communes))


def _context(request: HttpRequest, form: FinderForm, result: FinderResult | None) -> dict[str, Any]:
    return {"form": form, "box": FinderBox(form), "result": result, "trail": trail_below(request, "needindexpage")}


def _to_the_box(request: HttpRequest) -> HttpResponse:
    page = menu_of(request).find_help
    if page is None:
        raise Http404
    return HttpResponseRedirect(page.url)
