"""Takes up letters that wait because the mail server was away or a worker was killed: run it every five minutes."""

from typing import Any

from django.core.management.base import BaseCommand

from members.models import OutgoingMail
from members.outbox import flag_interrupted
from members.tasks import ask_worker


class Command(BaseCommand):
    """Asks the worker for what is due, and shows what was interrupted; run at any time, no letter goes twice."""

    help = "Has the letters sent that are due, and marks those whose sending was interrupted."

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask, and say how many there were."""
        interrupted, due = flag_interrupted(), OutgoingMail.objects.due().count()
        ask_worker(due)
        self.stdout.write(f"{due} letters are due, {interrupted} were interrupted.")
