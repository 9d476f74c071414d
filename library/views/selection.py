"""Taking several tools together, and everything that an association has."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from home.access import member_required
from home.trail import Step, member_trail
from library.components import ToolList
from library.models import Tool, ToolVersion
from library.taking.packages import Package
from library.taking.selection import Selection, check_size
from library.tool_page import permanent_address
from members.audit.log import record
from members.enums import AuditAction
from members.models import Association
from members.permissions import can_export


@member_required
def selection(request: HttpRequest) -> HttpResponse:
    """What this person selected and may still see."""
    tools = list(Selection(request).tools().order_by("title").for_lists())
    with_file = [tool for tool in tools if tool.current_version]
    context = {
        "tools": ToolList(tools, level=2),
        "selected": tools,
        "size": sum(tool.current_version.size for tool in with_file),
        "file_count": len(with_file),
        "trail": member_trail(Step(_("Library"), reverse("library:tools"))),
    }
    return render(request, "library/selection.html", context)


@require_POST
@member_required
def select(request: HttpRequest) -> HttpResponse:
    """Put tools into the selection, take them out, or empty it; then lead back."""
    chosen, numbers = Selection(request), request.POST.getlist("tool")
    try:
        if "remove" in request.POST:
            chosen.remove(numbers)
        elif "clear" in request.POST:
            chosen.clear()
        else:
            chosen.add(numbers)
            said = ngettext(
                "Your selection now holds one tool.", "Your selection now holds %(count)d tools.", len(chosen.numbers)
            )
            messages.success(request, said % {"count": len(chosen.numbers)})
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    return HttpResponseRedirect(_back(request))


def _back(request: HttpRequest) -> str:
    to = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(to, {request.get_host()}, require_https=request.is_secure())
    return to if is_ours else reverse("library:selection")


@member_required
def selection_file(request: HttpRequest) -> HttpResponseBase:
    """The selected tools as one ZIP; only those that this person may see at this moment."""
    tools = Selection(request).tools().filter(current_version__isnull=False).order_by("title")
    versions = _versions(ToolVersion.objects.filter(pk__in=tools.order_by().values("current_version")))
    title = _("Selection of %(day)s") % {"day": timezone.localdate().isoformat()}
    return _packed(request, versions, title) or redirect("library:selection")


@member_required
def export(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Every version of every tool of an association, described; each export is noted."""
    association = get_object_or_404(Association, slug=slug)
    if not can_export(request.user, association):
        raise PermissionDenied
    tools = Tool.objects.visible_to(request.user).filter(association=association)
    versions = _versions(ToolVersion.objects.filter(tool__in=tools).available())
    record(AuditAction.EXPORTED, by=request.user, association=association, detail=f"library, {len(versions)} files")
    title = _("Library of %(name)s") % {"name": association}
    package = Package(title, versions, permanent_address(request), _related(request, versions))
    return package.response(f"{association.slug}-{timezone.localdate().isoformat()}")


def _versions(versions: Any) -> list[ToolVersion]:
    """With what a package tells of each."""
    known = versions.select_related("stored_file", "tool__type", "tool__association")
    return list(known.prefetch_related("tool__themes").order_by("tool__title", "tool", "-number"))


def _related(request: HttpRequest, versions: list[ToolVersion]) -> list[Tool]:
    """The tools that these come from, as far as this person may see them."""
    sources = {pk for one in versions for pk in (one.tool.derived_from_id, one.tool.translation_of_id) if pk}
    return list(Tool.objects.visible_to(request.user).filter(pk__in=sources))


def _packed(request: HttpRequest, versions: list[ToolVersion], title: str) -> HttpResponseBase | None:
    try:
        check_size(sum(version.size for version in versions))
    except ValidationError as error:
        messages.warning(request, error.messages[0])
        return None
    if not versions:
        messages.warning(request, _("Nothing to take: no selected tool has a file."))
        return None
    package = Package(title, versions, permanent_address(request), _related(request, versions))
    package.count(by=request.user)
    return package.response(title)
