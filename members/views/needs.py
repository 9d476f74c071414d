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
    address = request.build_absolute_uri(request.path)
    try:
        context = MEMORY.value(address, lambda: _context(request, slug))
    except Need.DoesNotExist:
        return _elsewhere(request, slug)
    return render(request, "members/need.html", context)


def _context(request: HttpRequest, slug: str) -> dict[str, Any]:
    """Raises DoesNotExist where none is published at this address."""
    group = list(Need.objects.visible_to(None).of_the_group_of(slug))
    here = next((one for one in group if getattr(one, to_attribute("slug")) == slug), None)
    if here is None:
        raise Need.DoesNotExist
    return need_context(request, here, group)


def _elsewhere(request: HttpRequest, slug: str) -> HttpResponse:
    """The way on from an address at which there is no need."""
    for language in other_languages(current_language()):
        there = Need.objects.visible_to(None).filter(**{to_attribute("slug", language): slug}).first()
        if there and there.slug != slug:
            return HttpResponsePermanentRedirect(there.get_absolute_url())
    if Need.objects.was_public().filter(**{to_attribute("slug"): slug}).exists():
        return gone(request)
    raise Http404
