"""Static files of old versions go, those that a version or a kept page may still ask for stay."""

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

DAY = 24 * 3600


@pytest.fixture
def root(tmp_path: Path, settings: Any) -> Path:
    settings.STATIC_ROOT = tmp_path / "static"
    return tmp_path / "static"


def lay(root: Path, name: str, days: int) -> Path:
    """A file that was in use so many days ago."""
    file = root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("x")
    os.utime(file, (time.time() - days * DAY,) * 2)
    return file


def manifest(folder: Path, *names: str) -> str:
    folder.mkdir()
    (folder / "staticfiles.json").write_text(json.dumps({"paths": {name: name for name in names}}))
    return str(folder / "staticfiles.json")


def test_only_what_no_version_has_named_for_a_month_goes(root: Path, tmp_path: Path) -> None:
    used = lay(root, "css/site.aaaaaaaaaaaa.css", 90)
    used_compressed = lay(root, "css/site.aaaaaaaaaaaa.css.br", 90)
    before = lay(root, "css/site.bbbbbbbbbbbb.css", 90)
    recent = lay(root, "css/site.cccccccccccc.css", 20)
    old = [lay(root, f"css/site.dddddddddddd.css{suffix}", 40) for suffix in ("", ".br", ".gz")]
    plain = lay(root, "css/site.css", 90)

    call_command(
        "static_tidy",
        manifest(tmp_path / "new", "css/site.aaaaaaaaaaaa.css"),
        manifest(tmp_path / "old", "css/site.bbbbbbbbbbbb.css"),
    )

    assert [file for file in (used, used_compressed, before, recent, plain) if not file.exists()] == []
    assert [file for file in old if file.exists()] == []


def test_what_a_version_named_lately_stays_for_a_month(root: Path, tmp_path: Path) -> None:
    file = lay(root, "js/site.aaaaaaaaaaaa.js", 90)
    with_it = manifest(tmp_path / "with", "js/site.aaaaaaaaaaaa.js")
    without = manifest(tmp_path / "without", "js/site.bbbbbbbbbbbb.js")

    call_command("static_tidy", with_it)
    call_command("static_tidy", without)
    assert file.exists()
    os.utime(file, (time.time() - 31 * DAY,) * 2)
    call_command("static_tidy", without)
    assert not file.exists()
