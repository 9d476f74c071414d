"""How well the search answers what workers type, on the loaded content; the line that nobody lets it fall below."""

import json
from dataclasses import asdict
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from library.models import SearchEntry, Tool
from library.search.evaluation import read_cases
from library.search.meaning import learn
from members.models import User

pytestmark = pytest.mark.django_db
SETS = Path(settings.BASE_DIR) / "tests" / "library" / "search"
UNREAD = sorted(SETS.glob("check*.yaml"))  # nobody looks into these while the search or the library changes
FIRST, IN_FIVE = 0.9, 0.97


def report(path: Path, *arguments: str) -> dict[str, object]:
    said = StringIO()
    call_command("library_eval", str(path), "--json", *arguments, stdout=said)
    return json.loads(said.getvalue())


def test_what_workers_type_is_found(whole_content: None, tmp_path: Path) -> None:
    list(learn(Tool.objects.all()))
    unread = tmp_path / "unread.yaml"
    cases = [case for path in UNREAD for case in read_cases(path)]
    unread.write_text(json.dumps([asdict(case) for case in cases]))

    found = report(unread)

    assert found["n"] == len(cases) > len(UNREAD)
    assert found["hit_at_1"] >= FIRST
    assert found["hit_at_5"] >= IN_FIVE
    assert not User.objects.filter(email__contains="evaluation@").exists()
    assert SearchEntry.objects.count() == Tool.objects.count()


@pytest.mark.parametrize("part", ["meaning", "search-words", "labels", "text"])
def test_each_part_can_be_switched_off(content: None, tmp_path: Path, part: str) -> None:
    cases = tmp_path / "cases.yaml"
    cases.write_text("- {id: a, query: règlement de travail, expect_type: [reglement], expect_theme: rh}")

    assert report(cases, "--without", part)["hit_at_5"] == 1


@pytest.mark.parametrize("text", ["- {id: a}", "cases: 3", "- [", "a: b"])
def test_a_file_that_is_not_in_order_is_said(tmp_path: Path, text: str) -> None:
    cases = tmp_path / "cases.yaml"
    cases.write_text(text)

    with pytest.raises(CommandError):
        report(cases)
