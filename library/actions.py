"""Writes of the library that touch several rows or files."""

from datetime import date
from functools import partial
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from library.enums import ScanState
from library.examination.recognition import has_macros
from library.files import check_file, checksum, clean_name
from library.models import DownloadCount, StoredFile, Tool, ToolVersion
from library.tasks import examine_file


def store_file(file: File) -> StoredFile:
    """Keep a file that was handed in, once for each content; raises ValidationError when the library refuses it.

    The file comes before its row: killed in between, the process leaves a file that nothing knows, which
    ``manage.py forget`` removes, and never a row without its file.
    """
    suffix = check_file(file)
    digest = checksum(file)
    return _known(file, digest) or _keep(file, digest, suffix)


def _known(file: File, digest: str) -> StoredFile | None:
    """The row of a content that was handed in before; it counts as new, so that nobody tidies it away meanwhile."""
    if not StoredFile.objects.filter(checksum=digest).update(received_at=timezone.now()):
        return None
    stored = StoredFile.objects.get(checksum=digest)
    if stored.scan == ScanState.INFECTED:
        message = _("This file contains a virus (%(virus)s). Clean your computer before you hand in anything else.")
        raise ValidationError(message, code="infected", params={"virus": stored.virus})
    if not stored.file.storage.exists(stored.file.name):  # lost, and here it is again
        stored.file.save(clean_name(file.name or "", stored.suffix), file)
    return stored


def _keep(file: File, digest: str, suffix: str) -> StoredFile:
    stored = StoredFile(checksum=digest, size=file.size, suffix=suffix, scan=first_scan_state())
    stored.has_macros = has_macros(file)
    file.seek(0)
    stored.file.save(f"file{suffix}", file, save=False)
    try:
        with transaction.atomic():
            stored.save()
    except IntegrityError:  # somebody handed in the same content at the same moment
        stored.file.delete(save=False)
        return StoredFile.objects.get(checksum=digest)
    except Exception:
        stored.file.delete(save=False)
        raise
    transaction.on_commit(partial(examine_file.enqueue, stored.pk))
    return stored


def first_scan_state() -> ScanState:
    """A file waits for the virus scanner, where there is one."""
    return ScanState.WAITING if settings.LIBRARY_CLAMD else ScanState.SKIPPED


@transaction.atomic
def add_version(  # noqa: PLR0913  # each is named where it is given
    *,
    tool: Tool,
    stored_file: StoredFile,
    file_name: str,
    note: str = "",
    by: Any = None,
    added_on: date | None = None,
) -> ToolVersion:
    """Give a tool its next version; people get it at once, or as soon as its file was scanned."""
    Tool.objects.select_for_update().get(pk=tool.pk)  # two people at once get two numbers
    version = ToolVersion.objects.create(
        tool=tool,
        number=_next_number(tool),
        stored_file=stored_file,
        file_name=clean_name(file_name, stored_file.suffix),
        note=note,
        added_by=by,
        added_on=added_on or timezone.localdate(),
    )
    Tool.objects.filter(pk=tool.pk).update(needs_work_since=None)  # this is the work
    make_current(tool)
    return version


def _next_number(tool: Tool) -> int:
    last = ToolVersion.objects.filter(tool=tool).order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def make_current(tool: Tool) -> None:
    """Let people get the last version whose file is available."""
    current = ToolVersion.objects.filter(tool=tool).available().newest_first().first()
    tool.current_version, tool.updated_on = current, current.added_on if current else tool.updated_on
    Tool.objects.filter(pk=tool.pk).update(current_version=current, updated_on=tool.updated_on)


def publish_versions_of(stored_file: StoredFile) -> None:
    """After the scan: every tool with this file gives its last available version."""
    for tool in Tool.objects.filter(versions__stored_file=stored_file).distinct():
        make_current(tool)


def count_download(*, tool: Tool, by: Any) -> None:
    """Add one to what the person's association took this month; who it was is not kept."""
    association = by.association_id if by.is_authenticated else None
    month = timezone.localdate().replace(day=1)
    count, _is_new = DownloadCount.objects.get_or_create(tool=tool, association_id=association, month=month)
    DownloadCount.objects.filter(pk=count.pk).update(number=F("number") + 1)
