"""Many tools in one ZIP, which is made while it is sent."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from django.http import StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import override
from stream_zip import ZIP_64, ZIP_AUTO, stream_zip

from home.languages import current_language
from library.actions import count_download
from library.files import clean_name
from library.models import Tool, ToolVersion
from library.taking.dublin_core import Address, as_xml, describe
from library.usage.spreadsheets import as_csv

logger = logging.getLogger(__name__)
CHUNK = 64 * 1024  # bytes
LONGEST_NAME = 100  # characters of a folder or a file without its suffix; Windows allows 260 for a whole path
MODE = 0o100644  # a plain file
COLUMNS = ("folder", "file", "version", "title", "summary", "type", "themes", "association", "language")
MORE_COLUMNS = ("licence", "author", "origin", "updated_on", "review_on", "sharing", "note", "sha256", "address")


@dataclass
class Entry:
    """One version of a tool in the package, under a name that no other has."""

    version: ToolVersion
    path: str
    is_missing: bool = False

    @property
    def tool(self) -> Tool:
        """The tool that the version is of."""
        return self.version.tool

    @property
    def link(self) -> str:
        """Where the index page finds the file."""
        return quote(self.path)


@dataclass
class Package:
    """Versions with an index page, a table and Dublin Core records; ``related`` are what the reader may see of tools
    that they come from."""

    title: str
    versions: list[ToolVersion]
    address: Address
    related: list[Tool] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.language = current_language()
        taken: set[str] = set()
        self.entries = [Entry(version, _free_path(version, taken)) for version in self.versions]

    def count(self, *, by: Any) -> None:
        """Count that somebody's association takes these tools."""
        for tool in self.tools:
            count_download(tool=tool, by=by)

    @property
    def tools(self) -> list[Tool]:
        """Each tool once."""
        return list({entry.tool.pk: entry.tool for entry in self.entries}.values())

    def response(self, name: str) -> StreamingHttpResponse:
        """The ZIP as an answer that begins before everything was read."""
        response = StreamingHttpResponse(stream_zip(self._members(), chunk_size=CHUNK), content_type="application/zip")
        response["Content-Disposition"] = content_disposition_header(True, clean_name(f"{name}.zip")) or "attachment"
        response["X-Content-Type-Options"] = "nosniff"
        return response

    def _members(self) -> Iterator[tuple[str, datetime, int, Any, Iterable[bytes]]]:
        """Every file, then what describes them, which knows by then which ones were missing."""
        for entry in self.entries:
            try:
                opened = entry.version.stored_file.file.storage.open(entry.version.stored_file.file.name)
            except FileNotFoundError:
                logger.error("The file of %s is missing: %s", entry.version, entry.version.stored_file.file.name)
                entry.is_missing = True
                continue
            day = timezone.make_aware(datetime.combine(entry.version.added_on, time(12)))
            yield entry.path, day, MODE, ZIP_AUTO(entry.version.size, level=1), opened.chunks(CHUNK)
        with override(self.language):  # the request may be over when this is asked for
            descriptions = list(self._descriptions())
        for name, text in descriptions:
            yield name, timezone.now(), MODE, ZIP_64, [text]

    def _descriptions(self) -> Iterator[tuple[str, bytes]]:
        now = timezone.localtime()
        context = {"title": self.title, "entries": self.entries, "language": self.language, "now": now}
        yield "index.html", render_to_string("library/package.html", context).encode()
        yield "metadata.csv", as_csv([(*COLUMNS, *MORE_COLUMNS), *map(self._row, self.entries)]).encode()
        yield "dublin-core.xml", as_xml([describe(tool, self.address, self.related) for tool in self.tools])

    def _row(self, entry: Entry) -> tuple[Any, ...]:
        tool, version, path = entry.tool, entry.version, PurePath(entry.path)
        themes = ", ".join(str(theme) for theme in tool.themes.all())
        first = (path.parent, path.name, version.number, tool.title, tool.summary, tool.type, themes, tool.association)
        facts = (tool.language, tool.licence, tool.author, tool.origin, tool.updated_on, tool.review_on, tool.sharing)
        row = (*first, *facts, version.note, version.stored_file.checksum, self.address(tool))
        return tuple(cell if isinstance(cell, int | None) else str(cell) for cell in row)


def _free_path(version: ToolVersion, taken: set[str]) -> str:
    """A folder for the association and a safe name; the case of letters makes no difference, as on Windows."""
    folder, name = _safe(str(version.tool.association)), PurePath(clean_name(version.file_name))
    stem = _safe(name.stem)
    path, number = f"{folder}/{stem}{name.suffix}", 2
    while path.casefold() in taken:
        path, number = f"{folder}/{stem} ({number}){name.suffix}", number + 1
    taken.add(path.casefold())
    return path


def _safe(name: str) -> str:
    """A name without suffix that every computer takes."""
    cleaned = clean_name(f"{name}.txt").removesuffix(".txt").rstrip(". ")[:LONGEST_NAME].rstrip(". ")
    is_device = cleaned.casefold().split(".")[0] in DEVICES
    return f"_{cleaned}" if is_device else cleaned or "_"


# Names that Windows keeps for itself.
DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}
