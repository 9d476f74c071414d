"""Keeps the promise of the privacy page: run it every day."""

from typing import Any

from django.core.management.base import BaseCommand

from news.models import Digest
from news.reading import delete_old_marks


class Command(BaseCommand):
    """Deletes what people read, and which digests they got, when nothing depends on it any more."""

    help = "Deletes what somebody read or was told more than ninety days ago."

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete them and say how many there were."""
        marks = delete_old_marks()
        digests, _by_model = Digest.objects.expired().delete()
        self.stdout.write(f"{marks} marks of reading and {digests} notes of digests deleted.")
