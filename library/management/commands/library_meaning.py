"""Keeps the meaning of every tool, where the database has room for it."""

from typing import Any

from django.core.management.base import BaseCommand
from rich.progress import track

from library.models import Tool
from library.search.meaning import BATCH, learn, make_room


class Command(BaseCommand):
    """``manage.py library_meaning``: after pgvector was installed, or the encoder changed."""

    help = "Take the meaning of tools whose words changed, for the search; needs pgvector in the database."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make room, then read every tool."""
        if not make_room():
            self.stdout.write("This database has no pgvector, or its owner may not create it: search goes by words.")
            return
        tools = Tool.objects.all()
        batches = -(-tools.count() // BATCH)
        number = sum(track(learn(tools.iterator()), "Meanings", total=batches, transient=True))
        self.stdout.write(f"{number} tools read.")
