"""Takes away static files that no version asks for any more: upgrade runs it when the new version answers."""

import json
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from config.storage import HASHED

KEPT = 30 * 24 * 3600  # seconds: somewhere a page of an old version may be kept and shown
COMPRESSED = (".br", ".gz")


class Command(BaseCommand):
    """``manage.py static_tidy MANIFEST…``, the lists of the files of every version that is still there."""

    help = "Deletes the static files that none of these versions has named for thirty days."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the versions keep which name has which hash."""
        parser.add_argument("manifests", nargs="+", type=Path, metavar="MANIFEST")

    def handle(self, *args: Any, **options: Any) -> None:
        """Note the day of what is in use, then delete what has not been for long."""
        root, now = Path(settings.STATIC_ROOT), time.time()
        for name in {name for manifest in options["manifests"] for name in _names(manifest)}:
            for file in (root / name, *(root / f"{name}{suffix}" for suffix in COMPRESSED)):
                if file.exists():
                    file.touch()
        old = [file for file in _hashed(root) if file.stat().st_mtime < now - KEPT]
        for file in old:
            file.unlink()
        self.stdout.write(f"{len(old)} static files of old versions deleted.")


def _names(manifest: Path) -> Iterator[str]:
    yield from json.loads(manifest.read_text())["paths"].values()


def _hashed(root: Path) -> Iterator[Path]:
    """The files under names of their content; what has another name is not ours to delete."""
    for file in root.rglob("*"):
        name = file.stem if file.suffix in COMPRESSED else file.name
        if HASHED.search(name):
            yield file
