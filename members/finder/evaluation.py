"""How well the finder answers a list of cases, through the same code as the page."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import yaml

from members.answers import Wish
from members.finder.result import FinderResult
from members.finder.search import search

OFF_TOPIC = "offtopic"
TEXTS = ("id", "lang", "query", "kind")


@dataclass(frozen=True)
class Case:
    """What somebody types, and which answers a sensible social worker accepts."""

    id: str
    lang: str
    query: str
    needs: list[str] = field(default_factory=list)
    associations: list[str] = field(default_factory=list)
    urgent: bool = False
    kind: str = ""


@dataclass(frozen=True)
class Outcome:
    """What the finder answered to a case, and how long that took."""

    case: Case
    needs: list[str]
    association: str
    helplines_first: bool
    milliseconds: float  # to find the needs, in the memory of the process
    milliseconds_with_answers: float  # and to read from the database who answers them

    @property
    def is_off_topic(self) -> bool:
        """Nothing should be found."""
        return self.case.kind == OFF_TOPIC

    @property
    def is_found(self) -> bool:
        """The first need is one that was expected; off topic, nothing was found."""
        return not self.needs if self.is_off_topic else self.needs[:1] != [] and self.needs[0] in self.case.needs


def read_cases(path: Path) -> list[Case]:
    """The cases of a YAML file.

    Raises ``ValueError`` with the case and what is wrong with it.
    """
    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise ValueError(f"{path.name} is not YAML: {error}") from error
    if not isinstance(rows, list):
        raise ValueError(f"{path.name} is not a list of cases.")
    return [_case(row, number) for number, row in enumerate(rows, 1)]


def _case(row: Any, number: int) -> Case:
    known = {name: row[name] for name in Case.__dataclass_fields__ if name in row} if isinstance(row, dict) else {}
    missing = {"id", "lang", "query"} - known.keys()
    if missing:
        raise ValueError(f"Case {known.get('id', number)} lacks {', '.join(sorted(missing))}.")
    lists = {name: list(known[name] or []) for name in ("needs", "associations") if name in known}
    texts = {name: "" if known[name] is None else str(known[name]) for name in TEXTS if name in known}
    return Case(**(known | lists | texts))


def answer(case: Case) -> Outcome:
    """Ask the finder, as the page does."""
    start = perf_counter()
    found = search(case.query)
    milliseconds = (perf_counter() - start) * 1000
    result = FinderResult.of(found, Wish(found.communes))
    return Outcome(
        case=case,
        needs=[matched.need.slug_fr for matched in result.needs],
        association=next((slug for matched in result.needs for slug in matched.associations), ""),
        helplines_first=bool(result.urgent and result.urgent.helplines),
        milliseconds=milliseconds,
        milliseconds_with_answers=(perf_counter() - start) * 1000,
    )


def evaluate(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Shares of right answers (0 to 1, None where no case asks), and times in milliseconds."""
    languages = sorted({outcome.case.lang for outcome in outcomes})
    return {
        **_shares(outcomes),
        **_times("", [outcome.milliseconds for outcome in outcomes]),
        **_times("with_answers_", [outcome.milliseconds_with_answers for outcome in outcomes]),
        "by_lang": {code: _shares([one for one in outcomes if one.case.lang == code]) for code in languages},
        "by_kind": {
            kind: _shares([one for one in outcomes if one.case.kind == kind])
            for kind in sorted({outcome.case.kind for outcome in outcomes})
        },
        "n": len(outcomes),
    }


def _times(name: str, times: Sequence[float]) -> dict[str, float | None]:
    """The median and the 95th percentile."""
    return {f"{name}p{part}_ms": round(float(np.percentile(times, part)), 2) if times else None for part in (50, 95)}


def _shares(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    asked = [one for one in outcomes if not one.is_off_topic]
    with_association = [one for one in asked if one.case.associations]
    return {
        "need_top1": _share(asked, lambda one: one.is_found),
        "need_top3": _share(asked, lambda one: not set(one.case.needs).isdisjoint(one.needs)),
        "association_top1": _share(with_association, lambda one: one.association in one.case.associations),
        "urgent_recall": _share([one for one in outcomes if one.case.urgent], lambda one: one.helplines_first),
        "urgent_false": _share([one for one in asked if not one.case.urgent], lambda one: one.helplines_first),
        "offtopic_rejected": _share([one for one in outcomes if one.is_off_topic], lambda one: not one.needs),
        "false_rejected": _share(asked, lambda one: not one.needs),
        "n": len(outcomes),
    }


def _share(outcomes: Iterable[Outcome], is_right: Callable[[Outcome], bool]) -> float | None:
    answers = [is_right(outcome) for outcome in outcomes]
    return round(sum(answers) / len(answers), 4) if answers else None


def misses(outcomes: Iterable[Outcome]) -> dict[str, list[Outcome]]:
    """What went wrong, by language."""
    found: defaultdict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        if not outcome.is_found or (outcome.case.urgent and not outcome.helplines_first):
            found[outcome.case.lang].append(outcome)
    return found
