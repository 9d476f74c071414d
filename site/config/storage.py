"""How static files are stored: hashed, compressed, and the style sheet in one piece."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLE_SHEET = "css/site.css"
HASHED = re.compile(r"\.[0-9a-f]{12}\.\w+$")
IMPORT = re.compile(r'@import "(?P<part>[^"]+)" layer\((?P<layer>\w+)\);')


def style_sheet() -> str:
    """The style sheet with its parts in place of its imports, so that a page asks for one file instead of thirty."""
    source = _source(STYLE_SHEET)

    def part(found: re.Match[str]) -> str:
        text = (source.parent / found["part"]).read_text()
        return f"@layer {found['layer']} {{\n{text.replace('../../', '../')}}}"

    return IMPORT.sub(part, source.read_text())


def _source(name: str) -> Path:
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(name)
    return Path(found)


class StaticStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage; before it hashes the files it writes the style sheet in one piece."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """Keep the names of a version with it, for the files of several versions lie in one folder."""
        if settings.STATIC_MANIFEST_ROOT:
            options["manifest_storage"] = FileSystemStorage(settings.STATIC_MANIFEST_ROOT)
        super().__init__(*args, **options)

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Put the parts of the style sheet in place, then hash and compress everything."""
        if not dry_run and STYLE_SHEET in paths:
            Path(self.path(STYLE_SHEET)).write_text(style_sheet())
            paths = paths | {STYLE_SHEET: (self, STYLE_SHEET)}  # hash what was written, not its source
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def compress_files(self, paths: Iterable[str]) -> Iterator[Any]:
        """Compress what pages ask for, the names with a hash, once: under such a name nothing changes any more."""
        new = [path for path in paths if HASHED.search(path) and not Path(f"{self.path(path)}.br").exists()]
        yield from super().compress_files(new)
