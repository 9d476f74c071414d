"""Writes the weekly letter about the working groups: run it on Monday morning, some times."""

import logging
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone
from rich.console import Console
from rich.progress import track

from news.digest.writing import monday, people_waiting, write_digests

PEOPLE_AT_ONCE = 250

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Killed in the middle it goes on when it is run again; run again or twice at once, it writes to nobody twice."""

    help = "Writes to each person what is new to them in the working groups, at most once a week and never nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write, some people at a time, and say how many letters there were.

        Raises CommandError after the others where it could not write to some; they wait for the next run.
        """
        week = monday(timezone.localdate())
        waiting = list(people_waiting(week).order_by("pk").values_list("pk", flat=True))
        parts = [waiting[start : start + PEOPLE_AT_ONCE] for start in range(0, len(waiting), PEOPLE_AT_ONCE)]
        console = Console(stderr=True)
        bar = track(parts, description="Digests", console=console, disable=not console.is_terminal)
        written = [_write(people, week) for people in bar]
        self.stdout.write(f"{sum(filter(None, written))} digests written.")
        if None in written:
            raise CommandError("Some digests could not be written; the log says why. Run it again.")


def _write(people: list[int], week: date) -> int | None:
    """Write to some people; None where the database refused, which is logged."""
    try:
        return write_digests(people, week)
    except DatabaseError:
        logger.exception("Digests to %s people could not be written.", len(people))
        return None
