"""A table to complete, with what the files tell of themselves."""

import csv
import logging
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files import File

from library.examination.language import guess_language
from library.examination.reader import Reader, ReaderFailed
from library.files import check_file
from library.giving.guessing import Guesser
from library.importing.folder import Folder, printable
from library.importing.manifest import COLUMNS
from library.models import Theme, ToolType

logger = logging.getLogger(__name__)


def write_manifest(target: Path, folder: Folder, names: Iterable[str], association: str) -> Iterator[tuple[str, str]]:
    """Write a row for each file that the library takes; gives those that it does not, and why.

    Raises FileExistsError rather than writing over a table that somebody completed.
    """
    guesser = Guesser(ToolType.objects.all(), Theme.objects.all())
    with target.open("x", encoding="utf-8-sig", newline="") as opened, Reader() as reader:
        table = csv.DictWriter(opened, COLUMNS, restval="", delimiter=";")
        table.writeheader()
        for name in names:
            try:
                suffix = _suffix(folder, name)
            except (ValidationError, OSError) as error:
                yield name, " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
                continue
            table.writerow(_row(folder, name, suffix, reader, guesser) | {"association": association})


def _suffix(folder: Folder, name: str) -> str:
    if printable(name) != name:
        raise ValidationError("This name cannot be written in a table: give the file another one.", code="name")
    with folder.find(name).open("rb") as opened:
        return check_file(File(opened, name=name))


def _row(folder: Folder, name: str, suffix: str, reader: Reader, guesser: Guesser) -> dict[str, str]:
    text = _text(folder.find(name), suffix, reader)
    language = guess_language(text)
    guess = guesser.guess(Path(name).name, text, language)
    return {
        "file": name,
        "title": guess.title,
        "type": guess.type.slug if guess.type else "",
        "themes": ";".join(theme.slug for theme in guess.themes),
        "language": language,
    }


def _text(path: Path, suffix: str, reader: Reader) -> str:
    """The beginning of the text; a file that cannot be read is guessed by its name."""
    try:
        return "\n".join(text for _number, text in reader.read(path, suffix).get("pages", [])[:2])
    except ReaderFailed as error:
        logger.info("%s could not be read: %s", path, error)
        return ""
