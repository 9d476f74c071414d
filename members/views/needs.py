"""The public page of a need."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from translated_fields import to_attribute

from home.languages import current_language, other_languages
from home.page_cache.memory import MEMORY
from home.views.errors import gone
from members.models import Need
from members.need_page import need_context


def need(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a published need; its address in the other language leads to the one in this language."""
    public = Need.objects.visible_to(None)
    group = list(public.of_the_group_of(slug))
    for here in group:
        if getattr(here, to_attribute("slug")) == slug:
            return render(request, "members/need.html", _context(request, here, group))
    for language in other_languages(current_language()):
        there = public.filter(**{to_attribute("slug", language): slug}).first()
        if there and there.slug != slug:
            return HttpResponsePermanentRedirect(there.get_absolute_url())
    if Need.objects.was_public().filter(**{to_attribute("slug"): slug}).exists():
        return gone(request)
    raise Http404


def _context(request: HttpRequest, here: Need, group: list[Need]) -> dict[str, Any]:
    address = request.build_absolute_uri(request.path)
    return MEMORY.value(address, lambda: need_context(request, here, group))
