"""Keeps a copy of everything: run it every night, to a place that is not this disk."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from config.backup.encryption import recipients_in
from config.backup.making import make
from config.backup.progress import bars


class Command(BaseCommand):
    """``manage.py backup TARGET``; what a set is stands in ``config.backup``."""

    help = "Write an encrypted set of the database and all files into the folder TARGET, and remove old sets there."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The key is usually in the environment."""
        parser.add_argument("target", type=Path, metavar="TARGET", help="a folder, best on another disk")
        parser.add_argument(
            "--recipient", help="public key of age, or several with commas; without it BACKUP_RECIPIENT counts"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the set, and say what is in it and what it lacks."""
        recipients = recipients_in(options["recipient"] or settings.BACKUP_RECIPIENT)
        with bars() as progress:
            made = make(options["target"].absolute(), recipients, progress)
        for name in made.missing:
            self.stderr.write(f"The database names a file that is not there: {name}")
        self.stdout.write(
            f"{made.folder}: {made.rows} rows, {made.files} files, {made.size / 2**20:.1f} MB, read back. "
            f"{len(made.pruned)} old sets removed."
        )
