"""Runs what is due by the table in config/periodic.py: run it every five minutes, as otonom-periodic.timer does."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.periodic import run_due


class Command(BaseCommand):
    """Runs every command that is due; one that fails stops no other."""

    help = "Runs the commands that come back and are due: letters that wait, reminders, what is to be deleted."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run them, say each, and fail at the end when one failed."""
        failed = []
        for job, error in run_due():
            self.stdout.write(f"{job.command}: {error or 'done'}")
            if error:
                failed.append(job.command)
        if failed:
            raise CommandError(f"These failed, and are tried again: {', '.join(failed)}.")
