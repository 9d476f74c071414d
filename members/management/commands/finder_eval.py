"""Tells how well the finder answers a list of cases."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from members.finder.evaluation import Outcome, answer, evaluate, misses, read_cases

MEASURES = ("need_top1", "need_top3", "association_top1", "urgent_recall", "offtopic_rejected", "false_rejected", "n")


class Command(BaseCommand):
    """``manage.py finder_eval FILE.yaml [--json]``."""

    help = "Ask the finder every case of a YAML file; print the shares of right answers by language and kind."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and how to print."""
        parser.add_argument("file", type=Path, help="list of {id, lang, query, needs, associations, urgent, kind}")
        parser.add_argument("--json", action="store_true", help="print JSON only")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, ask, print."""
        try:
            cases = read_cases(options["file"])
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        for case in cases[:3]:
            answer(case)  # what is loaded once per process is no part of the times
        outcomes = [answer(case) for case in cases]
        report = evaluate(outcomes)
        self.stdout.write(json.dumps(report, indent=2) if options["json"] else _as_text(report, outcomes))


def _as_text(report: dict[str, Any], outcomes: list[Outcome]) -> str:
    rows = [("all", report), *report["by_lang"].items(), *report["by_kind"].items()]
    lines = ["".join(["".ljust(14), *(measure.rjust(19) for measure in MEASURES)])]
    lines += [name.ljust(14) + "".join(_cell(shares[measure]) for measure in MEASURES) for name, shares in rows]
    for name, what in (("", "needs found"), ("with_answers_", "and who answers them")):
        lines.append(f"{what}: median {report[f'{name}p50_ms']} ms, 95 of 100 within {report[f'{name}p95_ms']} ms")
    lines.append("")
    for language, missed in misses(outcomes).items():
        lines += [f"missed in {language}:", *(f"  {_as_line(outcome)}" for outcome in missed)]
    return "\n".join(lines)


def _cell(share: float | None) -> str:
    return ("-" if share is None else f"{share:g}").rjust(19)


def _as_line(outcome: Outcome) -> str:
    case = outcome.case
    wanted, got = ", ".join(case.needs) or "nothing", ", ".join(outcome.needs) or "nothing"
    late = " [help lines not first]" if case.urgent and not outcome.helplines_first else ""
    return f"{case.id} “{case.query}” wanted {wanted}; got {got}{late}"
