"""Deletes the files of pictures that no row knows, which a process that was killed may leave: run it every day."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from home.private_files.storage import private_storage
from news.pictures.keeping import GRACE, orphans


class Command(BaseCommand):
    """``manage.py pictures_tidy``."""

    help = "Deletes the stored files of working groups' pictures that belong to no picture."

    def handle(self, *args: Any, **options: Any) -> None:
        """With a day of grace for what is on its way."""
        lost = orphans(timezone.now() - GRACE)
        for name in lost:
            private_storage().delete(name)
        self.stdout.write(f"{len(lost)} files deleted.")
