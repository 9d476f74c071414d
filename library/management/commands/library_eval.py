"""Tells how well the library's search answers a list of cases."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from library.search.evaluation import Case, Outcome, asker, evaluate, read_cases
from library.search.parts import Parts
from members.models import Association, User

PARTS = ("meaning", "search-words", "labels", "text")


class Command(BaseCommand):
    """``manage.py library_eval FILE.yaml [--json] [--without PART]``."""

    help = "Ask the library every case of a YAML file as an ordinary member; print the shares of right answers."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, what to leave out, and how to print."""
        parser.add_argument("file", type=Path, help="list of {id, lang, query, expect_type, expect_theme}")
        parser.add_argument("--json", action="store_true", help="print JSON only")
        parser.add_argument("--without", action="append", choices=PARTS, default=[], help="switch a part off")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, ask, print."""
        try:
            cases = read_cases(options["file"])
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        parts = Parts(**{part.replace("-", "_"): False for part in options["without"]})
        report = evaluate(_ask(cases, parts))
        self.stdout.write(json.dumps(report, indent=2, ensure_ascii=False) if options["json"] else _as_text(report))


def _ask(cases: list[Case], parts: Parts) -> list[Outcome]:
    """As a member of the first association who is in no group, and who is there for the time of the question only."""
    with transaction.atomic():
        member = User.objects.create(email="evaluation@otonom.invalid", association=Association.objects.first())
        ask = asker(member, parts)
        for case in cases[:3]:
            ask(case)  # what is loaded once per process is no part of the times
        outcomes = [ask(case) for case in cases]
        transaction.set_rollback(True)
    return outcomes


def _as_text(report: dict[str, Any]) -> str:
    lines = [
        f"{name:4} hit_at_1 {shares['hit_at_1']}  hit_at_5 {shares['hit_at_5']}  n {shares['n']}"
        for name, shares in (("all", report), *report["by_lang"].items())
    ]
    lines.append(f"p95_ms {report['p95_ms']}")
    lines += [
        f"missed {miss['id']} “{miss['query']}”{'' if miss['is_in_five'] else ' (not in five)'}:"
        f" first {miss['first'][0] if miss['first'] else 'nothing'}"
        for miss in report["misses"]
    ]
    return "\n".join(lines)
