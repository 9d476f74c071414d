"""Which files the library takes, what it calls them, and how it tells one content from another."""

import hashlib
import re
import unicodedata
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from library.examination.recognition import MEDIA_TYPES, recognised

CONTENT_TYPES = MEDIA_TYPES
OTHER_NAMES = {".htm": ".html", ".text": ".txt"}
# What to save a file as that people often have and the library does not take.
INSTEAD = {
    **dict.fromkeys((".doc", ".docm", ".dot", ".dotx", ".dotm", ".wps", ".wpd", ".pages"), "DOCX"),
    **dict.fromkeys((".xls", ".xlsm", ".xlsb", ".xlt", ".xltx", ".csv", ".numbers"), "XLSX"),
    **dict.fromkeys((".ppt", ".pptm", ".pps", ".ppsx", ".pot", ".potx", ".key"), "PPTX"),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".tif", ".tiff", ".heic", ".bmp"), "PDF"),
    **dict.fromkeys((".eml", ".msg", ".xps", ".epub", ".pub", ".mht", ".mhtml"), "PDF"),
    **dict.fromkeys((".md", ".log", ".tex"), "TXT"),
}
NAME_LENGTH = 160  # characters, as ToolVersion.file_name
UNSAFE_CHARACTERS = re.compile(r'[\\/:*?"<>|%]+')
SUFFIX = re.compile(r"(?i)\.[a-z][a-z0-9]{0,9}\Z")
# Names that Windows keeps for itself, whatever their suffix.
RESERVED = re.compile(r"(?i)\A(con|prn|aux|nul|com\d|lpt\d)\Z")


def extension(name: str) -> str:
    """The suffix of a file's name, in lower case and with its dot."""
    suffix = PurePath(name).suffix.lower()
    return OTHER_NAMES.get(suffix, suffix)


def content_type(suffix: str) -> str:
    """The media type that goes with a suffix; web pages and unknown ones are plain bytes, which no browser opens."""
    return "application/octet-stream" if suffix == ".html" else CONTENT_TYPES.get(suffix, "application/octet-stream")


def clean_name(name: str, suffix: str = "") -> str:
    """A file name that is safe to save on any computer, as close as possible to the one given.

    With ``suffix`` it gets the one that goes with its content.
    """
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    name = "".join(" " if unicodedata.category(letter).startswith(("C", "Z")) else letter for letter in name)
    name = " ".join(UNSAFE_CHARACTERS.sub("-", name).split()).lstrip(". ")
    stem, given = _parts(name)
    suffix = given if not suffix or suffix == extension(name) else suffix
    stem = f"{stem}-" if RESERVED.match(stem) else stem
    return (stem[: NAME_LENGTH - len(suffix)] or _("document")) + suffix


def _parts(name: str) -> tuple[str, str]:
    """The stem and the suffix of a name; what follows the point of "version 1.2" is none."""
    suffix = PurePath(name).suffix
    is_suffix = suffix.lower() in {*CONTENT_TYPES, *OTHER_NAMES, *INSTEAD} or SUFFIX.match(suffix)
    return (name.removesuffix(suffix).rstrip(". "), suffix.lower()) if is_suffix else (name.rstrip(". "), "")


def checksum(file: Any) -> str:
    """The SHA-256 of an open file, in hexadecimal; the file is rewound."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def check_file(file: Any) -> str:
    """The suffix under which the library keeps a file; raises ValidationError for one that it does not take.

    What a file is, its content says. Where that says nothing, because it is damaged, locked or something else, the
    file is kept as what its name says, and nobody reads it. The file is rewound.
    """
    if not file.size:
        raise ValidationError(_("This file is empty. Choose another one."), code="empty")
    if file.size > settings.LIBRARY_MAX_FILE_SIZE:
        limit = filesizeformat(settings.LIBRARY_MAX_FILE_SIZE)
        raise ValidationError(_("This file is too large: at most %(limit)s."), code="size", params={"limit": limit})
    named = extension(file.name)
    file.open()
    suffix = recognised(file, named) or (named if named in CONTENT_TYPES else "")
    file.seek(0)
    if not suffix:
        raise _not_taken(named)
    return suffix


def _not_taken(suffix: str) -> ValidationError:
    known = ", ".join(name[1:].upper() for name in CONTENT_TYPES)
    if suffix in INSTEAD:
        message = _("The library does not take %(format)s files. Save it as %(instead)s, and choose that file.")
        given = {"format": suffix[1:].upper(), "instead": INSTEAD[suffix]}
        return ValidationError(message, code="format", params=given)
    return ValidationError(_("The library takes these formats: %(known)s."), code="format", params={"known": known})
