"""The text of a file, page by page; runs in the child process only."""

import re
import time
import unicodedata
from pathlib import Path
from typing import Any

import kreuzberg
import pypdfium2

from library.examination import bounds
from library.examination.fault import Unreadable
from library.examination.likeness import likeness
from library.examination.recognition import MEDIA_TYPES, check, decoded

BLANKS = re.compile(r"[^\S\n]+")
LINES = re.compile(r"\n{3,}")
BOLD = re.compile(r"\*\*(.+?)\*\*")  # as kreuzberg writes the cells of a table's first line


def read(path: Path, suffix: str, _soffice: str = "") -> dict[str, Any]:
    """What is written in a file: ``pages`` of ``[number, text]``, ``page_count``, ``likeness``, ``fault``.

    Raises Unreadable, or whatever the libraries raise on a file that they do not understand.
    """
    check(path, suffix)
    pages, count, fault = _pages_of_pdf(path) if suffix == ".pdf" else ([(1, _whole(path, suffix))], None, "")
    kept: list[tuple[int, str]] = []
    room = bounds.CHARACTERS
    for number, text in pages:
        cleaned = clean(text[: bounds.CHARACTERS])[: min(room, bounds.CHARACTERS_OF_PAGE)]
        room -= len(cleaned)
        if cleaned:
            kept.append((number, cleaned))
    alike = likeness("\n".join(text for _number, text in kept))
    return {"pages": kept, "page_count": count, "likeness": alike, "fault": fault}


def clean(text: str) -> str:
    """Text that a database takes: no NUL, no half characters, composed letters, few blanks."""
    text = unicodedata.normalize("NFC", text.encode("utf-8", "ignore").decode()).replace("\r\n", "\n")
    kept = "".join(letter for letter in text if letter in "\n\t" or unicodedata.category(letter) not in ("Cc", "Co"))
    return LINES.sub("\n\n", BLANKS.sub(" ", kept)).strip()


def _pages_of_pdf(path: Path) -> tuple[list[tuple[int, str]], int, str]:
    until = time.monotonic() + bounds.SECONDS_FOR_TEXT * 0.6
    with opened(path) as document:
        pages = []
        for number in range(min(len(document), bounds.PAGES)):
            if time.monotonic() > until:
                break
            pages.append((number + 1, _text_of_page(document, number)))
        return pages, len(document), "" if len(pages) == len(document) else "pages"


def _text_of_page(document: Any, number: int) -> str:
    page = document[number]
    text = page.get_textpage()
    try:
        return str(text.get_text_bounded())
    finally:
        text.close()
        page.close()


def opened(path: Path) -> Any:
    """A PDF; raises Unreadable when it cannot be opened."""
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise Unreadable("encrypted" if "password" in str(error).lower() else "damaged") from error


def _whole(path: Path, suffix: str) -> str:
    content = path.read_bytes()
    if suffix == ".txt":
        return decoded(content[: 4 * bounds.CHARACTERS])
    config = kreuzberg.ExtractionConfig(use_cache=False, output_format="plain")  # and no OCR
    text = BOLD.sub(r"\1", str(kreuzberg.extract_bytes_sync(content, MEDIA_TYPES[suffix], config).content))
    return text.replace("~", " ") if suffix == ".rtf" else text  # "\\~" is RTF's blank that breaks no line
