"""Keeps the promise of the privacy page: run it every day."""

from typing import Any

from django.core.management.base import BaseCommand

from news.models import Attendance


class Command(BaseCommand):
    """Deletes who said to come to meetings that are over for a year."""

    help = "Deletes the answers to meetings that ended more than a year ago."

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete them and say how many there were."""
        number, _by_model = Attendance.objects.expired().delete()
        self.stdout.write(f"{number} expired answers to meetings deleted.")
