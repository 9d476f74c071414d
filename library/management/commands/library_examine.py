"""Takes up files that wait because a worker was killed or the virus scanner was away: run it every ten minutes."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import track

from library.enums import TextState
from library.examination.reader import Reader
from library.examination.work import draw_again, examine_all
from library.models import StoredFile
from library.models.stored_file import StoredFileQuerySet


class Command(BaseCommand):
    """``manage.py library_examine [--again] [--pictures]``."""

    help = "Scans and reads the library's files that wait for it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What else is to be done than what waits."""
        parser.add_argument("--again", action="store_true", help="read anew what could not be read")
        parser.add_argument("--pictures", action="store_true", help="make the pictures of files that have none")

    def handle(self, *args: Any, **options: Any) -> None:
        """Examine, and say how many still wait."""
        if options["again"]:
            unread = StoredFile.objects.available().filter(text_state=TextState.UNREADABLE)
            unread.update(text_state=TextState.WAITING, text_fault="")
        waiting = StoredFile.objects.waiting()
        count = waiting.count()
        examine_all(self._with_bar(waiting, "Files"))
        drawn = self._draw() if options["pictures"] else 0
        self.stdout.write(f"{count} files waited, {waiting.count()} still wait; pictures made of {drawn} more.")

    def _draw(self) -> int:
        if not settings.LIBRARY_SOFFICE:
            raise CommandError("There is no LibreOffice here: set LIBRARY_SOFFICE.")
        without = StoredFile.objects.available().filter(text_state=TextState.READ, preview_count=0)
        count = without.count()
        with Reader() as reader:
            for stored in self._with_bar(without, "Pictures"):
                draw_again(stored, reader)
        return count - without.count()

    def _with_bar(self, files: StoredFileQuerySet, what: str) -> Any:
        console = Console(stderr=True)
        return track(list(files), description=what, console=console, disable=not console.is_terminal)
