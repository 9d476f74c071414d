"""Reminds those who come to a meeting tomorrow: run it every hour of the day."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from news.meetings.reminders import remind
from news.models import Attendance


class Command(BaseCommand):
    """Writes one letter to each person who comes to a meeting of tomorrow; run again, it writes none twice."""

    help = "Writes once to those who said that they come to a meeting that begins tomorrow."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write them and say how many."""
        today = timezone.localdate()
        waiting = Attendance.objects.to_remind(today).order_by("meeting__starts_at", "pk")
        number = sum(remind(attendance=attendance, today=today) for attendance in waiting)
        self.stdout.write(f"{number} reminders of meetings sent.")
