"""When each command that comes back began last; config/periodic.py says when it is due again."""

from datetime import datetime

from django.db import models


class PeriodicRunQuerySet(models.QuerySet["PeriodicRun"]):
    """Who runs a command."""

    def claim(self, command: str, due_since: datetime, now: datetime) -> bool:
        """Take a command that did not begin since; of several processes, one gets it."""
        _run, is_new = self.get_or_create(command=command, defaults={"began_at": now})
        return is_new or self.filter(command=command, began_at__lt=due_since).update(began_at=now) == 1


class PeriodicRun(models.Model):
    """The last beginning of one command."""

    command = models.CharField(max_length=200, primary_key=True)
    began_at = models.DateTimeField()

    objects = PeriodicRunQuerySet.as_manager()

    def __str__(self) -> str:
        return self.command
