"""Writes of the library that touch several rows or files."""

from datetime import date
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from library.files import check_file, clean_name
from library.models import Tool, ToolVersion
from library.models.tool_version import checksum


def add_version(
    *, tool: Tool, file: File, note: str = "", by: Any = None, added_on: date | None = None
) -> ToolVersion:
    """Give a tool its next version; raises ValidationError when the library does not take the file."""
    check_file(file)
    name = clean_name(file.name or "")
    with transaction.atomic():
        Tool.objects.select_for_update().get(pk=tool.pk)  # two people at once get two numbers
        version = ToolVersion(
            tool=tool,
            number=_next_number(tool),
            file_name=name,
            size=file.size,
            checksum=checksum(file),
            note=note,
            added_by=by,
            added_on=added_on or timezone.localdate(),
        )
        version.file.save(name, file, save=False)
        _save_or_remove_file(version)
        _mark_updated(tool, version.added_on)
    return version


def _next_number(tool: Tool) -> int:
    last = ToolVersion.objects.filter(tool=tool).order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def _save_or_remove_file(version: ToolVersion) -> None:
    try:
        with transaction.atomic():
            version.save()
    except Exception:
        version.file.delete(save=False)
        raise


def _mark_updated(tool: Tool, added_on: date) -> None:
    tool.updated_on = added_on
    tool.__dict__.pop("newest_version", None)  # the cached property
    Tool.objects.filter(pk=tool.pk).update(updated_on=added_on)
