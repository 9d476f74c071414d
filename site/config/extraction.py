"""What the catalogues should hold, read from the code in a copy of the sources."""

import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

from babel.messages import Catalog
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management import call_command
from django.test.utils import override_settings

SOURCES = ("home", "members", "news", "library", "site", "templates")


@dataclass
class Catalogue:
    """The catalogue of one language: the file in use and a fresh one."""

    current: Path
    fresh: Path

    def keep(self) -> None:
        """Put the fresh one in place, without the date that changes at every run."""
        text = re.sub(r'"POT-Creation-Date:.*\n', "", self.fresh.read_text(encoding="utf-8"))
        self.current.parent.mkdir(parents=True, exist_ok=True)
        self.current.write_text(text, encoding="utf-8")

    def faults(self) -> list[str]:
        """Return one line per message that is missing, superfluous, fuzzy or not translated."""
        known, wanted = _read(self.current), _read(self.fresh)
        language = self.current.parts[-3]
        ids, wanted_ids = (
            {message.id for message in known if message.id},
            {message.id for message in wanted if message.id},
        )
        return [
            *(f"{language}: not in the catalogue: {message}" for message in sorted(map(str, wanted_ids - ids))),
            *(f"{language}: no longer in the code: {message}" for message in sorted(map(str, ids - wanted_ids))),
            *(f"{language}: {fault}: {message.id}" for message, fault in _unfinished(known)),
        ]


def extract(root: Path, copy: Path) -> list[Catalogue]:
    """Read the messages of the sources under ``root``; work in the empty folder ``copy``."""
    for source in SOURCES:
        ignored = shutil.ignore_patterns("__pycache__", "static", "collected", "seed", "migrations", "requirements")
        shutil.copytree(root / source, copy / source, ignore=ignored)
    locale = copy / "site" / "locale"
    locale.mkdir(exist_ok=True)
    languages = [code for code, _name in settings.LANGUAGES]
    with chdir(copy), override_settings(LOCALE_PATHS=[locale]):
        call_command(
            *("makemessages", "--verbosity=0", "--no-obsolete", "--no-wrap", "--add-location=file"),
            *(f"--locale={code}" for code in languages),
        )
    path = "{}/LC_MESSAGES/django.po"
    return [Catalogue(root / "site" / "locale" / path.format(code), locale / path.format(code)) for code in languages]


def _unfinished(catalogue: Catalog) -> Iterator[tuple[Message, str]]:
    for message in catalogue:
        texts: Sequence[object] = message.string if isinstance(message.string, tuple) else [message.string]
        if not message.id:
            continue
        if message.fuzzy:
            yield message, "fuzzy"
        elif not all(texts):
            yield message, "not translated"


def _read(path: Path) -> Catalog:
    if not path.exists():
        return Catalog()
    with path.open("rb") as file:
        return read_po(file)
