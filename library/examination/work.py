"""Scans, reads and pictures the files that wait for it, and keeps what was found."""

import shutil
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import transaction

from library.actions import publish_versions_of
from library.enums import TextState
from library.examination.language import guess_language
from library.examination.reader import Reader, ReaderFailed
from library.models import FilePage, StoredFile


def examine_all(files: Iterable[StoredFile]) -> None:
    """Do what is still to be done with each of these files, with one child process."""
    with Reader() as reader:
        for stored in files:
            examine(stored, reader)


def examine(stored: StoredFile, reader: Reader) -> None:
    """Do what is still to be done with a file; done twice it changes nothing."""
    if stored.text_state == TextState.WAITING:
        with TemporaryDirectory(prefix="otonom-") as folder:
            path = _fetch(stored, Path(folder))
            _keep_text(stored, _read(path, stored.suffix, reader))
    publish_versions_of(stored)


def _fetch(stored: StoredFile, folder: Path) -> Path:
    """A copy of the file that the child may open, under a name that says nothing."""
    path = folder / f"file{stored.suffix}"
    with stored.file.open("rb") as source, path.open("wb") as target:
        shutil.copyfileobj(source, target)
    return path


def _read(path: Path, suffix: str, reader: Reader) -> dict[str, Any]:
    try:
        return reader.read(path, suffix)
    except ReaderFailed as error:
        return {"fault": error.fault, "pages": []}


@transaction.atomic
def _keep_text(stored: StoredFile, found: dict[str, Any]) -> None:
    pages, fault = found["pages"], found["fault"]
    stored.text_state = TextState.READ if pages else TextState.UNREADABLE if fault else TextState.EMPTY
    stored.text_fault = fault
    stored.page_count, stored.likeness = found.get("page_count"), found.get("likeness")
    stored.language = guess_language("\n".join(text for _number, text in pages))
    stored.save(update_fields=["text_state", "text_fault", "page_count", "likeness", "language"])
    stored.pages.all().delete()
    FilePage.objects.bulk_create(FilePage(stored_file=stored, number=number, text=text) for number, text in pages)
