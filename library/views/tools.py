"""The list of tools, and each one's page."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from home.access import member_required
from home.components import Pagination
from home.trail import member_trail
from library.components import ToolList
from library.forms import ToolFilterForm
from library.models import Tool
from library.tool_page import tool_context

TOOLS_PER_PAGE = 20


@member_required
def tool_list(request: HttpRequest) -> HttpResponse:
    """What colleagues share with this person, newest first, narrowed by the filters in the address."""
    form = ToolFilterForm(request.GET, tools=Tool.objects.visible_to(request.user))
    page = Paginator(form.narrow().newest_first().for_lists(), TOOLS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "total": page.paginator.count,
        "tools": ToolList(page.object_list, level=2),
        "pagination": Pagination(page, request.GET),
        "trail": member_trail(),
    }
    return render(request, "library/tools.html", context)


@member_required
def tool(request: HttpRequest, slug: str) -> HttpResponse:
    """A tool: its newest file first, then everything else about it."""
    found = get_object_or_404(Tool.objects.visible_to(request.user).for_page(), slug=slug)
    return render(request, "library/tool.html", tool_context(request, found))
