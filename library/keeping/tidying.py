"""Takes away what nobody can reach any more: old drafts, contents that nothing uses, files that no row knows."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from home.private_files.storage import private_storage
from library.enums import ScanState
from library.models import Draft, StoredFile
from library.models.stored_file import FOLDER, PREVIEWS

DRAFTS_KEPT_FOR = timedelta(days=30)
GRACE = timedelta(days=1)  # what is younger may be on its way: a file comes before its row, its row before its version


def expired_drafts() -> Any:
    """The drafts that nobody shared in a month."""
    return Draft.objects.filter(created_at__lt=timezone.now() - DRAFTS_KEPT_FOR)


def unused_files(before: datetime) -> list[int]:
    """The contents that no version and no draft uses; what held a virus has none, and is remembered."""
    unused = StoredFile.objects.unused().exclude(scan=ScanState.INFECTED).filter(received_at__lt=before)
    return list(unused.values_list("pk", flat=True))


def delete_if_unused(pk: int, before: datetime) -> bool:
    """Delete a content unless somebody handed it in again meanwhile; first its row, then its files."""
    with transaction.atomic():
        locked = StoredFile.objects.select_for_update(of=("self",)).filter(pk=pk, received_at__lt=before).first()
        if locked is None or locked.versions.exists() or locked.drafts.exists():
            return False
        names = [str(locked.file.name), *map(locked.preview_path, range(1, locked.preview_count + 1))]
        locked.delete()
    for name in names:
        private_storage().delete(name)
    return True


def orphans(before: datetime) -> list[str]:
    """The stored files that no row knows: left by a process that was killed, or by a content that is gone."""
    there = [name for folder in (FOLDER, PREVIEWS) for name in _names(folder)]
    known = set(_known(StoredFile.objects.all()))  # after the list, so that a file that came meanwhile is known
    storage = private_storage()
    return [name for name in there if name not in known and storage.get_modified_time(name) < before]


def _names(folder: str) -> Iterable[str]:
    try:
        _folders, files = private_storage().listdir(folder)
    except FileNotFoundError:  # nothing was ever stored
        return []
    return [f"{folder}/{name}" for name in files]


def _known(files: Any) -> Iterable[str]:
    for stored in files.only("file", "preview_count").iterator():
        yield str(stored.file.name)
        yield from map(stored.preview_path, range(1, stored.preview_count + 1))
