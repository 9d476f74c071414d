"""Fits the weights of the finder's signals on a list of cases."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from members.finder.evaluation import read_cases
from members.finder.fitting import fit, save


class Command(BaseCommand):
    """``manage.py finder_fit FILE.yaml``: run it on the development set after a change of phrases or signals."""

    help = "Fit the weights of the finder's signals on a YAML file of cases, and write members/finder/weights.json."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file."""
        parser.add_argument("file", type=Path, help="the cases of finder_eval, which fits nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, fit, write, and show."""
        try:
            weights = fit(read_cases(options["file"]))
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        save(weights)
        self.stdout.write(str(weights))
