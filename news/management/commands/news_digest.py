"""Writes the weekly letter about the working groups: run it on Monday morning."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from rich.console import Console
from rich.progress import track

from news.digest.writing import monday, people_waiting, write_digests

PEOPLE_AT_ONCE = 250


class Command(BaseCommand):
    """Killed in the middle it goes on when it is run again; run again or twice at once, it writes to nobody twice."""

    help = "Writes to each person what is new to them in the working groups, at most once a week and never nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write, some people at a time, and say how many letters there were."""
        week = monday(timezone.localdate())
        waiting = list(people_waiting(week).order_by("pk").values_list("pk", flat=True))
        parts = [waiting[start : start + PEOPLE_AT_ONCE] for start in range(0, len(waiting), PEOPLE_AT_ONCE)]
        console = Console(stderr=True)
        bar = track(parts, description="Digests", console=console, disable=not console.is_terminal)
        number = sum(write_digests(people, week) for people in bar)
        self.stdout.write(f"{number} digests written.")
