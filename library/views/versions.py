"""What changed from one version of a tool to another, and how other programs read of it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from home.access import member_required
from home.trail import Step, member_trail
from library.models import Tool
from library.taking.dublin_core import as_xml, describe
from library.tool_page import permanent_address
from library.trust.differences import difference


@member_required
def permanent(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to a tool by its number, which never changes."""
    return redirect(get_object_or_404(Tool.objects.visible_to(request.user), pk=pk))


@member_required
def compare(request: HttpRequest, slug: str, older: int, newer: int) -> HttpResponse:
    """The words that came and went from an older version to a newer one."""
    tool = get_object_or_404(Tool.objects.visible_to(request.user).select_related("association"), slug=slug)
    found = {version.number: version for version in tool.versions.available().newest_first()}
    if older >= newer or older not in found or newer not in found:
        raise Http404
    context = {
        "tool": tool,
        "older": found[older],
        "newer": found[newer],
        "difference": difference(found[older].stored_file, found[newer].stored_file),
        "trail": member_trail(Step(_("Library"), reverse("library:tools")), Step(tool.title, tool.get_absolute_url())),
    }
    return render(request, "library/compare.html", context)


@member_required
def metadata(request: HttpRequest, slug: str) -> HttpResponse:
    """What is known of a tool, as Dublin Core in XML."""
    tool = get_object_or_404(Tool.objects.visible_to(request.user).for_page(), slug=slug)
    related = Tool.objects.visible_to(request.user).related_to(tool)
    record = as_xml([describe(tool, permanent_address(request), related)])
    return HttpResponse(record, content_type="application/xml; charset=utf-8")
