"""Tags that show the ways through the library, and what of it is public."""

from collections.abc import Sequence

from django import template
from django.template import Context

from library.asking.components import LibraryBar, RequestList
from library.models import ToolRequest
from library.taking.selection import Selection

register = template.Library()


@register.simple_tag(takes_context=True)
def library_bar(context: Context) -> LibraryBar:
    """The ways through the library for the person who signed in."""
    request = context["request"]
    return LibraryBar(request.user, request.path, len(Selection(request).numbers))


@register.simple_tag(takes_context=True)
def request_list(context: Context, requests: Sequence[ToolRequest]) -> RequestList:
    """Requests, with what the person who signed in may do with them."""
    return RequestList(requests, context["request"].user)
