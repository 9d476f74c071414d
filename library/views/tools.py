"""Each tool's page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from home.access import member_required
from library.models import Tool
from library.tool_page import tool_context


@member_required
def tool(request: HttpRequest, slug: str) -> HttpResponse:
    """A tool: its newest file first, then everything else about it."""
    found = get_object_or_404(Tool.objects.visible_to(request.user).for_page().with_contact(), slug=slug)
    return render(request, "library/tool.html", tool_context(request, found))
