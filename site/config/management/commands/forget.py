"""Keeps the promises of the privacy page: run it every night."""

import logging
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from rich.console import Console
from rich.progress import track

from config.personal_data import RULES
from home.retention import Rule

TURN = 5_310_000_118  # any number; whoever holds this lock of the database forgets

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """``manage.py forget [--dry-run]``: run again it finds nothing; a second run at the same time does nothing."""

    help = "Deletes or erases what was kept as long as the privacy page says: every rule of config/personal_data.py."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Looking changes nothing."""
        parser.add_argument("--dry-run", action="store_true", help="only say how much of each kind is due")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run every rule, also when one fails, and say how much went.

        Raises CommandError at the end where a rule failed; what it left is due the next time.
        """
        with _turn() as is_ours:
            if not is_ours:
                self.stdout.write("Another run is at it.")
                return
            done = [(rule, len(rule.keys()) if options["dry_run"] else _run(rule)) for rule in RULES]
        for rule, number in done:
            self.stdout.write(f"{'failed' if number is None else number:>7}  {rule.what}, {_span(rule)}")
        if failed := [rule.what for rule, number in done if number is None]:
            raise CommandError(f"Not all could be forgotten ({', '.join(failed)}); the log says why. Run it again.")


def _run(rule: Rule) -> int | None:
    """Forget what is due, some at a time; None where that failed, which is logged and stops no other rule."""
    try:
        return sum(rule.forget_some(keys) for keys in _parts(rule))
    except Exception:  # of the database or of the storage, whichever that is
        logger.exception("A rule failed: %s", rule.what)
        return None


def _parts(rule: Rule) -> Any:
    keys = rule.keys()
    parts = [keys[start : start + rule.at_once] for start in range(0, len(keys), rule.at_once)]
    console = Console(stderr=True)
    return track(parts, description=rule.what, console=console, disable=not (console.is_terminal and parts))


def _span(rule: Rule) -> str:
    """How long that is kept, in words."""
    for length, unit in ((86_400, "days"), (3_600, "hours"), (60, "minutes")):
        if number := int(rule.kept_for.total_seconds()) // length:
            return f"kept for {number} {unit}"
    return "kept until the next night"


@contextmanager
def _turn() -> Iterator[bool]:
    """Tell whether nobody else is at it; the lock goes with the connection when this process is killed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [TURN])
        is_ours = bool(cursor.fetchone()[0])
        try:
            yield is_ours
        finally:
            if is_ours:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [TURN])
