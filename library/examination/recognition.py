"""What a file is, by its content and never by its name; needs neither Django nor a file that is whole."""

import re
import zlib
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path
from typing import IO, Any, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from library.examination import bounds
from library.examination.fault import Unreadable

OFFICE = "application/vnd.openxmlformats-officedocument"
ODF = "application/vnd.oasis.opendocument"
MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".docx": f"{OFFICE}.wordprocessingml.document",
    ".xlsx": f"{OFFICE}.spreadsheetml.sheet",
    ".pptx": f"{OFFICE}.presentationml.presentation",
    ".odt": f"{ODF}.text",
    ".ods": f"{ODF}.spreadsheet",
    ".odp": f"{ODF}.presentation",
    ".rtf": "application/rtf",
    ".txt": "text/plain",
    ".html": "text/html",
}
OFFICE_PARTS = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml", ".pptx": "ppt/presentation.xml"}
OPEN_DOCUMENTS = (".odt", ".ods", ".odp")
# What a damaged or hostile archive makes Python's reader raise.
BROKEN = (
    BadZipFile,
    KeyError,
    ValueError,
    OSError,
    EOFError,
    RuntimeError,
    NotImplementedError,
    OverflowError,
    zlib.error,
)
HEAD = 64 * 1024  # bytes that tell text from something else
MANIFEST = 1024 * 1024  # bytes read of a part that says what an office file is
DIRECTORY = 2 * 1024 * 1024  # bytes that an archive's list of parts may have
ZIP = b"PK\x03\x04"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old office files, and new ones with a password
# Nothing is tried twice: a few hundred bytes of comments would keep an ordinary pattern busy for years.
HTML = re.compile(
    rb"\A\s*+(?:(?><\?xml.*?\?>|<!--.*?-->)\s*+)*+(?:<!doctype\s+html|<html|<head|<body)\b", re.IGNORECASE | re.DOTALL
)
NOT_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
MARKED_UP = re.compile(rb"\A\s*<(\?xml|svg|!DOCTYPE)", re.IGNORECASE)
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
LOCK = "META-INF/manifest.xml"
DECLARES = re.compile(rb"<!ENTITY", re.IGNORECASE)


class ShortReads:
    """A file that gives little at once, so that nobody waits for an archive's endless list of parts.

    How long the list is, an archive says in several places that need not agree; what counts is what is read.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)

    def read(self, size: int = -1) -> bytes:
        """So many bytes; raises BadZipFile when they are too many."""
        if size > DIRECTORY:
            raise BadZipFile
        return self.file.read(size)


def recognised(file: IO[bytes], suffix: str) -> str:
    """The suffix that goes with a file's content; empty for what it does not tell.

    Plain text has no mark: it is text only where its suffix says so.
    """
    file.seek(0)
    head = file.read(HEAD)
    if head.startswith(ZIP):
        return _kind_of_archive(file)
    if b"%PDF-" in head[:1024]:  # some programs write a few bytes before it
        return ".pdf"
    if head.removeprefix(BOM_UTF8).lstrip().startswith(rb"{\rtf"):
        return ".rtf"
    if HTML.match(plain(head)):
        return ".html"
    return suffix if suffix in (".txt", ".html") and is_text(head) else ""


def plain(head: bytes) -> bytes:
    """The beginning of a text without its byte order mark, a byte a letter."""
    if head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return head.decode("utf-16", "ignore").encode()
    return head.removeprefix(BOM_UTF8)


def is_text(head: bytes) -> bool:
    """Tell whether these bytes are letters and not a picture, a program or another file."""
    letters = plain(head)
    return bool(letters.strip()) and not NOT_TEXT.search(letters) and not MARKED_UP.match(letters)


def decoded(content: bytes) -> str:
    """The letters of a plain text; old ones are written as Windows wrote them."""
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def has_macros(file: IO[bytes]) -> bool:
    """Tell whether an office file brings a program with it."""
    file.seek(0)
    if file.read(len(ZIP)) != ZIP:
        return False
    try:
        with _opened(file) as archive:
            names = [name.lower() for name in archive.namelist()]
            types = _start_of(archive, "[Content_Types].xml") if "[content_types].xml" in names else b""
    except BROKEN:
        return False
    by_name = any("vbaproject" in name or name.startswith(("basic/", "scripts/")) for name in names)
    return by_name or b"macroenabled" in types.lower()


def check(path: Path, suffix: str) -> None:
    """Raise Unreadable for a file that is something else, locked, damaged, or a trap."""
    with path.open("rb") as file:
        if has_macros(file):
            raise Unreadable("macros")
        if recognised(file, suffix) != suffix:
            raise Unreadable(_why_not(path))
        if suffix not in (*OFFICE_PARTS, *OPEN_DOCUMENTS):
            return
        try:
            with _opened(file) as archive:
                _check_parts(archive)
        except BROKEN as error:
            raise Unreadable("damaged") from error


def _check_parts(archive: ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > bounds.PARTS or sum(part.file_size for part in parts) > bounds.UNPACKED:
        raise Unreadable("bomb")
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("encrypted")
    if any(_leads_away(part) for part in parts):
        raise Unreadable("hostile")
    if any(_declares(archive, part) for part in parts):
        raise Unreadable("hostile")
    if LOCK in archive.NameToInfo and b"encryption-data" in _start_of(archive, LOCK):
        raise Unreadable("encrypted")


def _declares(archive: ZipFile, part: ZipInfo) -> bool:
    """Tell whether a part declares entities, which no office program writes and which grow without end."""
    is_markup = part.filename.lower().endswith((".xml", ".rels"))
    return is_markup and bool(DECLARES.search(_start_of(archive, part.filename, 4096)))


def _leads_away(part: ZipInfo) -> bool:
    name = part.filename.replace("\\", "/")
    return name.startswith("/") or ".." in name.split("/") or ":" in name.split("/")[0]


def _why_not(path: Path) -> str:
    content = path.read_bytes()
    if content.startswith(ZIP):
        return "encrypted" if content[6:7] and content[6] & 1 else "damaged"  # the flags of its first part
    return "encrypted" if content.startswith(COMPOUND) and ENCRYPTED_PACKAGE in content else "mislabelled"


def _kind_of_archive(file: IO[bytes]) -> str:
    try:
        with _opened(file) as archive:
            names = set(archive.namelist())
            if "mimetype" in names:
                said = _start_of(archive, "mimetype").strip().decode("ascii", "ignore")
                return next((suffix for suffix in OPEN_DOCUMENTS if MEDIA_TYPES[suffix] == said), "")
            return _kind_of_office(_start_of(archive, "[Content_Types].xml").lower(), names)
    except BROKEN:
        return ""


def _kind_of_office(types: bytes, names: set[str]) -> str:
    return next((suffix for suffix, part in OFFICE_PARTS.items() if part in names and _is_said(suffix, types)), "")


def _is_said(suffix: str, types: bytes) -> bool:
    return MEDIA_TYPES[suffix].encode() + b".main" in types


def _opened(file: IO[bytes]) -> ZipFile:
    """An archive whose list of parts is read in no time; one of 25 MB keeps Python busy for seconds."""
    return ZipFile(cast(IO[bytes], ShortReads(file)))


def _start_of(archive: ZipFile, name: str, size: int = MANIFEST) -> bytes:
    if archive.getinfo(name).compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise BadZipFile(name)  # no office program packs otherwise, and some ways to pack ask for gigabytes
    with archive.open(name) as part:
        return part.read(size)
