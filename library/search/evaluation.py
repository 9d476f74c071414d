"""How well the search answers a list of cases, through the same code as the page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import yaml

from library.models import Theme, Tool, ToolType
from library.search.engine import Wish, search
from library.search.matching import Reader
from library.search.parts import EVERYTHING, Parts

READ = 5  # results that somebody looks at
LISTS = ("expect_type", "expect_theme")


@dataclass(frozen=True)
class Case:
    """What somebody types, and the types and themes of the tools that serve."""

    id: str
    lang: str
    query: str
    expect_type: list[str]
    expect_theme: list[str]


@dataclass(frozen=True)
class Outcome:
    """What the search answered to a case: the first titles, which of them were right, and how long it took."""

    case: Case
    titles: list[str]
    is_right: list[bool]
    milliseconds: float


def read_cases(path: Path) -> list[Case]:
    """The cases of a YAML file: a list, or a mapping with ``cases``.

    Raises ``ValueError`` with the case and what is wrong with it.
    """
    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise ValueError(f"{path.name} is not YAML: {error}") from error
    rows = rows.get("cases") if isinstance(rows, dict) else rows
    if not isinstance(rows, list):
        raise ValueError(f"{path.name} is not a list of cases.")
    return [_case(row, number) for number, row in enumerate(rows, 1)]


def _case(row: Any, number: int) -> Case:
    known = {name: row[name] for name in Case.__dataclass_fields__ if name in row} if isinstance(row, dict) else {}
    missing = Case.__dataclass_fields__.keys() - known.keys() - {"lang"}
    if missing:
        raise ValueError(f"Case {known.get('id', number)} lacks {', '.join(sorted(missing))}.")
    types, themes = ([known[name]] if isinstance(known[name], str) else list(known[name] or []) for name in LISTS)
    return Case(str(known["id"]), str(known.get("lang", "")), str(known["query"]), types, themes)


def asker(user: Any, parts: Parts = EVERYTHING) -> Callable[[Case], Outcome]:
    """Asks a case as this person would; what the page reads once a request is no part of the time."""
    types, themes = list(ToolType.objects.all()), list(Theme.objects.all())

    def ask(case: Case) -> Outcome:
        start = perf_counter()
        found = search(Reader.of(user), Wish(case.query), types, themes, parts)
        milliseconds = (perf_counter() - start) * 1000
        tools = Tool.objects.select_related("type").prefetch_related("themes").in_bulk(found.tools[:READ])
        first = [tools[key] for key in found.tools[:READ]]
        return Outcome(case, [tool.title for tool in first], [_is_right(tool, case) for tool in first], milliseconds)

    return ask


def _is_right(tool: Any, case: Case) -> bool:
    themes = {theme.slug for theme in tool.themes.all()}
    return tool.type.slug in case.expect_type and not themes.isdisjoint(case.expect_theme)


def evaluate(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Shares of right answers (0 to 1), over all and by language, and the time of 95 in 100 searches."""
    languages = sorted({outcome.case.lang for outcome in outcomes})
    return {
        **_shares(outcomes),
        "p95_ms": round(float(np.percentile([one.milliseconds for one in outcomes], 95)), 2) if outcomes else None,
        "by_lang": {code: _shares([one for one in outcomes if one.case.lang == code]) for code in languages},
        "misses": [
            {"id": one.case.id, "query": one.case.query, "first": one.titles[:1], "is_in_five": any(one.is_right)}
            for one in outcomes
            if not any(one.is_right[:1])
        ],
    }


def _shares(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    number = len(outcomes)
    return {
        "hit_at_1": round(sum(any(one.is_right[:1]) for one in outcomes) / number, 4) if number else None,
        "hit_at_5": round(sum(any(one.is_right) for one in outcomes) / number, 4) if number else None,
        "n": number,
    }
