"""Keeps the promise of the privacy page about searches: run it every day."""

from typing import Any

from django.core.management.base import BaseCommand

from members.models import UnansweredQuery, UnknownWord


class Command(BaseCommand):
    """Deletes what the finder kept of searches and is older than 90 days."""

    help = "Deletes what the finder kept of searches that found nothing and is older than 90 days."

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete it and say how much there was."""
        searches, _by_model = UnansweredQuery.objects.expired().delete()
        words, _by_model = UnknownWord.objects.expired().delete()
        self.stdout.write(f"{searches} expired searches and {words} unknown words deleted.")
