"""What comes back: every command that must run again and again, and when; ``manage.py periodic`` runs what is due.

A timer calls it every five minutes. When a command began last is kept in the database: what was due while the server
was down is made up for once, and of two servers one does it.
"""

import logging
import zoneinfo
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from cronsim import CronSim
from django.core.management import call_command
from django.db import close_old_connections
from django.utils import timezone

from home.models import PeriodicRun

logger = logging.getLogger(__name__)
BRUSSELS = zoneinfo.ZoneInfo("Europe/Brussels")


@dataclass(frozen=True)
class Job:
    """A command with its arguments, and its times as crontab writes them: minute, hour, day, month, weekday."""

    times: str
    command: str

    def due_since(self, now: datetime) -> datetime:
        """The last time it should have begun."""
        local = now.astimezone(BRUSSELS).replace(second=0, microsecond=0) + timedelta(minutes=1)
        return next(CronSim(self.times, local, reverse=True))

    def run(self) -> None:
        """Run it to its end; what it says goes to the journal."""
        name, *arguments = self.command.split()
        call_command(name, *arguments)


JOBS = [
    Job("*/5 * * * *", "letters_resume"),  # letters that waited for the mail server
    Job("*/10 * * * *", "publish_scheduled"),  # what was written to appear later
    Job("*/10 * * * *", "library_examine"),  # files that a killed worker or an absent scanner left
    Job("40 * * * *", "pictures_draw"),  # pictures that a killed worker left, or that a new version shows otherwise
    Job("5 7-20 * * *", "meeting_reminders"),  # meetings of tomorrow; nobody twice
    Job("0 6-10 * * 1", "news_digest"),  # the week of the working groups; nobody twice
    Job("10 6 * * *", "library_reviews"),  # is this tool still right?
    Job("15 6 * * *", "directory_reviews"),  # is your entry still right? twice a year
    Job("20 6 * * *", "library_notices"),  # new matches of saved searches
    Job("20 3 * * *", "forget"),  # what was kept as long as the privacy page says
]


def run_due(now: datetime | None = None) -> Iterator[tuple[Job, Exception | None]]:
    """Run what is due, one after the other, and say what came of each.

    What fails stops no other, and is tried again the next time.
    """
    now = now or timezone.now()
    for job in JOBS:
        close_old_connections()  # the one before may have taken long, or lost the database
        before = PeriodicRun.objects.filter(command=job.command).first()
        if PeriodicRun.objects.claim(job.command, job.due_since(now), now):
            yield job, _try(job, before)


def _try(job: Job, before: PeriodicRun | None) -> Exception | None:
    """Run it; one that fails counts as not begun."""
    try:
        job.run()
    except Exception as error:
        logger.exception("%s failed.", job.command)
        close_old_connections()
        if before is None:
            PeriodicRun.objects.filter(command=job.command).delete()
        else:
            before.save()
        return error
    return None
