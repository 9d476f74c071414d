"""Asks whoever looks after a tool whether it is still right: run it every day."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from library.models import Tool
from library.trust.reviews import ask_for_review


class Command(BaseCommand):
    """Writes one letter for each tool that is past its review date."""

    help = "Writes one letter for each tool past its review date to its contact, else the delegates, else the editors."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write them and say how many."""
        written = [ask_for_review(tool=tool) for tool in Tool.objects.due_for_review(timezone.localdate()).not_asked()]
        self.stdout.write(
            f"{sum(1 for recipients in written if recipients)} tools are past their review: letters sent."
        )
