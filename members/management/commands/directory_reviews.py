"""Asks people whether their entry in the directory is still right: run it every day."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from members.directory.reviews import ask_for_review
from members.models import User


class Command(BaseCommand):
    """Writes to each person who did not confirm their entry for half a year."""

    help = "Writes to everybody in the directory who neither confirmed their entry nor was asked for half a year."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the letters, and say how many there were."""
        due = User.objects.due_for_directory_review(timezone.localdate())
        written = sum(ask_for_review(person=person) for person in due)
        self.stdout.write(f"{written} people are asked whether their entry is still right.")
