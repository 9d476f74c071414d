"""The tools that an editor made public: the same for everybody, whoever is signed in."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from home.components import Pagination
from home.trail import Step
from library.components import RelatedTools
from library.models import Tool
from library.models.tool import ToolQuerySet
from library.taking.dublin_core import as_xml, describe

TOOLS_PER_PAGE = 20


def public_tools(request: HttpRequest) -> HttpResponse:
    """Everything that an editor made public, newest first."""
    tools = Tool.objects.public().newest_first().for_lists()
    page = Paginator(tools, TOOLS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"tools": page.object_list, "pagination": Pagination(page, request.GET), "trail": []}
    return render(request, "library/public_tools.html", context)


def public_tool(request: HttpRequest, slug: str) -> HttpResponse:
    """A public tool; no name of a person, and only relations that are public themselves."""
    tool = get_object_or_404(_public_page(), slug=slug)
    related = list(Tool.objects.public().related_to(tool))
    context = {
        "tool": tool,
        "version": tool.current_version,
        "related": RelatedTools(tool, related, is_public=True),
        "terms": describe(tool, lambda other: request.build_absolute_uri(other.get_public_url()), related),
        "trail": [Step(_("Tools for everybody"), reverse("library:public_tools"))],
    }
    return render(request, "library/public_tool.html", context)


def public_metadata(request: HttpRequest, slug: str) -> HttpResponse:
    """What is known of a public tool, as Dublin Core in XML."""
    tool = get_object_or_404(_public_page(), slug=slug)
    related = Tool.objects.public().related_to(tool)
    record = describe(tool, lambda other: request.build_absolute_uri(other.get_public_url()), related)
    return HttpResponse(as_xml([record]), content_type="application/xml; charset=utf-8")


def _public_page() -> ToolQuerySet:
    found: ToolQuerySet = Tool.objects.public().for_page()
    return found
