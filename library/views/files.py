"""The only door to the library's files."""

import logging

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache

from home.access import is_member, member_required
from home.private_files.serving import is_a_beginning
from library.actions import count_download
from library.models import Tool, ToolVersion
from library.models.tool import ToolQuerySet
from library.models.tool_version import ToolVersionQuerySet
from library.taking.serving import send_file, send_picture

logger = logging.getLogger(__name__)


@member_required
def download(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Give a version's file to who may see its tool, under its own name and never as a page."""
    return _given(request, get_object_or_404(_visible(request, slug), number=number))


@member_required
def newest(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Give the current file of a tool: an address that can be passed on, and stays right."""
    return _given(request, get_object_or_404(_visible(request, slug), tool__current_version=F("pk")))


@never_cache
def public(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Give the current file of a tool that an editor made public, to anybody."""
    tools = Tool.objects.public().filter(slug=slug)
    return _given(request, get_object_or_404(_available(tools), tool__current_version=F("pk")))


@member_required
def preview(request: HttpRequest, slug: str, number: int, page: int) -> HttpResponseBase:
    """The picture of one of the first pages of a version; pages count from one."""
    version = get_object_or_404(_visible(request, slug), number=number)
    if page not in range(1, version.stored_file.preview_count + 1):
        raise Http404
    try:
        return send_picture(request, version.stored_file, page)
    except FileNotFoundError:
        return _missing(request, version, version.stored_file.preview_path(page))


def _visible(request: HttpRequest, slug: str) -> ToolVersionQuerySet:
    return _available(Tool.objects.visible_to(request.user).filter(slug=slug))


def _available(tools: ToolQuerySet) -> ToolVersionQuerySet:
    return ToolVersion.objects.filter(tool__in=tools).available().select_related("tool", "stored_file")


def _given(request: HttpRequest, version: ToolVersion) -> HttpResponseBase:
    try:
        response = send_file(request, version.stored_file, version.file_name)
    except FileNotFoundError:
        return _missing(request, version, str(version.stored_file.file.name))
    if is_a_beginning(request) and response.status_code in (200, 206):
        count_download(tool=version.tool, by=request.user)
    return response


def _missing(request: HttpRequest, version: ToolVersion, name: str) -> HttpResponseBase:
    logger.error("The file of version %s of tool %s is missing: %s", version.number, version.tool.slug, name)
    if not is_member(request.user):
        raise Http404
    return render(request, "library/file_missing.html", {"version": version}, status=404)
