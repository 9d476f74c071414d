"""The catalogues are compiled when they changed, and a fault in one is named."""

import os
from pathlib import Path

import pytest

from config.catalogues import compile_stale
from config.extraction import Catalogue

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
DONE = HEADER + 'msgid "Charter"\nmsgstr "Charte"\n'


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    path = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(DONE)
    return path


def test_a_catalogue_is_compiled_once_and_again_after_a_change(catalogue: Path) -> None:
    folder = catalogue.parents[2]
    assert compile_stale(folder) == [catalogue]
    assert compile_stale(folder) == []
    later = catalogue.stat().st_mtime + 60
    os.utime(catalogue, (later, later))
    assert compile_stale(folder) == [catalogue]
    assert [path.name for path in catalogue.parent.iterdir() if path.suffix == ".new"] == []


@pytest.mark.parametrize(
    ("current", "fault"),
    [
        (DONE, None),
        (HEADER, "fr: not in the catalogue: Charter"),
        (DONE + '\nmsgid "Old"\nmsgstr "Vieux"\n', "fr: no longer in the code: Old"),
        (DONE.replace('"Charte"', '""'), "fr: not translated: Charter"),
        (DONE.replace('msgid "Charter"', '#, fuzzy\nmsgid "Charter"'), "fr: fuzzy: Charter"),
    ],
)
def test_a_fault_is_named(catalogue: Path, tmp_path: Path, current: str, fault: str | None) -> None:
    fresh = tmp_path / "fresh.po"
    fresh.write_text(DONE)
    catalogue.write_text(current)
    faults = Catalogue(catalogue, fresh).faults()
    assert faults == ([fault] if fault else [])
