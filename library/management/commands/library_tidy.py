"""Keeps the library's storage free of what nobody can reach: run it every day."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from rich.console import Console
from rich.progress import track

from home.private_files.storage import private_storage
from library.keeping.tidying import GRACE, delete_expired_drafts, delete_if_unused, orphans, unused_files


class Command(BaseCommand):
    """``manage.py library_tidy [--now]``."""

    help = "Deletes drafts older than 30 days, contents that nothing uses, and stored files that no row knows."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """A day of grace protects what is on its way."""
        parser.add_argument("--now", action="store_true", help="without the day of grace, while nobody hands in files")

    def handle(self, *args: Any, **options: Any) -> None:
        """Drafts first, which then no longer use their files; then rows; then files."""
        before = timezone.now() - (timedelta() if options["now"] else GRACE)
        drafts = delete_expired_drafts()
        contents = sum(delete_if_unused(pk, before) for pk in self._with_bar(unused_files(before), "Contents"))
        lost = orphans(before)
        for name in self._with_bar(lost, "Files"):
            private_storage().delete(name)
        self.stdout.write(f"{drafts} drafts, {contents} unused contents and {len(lost)} unknown files deleted.")

    def _with_bar(self, items: list[Any], what: str) -> Any:
        console = Console(stderr=True)
        return track(items, description=what, console=console, disable=not console.is_terminal)
