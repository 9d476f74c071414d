"""Keeps the promise of the privacy page: run it every day."""

from typing import Any

from django.core.management.base import BaseCommand

from home.models import ContactMessage


class Command(BaseCommand):
    """Deletes the messages that are older than twelve months."""

    help = "Deletes the messages of the contact form that are older than twelve months."

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete them and say how many there were."""
        number, _by_model = ContactMessage.objects.expired().delete()
        self.stdout.write(f"{number} expired messages deleted.")
