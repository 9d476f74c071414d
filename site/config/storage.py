"""How static files are stored: hashed, compressed, and each style sheet in one piece."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLE_SHEETS = ("css/site.css", "css/member.css", "css/cards.css")
HASHED = re.compile(r"\.[0-9a-f]{12}\.\w+$")
IMPORT = re.compile(r'@import "(?P<part>[^"]+)" layer\((?P<layer>\w+)\);')
# The icons that a telephone shows have names of their content too.
ICONS = ("*.webmanifest", ((r'(?P<matched>"src": "(?P<url>[^"]+)")', '"src": "%(url)s"'),))
# Space that means nothing, outside of words in quotes, which stay as they are.
QUOTED = re.compile(r'("[^"]*")')
SPACE = ((re.compile(r"\s+"), " "), (re.compile(r" ?([{};]) ?"), r"\1"), (re.compile(r"([,:]) "), r"\1"))
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def style_sheet(name: str) -> str:
    """A style sheet with its parts in place of its imports, so that a page asks for one file instead of thirty."""
    source = _source(name)

    def part(found: re.Match[str]) -> str:
        text = (source.parent / found["part"]).read_text()
        return f"@layer {found['layer']} {{\n{text.replace('../../', '../')}}}"

    return _without_space(IMPORT.sub(part, source.read_text()))


def _without_space(css: str) -> str:
    """The same rules without comments and indentation: a seventh less on the wire."""
    pieces = QUOTED.split(COMMENT.sub("", css))
    for place in range(0, len(pieces), 2):
        for space, instead in SPACE:
            pieces[place] = space.sub(instead, pieces[place])
    return "".join(pieces).strip()


def _source(name: str) -> Path:
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(name)
    return Path(found)


class StaticStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage; before it hashes the files it writes each style sheet in one piece."""

    patterns = (*CompressedManifestStaticFilesStorage.patterns, ICONS)

    def __init__(self, *args: Any, **options: Any) -> None:
        """Keep the names of a version with it, for the files of several versions lie in one folder."""
        if settings.STATIC_MANIFEST_ROOT:
            options["manifest_storage"] = FileSystemStorage(settings.STATIC_MANIFEST_ROOT)
        super().__init__(*args, **options)

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Put the parts of the style sheets in place, then hash and compress everything."""
        for name in () if dry_run else paths.keys() & set(STYLE_SHEETS):
            Path(self.path(name)).write_text(style_sheet(name))
            paths = paths | {name: (self, name)}  # hash what was written, not its source
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def compress_files(self, paths: Iterable[str]) -> Iterator[Any]:
        """Compress what pages ask for, the names with a hash, once: under such a name nothing changes any more."""
        new = [path for path in paths if HASHED.search(path) and not Path(f"{self.path(path)}.br").exists()]
        yield from super().compress_files(new)
