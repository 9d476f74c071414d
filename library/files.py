"""Which files the library takes, and how it recognises them by their content."""

import hashlib
import re
import unicodedata
import zlib
from collections.abc import Callable
from lzma import LZMAError
from pathlib import PurePath
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

OFFICE = "application/vnd.openxmlformats-officedocument"
ODF = "application/vnd.oasis.opendocument"
CONTENT_TYPES = {
    ".pdf": "application/pdf",
    ".docx": f"{OFFICE}.wordprocessingml.document",
    ".xlsx": f"{OFFICE}.spreadsheetml.sheet",
    ".pptx": f"{OFFICE}.presentationml.presentation",
    ".odt": f"{ODF}.text",
    ".ods": f"{ODF}.spreadsheet",
    ".odp": f"{ODF}.presentation",
    ".rtf": "application/rtf",
}
OFFICE_PARTS = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml", ".pptx": "ppt/presentation.xml"}
# What a damaged or hostile archive makes Python's reader raise.
UNREADABLE = (
    BadZipFile,
    KeyError,
    ValueError,
    OSError,
    EOFError,
    RuntimeError,
    NotImplementedError,
    zlib.error,
    LZMAError,
)
NAME_LENGTH = 160  # characters, as ToolVersion.file_name
MAX_MANIFEST = 1024 * 1024  # bytes read of a part that says what an office file is
UNSAFE_CHARACTERS = re.compile(r'[\\/:*?"<>|%]+')


def extension(name: str) -> str:
    """The suffix of a file's name, in lower case and with its dot."""
    return PurePath(name).suffix.lower()


def content_type(suffix: str) -> str:
    """The media type that goes with a suffix; unknown ones are plain bytes."""
    return CONTENT_TYPES.get(suffix, "application/octet-stream")


def clean_name(name: str) -> str:
    """A file name that is safe to save on any computer, as close as possible to the one given."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    name = "".join(" " if unicodedata.category(letter).startswith(("C", "Z")) else letter for letter in name)
    name = " ".join(UNSAFE_CHARACTERS.sub("-", name).split()).lstrip(". ")
    suffix = PurePath(name).suffix
    stem = name.removesuffix(suffix).rstrip(". ")[: NAME_LENGTH - len(suffix)] or _("document")
    return stem + suffix.lower()


def checksum(file: Any) -> str:
    """The SHA-256 of an open file, in hexadecimal; the file is rewound."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def check_file(file: Any) -> None:
    """Raise ValidationError unless the file is small enough and is what its name says; the file is rewound."""
    if not file.size:
        raise ValidationError(_("This file is empty. Choose another one."), code="empty")
    if file.size > settings.LIBRARY_MAX_FILE_SIZE:
        limit = filesizeformat(settings.LIBRARY_MAX_FILE_SIZE)
        raise ValidationError(_("This file is too large: at most %(limit)s."), code="size", params={"limit": limit})
    suffix = extension(file.name)
    if suffix not in CONTENT_TYPES:
        known = ", ".join(sorted(name[1:].upper() for name in CONTENT_TYPES))
        raise ValidationError(_("The library takes these formats: %(known)s."), code="format", params={"known": known})
    file.open()
    is_right = _has_signature(file, suffix)
    file.seek(0)
    if not is_right:
        message = _("This file is damaged, contains macros, or is not really %(format)s. Save it again as %(format)s.")
        raise ValidationError(message, code="content", params={"format": suffix[1:].upper()})


def _has_signature(file: IO[bytes], suffix: str) -> bool:
    checks: dict[str, Callable[[IO[bytes]], bool]] = {".pdf": _is_pdf, ".rtf": _is_rtf}
    if suffix in checks:
        return checks[suffix](file)
    try:
        with ZipFile(file) as archive:
            return _is_office(archive, suffix) if suffix in OFFICE_PARTS else _is_odf(archive, suffix)
    except UNREADABLE:
        return False


def _is_pdf(file: IO[bytes]) -> bool:
    return b"%PDF-" in file.read(1024)  # some programs write a few bytes before it


def _is_rtf(file: IO[bytes]) -> bool:
    return file.read(5) == rb"{\rtf"


def _is_office(archive: ZipFile, suffix: str) -> bool:
    names = set(archive.namelist())
    types = _start_of(archive, "[Content_Types].xml")
    has_macros = any("vbaproject" in name.lower() for name in names) or b"macroenabled" in types.lower()
    return OFFICE_PARTS[suffix] in names and CONTENT_TYPES[suffix].encode() in types and not has_macros


def _is_odf(archive: ZipFile, suffix: str) -> bool:
    has_macros = any(name.startswith(("Basic/", "Scripts/")) for name in archive.namelist())
    return _start_of(archive, "mimetype").strip() == CONTENT_TYPES[suffix].encode() and not has_macros


def _start_of(archive: ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(MAX_MANIFEST)
