"""Brings the French and Dutch catalogues up to date with the code, or tells whether they are."""

import shutil
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from config import extraction
from config.refusal import Refusal


class Command(BaseCommand):
    """``manage.py messages [--check]``: needs gettext on the machine."""

    help = "Bring the catalogues up to date with the code; with --check, change nothing and fail if they are not."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Checking leaves the catalogues alone."""
        parser.add_argument("--check", action="store_true", help="fail on a stale, fuzzy or untranslated message")

    def handle(self, *args: Any, **options: Any) -> None:
        """Extract in a copy of the sources; keep the result, or compare it."""
        if not shutil.which("xgettext"):
            raise Refusal("gettext is needed to read the messages from the code: apt install gettext.")
        with tempfile.TemporaryDirectory() as folder:
            fresh = extraction.extract(settings.BASE_DIR, Path(folder) / "copy")
            faults = [fault for catalogue in fresh for fault in self._take(catalogue, **options)]
        for fault in faults:
            self.stderr.write(fault)
        if faults and options["check"]:
            raise Refusal(f"The catalogues have {len(faults)} faults: run “make messages”, then translate.")

    def _take(self, catalogue: extraction.Catalogue, *, check: bool, **options: Any) -> list[str]:
        if not check:
            catalogue.keep()
        return catalogue.faults()
