"""Scans, reads and pictures the files that wait for it, and keeps what was found."""

import logging
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction

from library.enums import ScanState, TextFault, TextState
from library.examination.language import guess_language
from library.examination.quarantine import scan_file
from library.examination.reader import Reader, ReaderFailed
from library.examination.scanner import ScannerAway
from library.models import FilePage, StoredFile

logger = logging.getLogger(__name__)


def examine_all(
    files: Iterable[StoredFile], *, with_office_pictures: bool = True, after_each: Callable[[], object] = lambda: None
) -> None:
    """Do what is still to be done with each of these files, with one child process.

    LibreOffice takes two seconds for the pictures of an office file: who has many files may go without.
    """
    soffice = settings.LIBRARY_SOFFICE if with_office_pictures else ""
    with Reader() as reader:
        for stored in files:
            examine(stored, reader, soffice)
            after_each()


def examine(stored: StoredFile, reader: Reader, soffice: str) -> None:
    """Do what is still to be done with a file; done twice it changes nothing."""
    try:
        if stored.scan == ScanState.WAITING:
            scan_file(stored)
        if stored.text_state == TextState.WAITING:
            _read_and_draw(stored, reader, soffice)
    except ScannerAway as error:
        logger.warning("The virus scanner said nothing about %s, which waits on: %s", stored, error)
    except FileNotFoundError:
        logger.exception("The file of %s is missing", stored)
        _keep_text(stored, {"fault": TextFault.LOST})


def draw_again(stored: StoredFile, reader: Reader) -> None:
    """Make the pictures of a file that was examined without LibreOffice."""
    with TemporaryDirectory(prefix="otonom-") as folder:
        _draw(stored, _fetch(stored, Path(folder)), reader, settings.LIBRARY_SOFFICE)
    stored.save(update_fields=["preview_count"])


def _read_and_draw(stored: StoredFile, reader: Reader, soffice: str) -> None:
    with TemporaryDirectory(prefix="otonom-") as folder:
        path = _fetch(stored, Path(folder))
        try:
            found = reader.read(path, stored.suffix)
        except ReaderFailed as error:
            found = {"fault": error.fault}
        if found.get("pages") or not found["fault"]:
            _draw(stored, path, reader, soffice)
    try:
        _keep_text(stored, found)
    except DatabaseError:  # a text that no index takes; a database that is away raises once more
        logger.exception("The text of %s cannot be kept", stored)
        _keep_text(stored, {"fault": TextFault.FAILED})


def _fetch(stored: StoredFile, folder: Path) -> Path:
    """A copy of the file that the child may open, under a name that says nothing."""
    path = folder / f"file{stored.suffix}"
    with stored.file.open("rb") as source, path.open("wb") as target:
        shutil.copyfileobj(source, target)
    return path


@transaction.atomic
def _keep_text(stored: StoredFile, found: dict[str, Any]) -> None:
    """Keep what was read; another process may do the same at the same moment."""
    if not StoredFile.objects.select_for_update(no_key=True).filter(pk=stored.pk).exists():
        return
    pages, fault = found.get("pages", []), found["fault"]
    is_read = not fault or fault == TextFault.PAGES
    stored.text_state = TextState.READ if pages else TextState.EMPTY if is_read else TextState.UNREADABLE
    stored.text_fault = fault
    stored.page_count, stored.likeness = found.get("page_count"), found.get("likeness")
    stored.language = guess_language("\n".join(text for _number, text in pages))
    stored.pages.all().delete()
    FilePage.objects.bulk_create(FilePage(stored_file=stored, number=number, text=text) for number, text in pages)
    stored.save(update_fields=["text_state", "text_fault", "page_count", "likeness", "language", "preview_count"])


def _draw(stored: StoredFile, path: Path, reader: Reader, soffice: str) -> None:
    """Keep the pictures of the first pages; a file without is kept like any other."""
    try:
        pictures = reader.draw(path, stored.suffix, soffice)
    except ReaderFailed as error:
        logger.warning("No picture of %s could be made: %s", stored, error)
        return
    storage = stored.file.storage
    for number, picture in enumerate(pictures, start=1):
        place = stored.preview_path(number)
        storage.delete(place)
        storage.save(place, ContentFile(picture))
    stored.preview_count = len(pictures)
