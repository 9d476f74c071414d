"""Brings everything back from a set, into an empty place; or only tells whether that would work."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from config.backup import restoring
from config.backup.progress import bars


class Command(BaseCommand):
    """``manage.py restore SET --identity KEY [--check]``; what a set is stands in ``config.backup``."""

    help = "Fill an empty database and empty folders from the set SET; with --check, only read it to its end."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The private key comes with whoever restores."""
        parser.add_argument("set", type=Path, metavar="SET", help="a folder otonom-… that “backup” made")
        parser.add_argument("--identity", type=Path, required=True, metavar="KEY", help="file with age's private key")
        parser.add_argument("--check", action="store_true", help="read and compare everything, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check or restore, and say what was compared."""
        work = restoring.check if options["check"] else restoring.restore
        with bars() as progress:
            manifest = work(options["set"].absolute(), options["identity"], progress)
        for name in manifest.missing:
            self.stderr.write(f"Missing since before the backup: {name}")
        done = "can be restored" if options["check"] else "restored"
        self.stdout.write(
            f"{options['set']}: {done}. {manifest.rows} rows in {len(manifest.tables)} tables and "
            f"{len(manifest.files)} files, all compared."
        )
        if not options["check"] and (letters := restoring.waiting_letters()):
            self.stdout.write(f"{letters} letters wait in it. Look at them in the CMS before you start the worker.")
        if not options["check"]:
            self.stdout.write("Run “forget” before anybody comes in: what became due since that set was made is back.")
