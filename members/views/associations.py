"""The public page of an association."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from home.page_cache.memory import MEMORY
from home.views.errors import gone
from members.association_page import association_context
from members.models import Association


def association(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a published association; tell of one that was taken away."""
    found = Association.objects.visible_to(None).filter(slug=slug).first()
    if found:
        address = request.build_absolute_uri(request.path)
        context = MEMORY.value(address, lambda: association_context(request, found))
        return render(request, "members/association.html", context)
    if Association.objects.was_public().filter(slug=slug).exists():
        return gone(request)
    raise Http404
