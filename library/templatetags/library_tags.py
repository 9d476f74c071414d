"""Tags that show the ways through the library, and what of it is public."""

from collections.abc import Sequence

from django import template
from django.core.cache import cache
from django.template import Context

from home.middleware import PUBLIC_SECONDS
from library.asking.components import LibraryBar, RequestList
from library.models import Tool, ToolRequest
from library.taking.selection import Selection

register = template.Library()
PUBLIC = "library.has_public_tools"


@register.simple_tag(takes_context=True)
def library_bar(context: Context) -> LibraryBar:
    """The ways through the library for the person who signed in."""
    request = context["request"]
    return LibraryBar(request.user, request.path, len(Selection(request).numbers))


@register.simple_tag(takes_context=True)
def request_list(context: Context, requests: Sequence[ToolRequest]) -> RequestList:
    """Requests, with what the person who signed in may do with them."""
    return RequestList(requests, context["request"].user)


@register.simple_tag
def has_public_tools() -> bool:
    """Tell whether any tool is public; asked once in some minutes, as every page of the site wants to know."""
    known: bool | None = cache.get(PUBLIC)
    if known is None:
        known = Tool.objects.public().exists()
        cache.set(PUBLIC, known, PUBLIC_SECONDS)
    return known
