"""The only door to the library's files."""

import logging
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header

from home.access import member_required
from library.files import content_type
from library.models import Tool, ToolVersion

logger = logging.getLogger(__name__)


@member_required
def download(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Give a version's file to who may see its tool, under its own name and never as a page."""
    visible = ToolVersion.objects.filter(tool__in=Tool.objects.visible_to(request.user))
    version = get_object_or_404(
        visible.available().select_related("tool", "stored_file"), tool__slug=slug, number=number
    )
    if not version.stored_file.file.storage.exists(version.stored_file.file.name):
        logger.error("The file of version %s of tool %s is missing: %s", number, slug, version.stored_file.file.name)
        return render(request, "library/file_missing.html", {"version": version}, status=404)
    response = _handed_to_web_server(version) if settings.LIBRARY_ACCEL_REDIRECT else _streamed(version)
    response["Content-Type"] = content_type(version.stored_file.suffix)
    response["Content-Disposition"] = content_disposition_header(True, version.file_name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox"
    return response


def _handed_to_web_server(version: ToolVersion) -> HttpResponse:
    """Nginx sends the file from its internal location, while Django answers the next request."""
    return HttpResponse(
        headers={"X-Accel-Redirect": settings.LIBRARY_ACCEL_REDIRECT + quote(str(version.stored_file.file.name))}
    )


def _streamed(version: ToolVersion) -> FileResponse:
    return FileResponse(version.stored_file.file.open("rb"))
