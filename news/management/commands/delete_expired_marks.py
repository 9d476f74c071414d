"""Keeps the promise of the privacy page: run it every day."""

from typing import Any

from django.core.management.base import BaseCommand

from news.comments.letters import forget_told
from news.models import Digest
from news.reading import delete_old_marks


class Command(BaseCommand):
    """Deletes what people read, and which letters they got, when nothing depends on it any more."""

    help = "Deletes what somebody read or was told more than ninety days ago, and who had letters about old comments."

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete them and say how many there were."""
        marks = delete_old_marks()
        digests, _by_model = Digest.objects.expired().delete()
        letters = forget_told()
        self.stdout.write(f"{marks} marks of reading and {digests + letters} notes of letters deleted.")
