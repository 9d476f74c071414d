"""What a tool's own page shows."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from home.trail import Step, member_trail
from library.components import DownloadButton, PagePictures, RelatedTools, VersionList
from library.enums import ScanState
from library.models import Tool
from library.taking.dublin_core import describe
from library.taking.selection import Selection
from news.models import WorkingGroup


def tool_context(request: HttpRequest, tool: Tool) -> dict[str, Any]:
    """Everything about a tool that this person may see."""
    user: Any = request.user
    related = list(Tool.objects.visible_to(user).related_to(tool))
    versions = list(tool.versions.all())
    return {
        "tool": tool,
        "contact": tool.contact if tool.contact and tool.contact.is_visible_to(user) else None,
        "versions": VersionList(tool, [version for version in versions if version.stored_file.is_available]),
        "related": RelatedTools(tool, related),
        "groups": WorkingGroup.objects.visible_to(user).filter(tools=tool),
        "permanent": request.build_absolute_uri(reverse("library:permanent", args=[tool.pk])),
        "metadata_url": reverse("library:metadata", args=[tool.slug]),
        "terms": describe(tool, permanent_address(request), related),
        "can_extend": Tool.objects.extendable_by(user).filter(pk=tool.pk).exists(),
        "can_edit": Tool.objects.editable_by(user).filter(pk=tool.pk).exists(),
        "is_selected": tool.pk in Selection(request).numbers,
        "trail": member_trail(Step(_("Library"), reverse("library:tools"))),
        **_states(tool, versions),
    }


def _states(tool: Tool, versions: list[Any]) -> dict[str, Any]:
    """What one must know before taking the file."""
    current = tool.current_version
    newest = versions[0].stored_file if versions else None
    return {
        "download": DownloadButton(current) if current else None,
        "pictures": PagePictures(current) if current and current.stored_file.preview_count else None,
        "stored": current.stored_file if current else None,
        "is_being_scanned": bool(newest and newest.scan == ScanState.WAITING),
        "is_review_due": bool(tool.review_on and tool.review_on < timezone.localdate()),
    }


def permanent_address(request: HttpRequest) -> Any:
    """A function that gives the address of a tool that outlives every change of its title."""
    return lambda tool: request.build_absolute_uri(reverse("library:permanent", args=[tool.pk]))
