"""The public page of an association."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from home.page_cache.memory import MEMORY
from home.views.errors import gone
from members.association_page import association_context
from members.models import Association


def association(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a published association; tell of one that was taken away."""
    address = request.build_absolute_uri(request.path)
    try:
        context = MEMORY.value(address, lambda: _context(request, slug))
    except Association.DoesNotExist:
        if Association.objects.was_public().filter(slug=slug).exists():
            return gone(request)
        raise Http404 from None
    return render(request, "members/association.html", context)


def _context(request: HttpRequest, slug: str) -> dict[str, Any]:
    """Raises DoesNotExist where none is published."""
    return association_context(request, Association.objects.visible_to(None).get(slug=slug))
