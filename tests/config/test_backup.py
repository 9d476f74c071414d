"""Backups of a site at work: brought back into an empty place they are what they were; half a set is never one.

Real databases, real age, a writer beside the backup.
"""

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.config.processes import PATIENCE
from tests.own_site import OwnSite

PARTS = ["database.age", "files.age", "manifest.age", "set.json"]
BEFORE = 40  # tools, before the backup begins
ROWS = 'SELECT one::text FROM "{}" AS one'
SMALL = 20_000  # bytes, less than a backup takes


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[OwnSite]:
    """A site with tools, files and a public picture."""
    if not shutil.which("age"):
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("age is not installed")
    made = OwnSite(tmp_path_factory.mktemp("backup") / "site")
    try:
        made.run("prepare")
        made.run(f"write {BEFORE}")
        picture = made.folder / "media" / "original_images" / "été.png"
        picture.parent.mkdir(parents=True)
        picture.write_bytes(os.urandom(70_000))
        yield made
    finally:
        made.end()


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two private keys; only the first opens the backups."""
    return [key_in(tmp_path_factory.mktemp("keys") / f"{number}.txt") for number in range(2)]


def key_in(path: Path) -> Path:
    subprocess.run(["age-keygen", "-o", path], check=True, capture_output=True)
    return path


def recipient(key: Path) -> str:
    return re.search(r"age1\w+", key.read_text())[0]


def back_up(site: OwnSite, target: Path, key: Path) -> str:
    return said(site, f"backup {target} --recipient {recipient(key)}")


def said(site: OwnSite, line: str) -> str:
    """What a command says; its first line is the number of its process."""
    return "".join(site.run(line)[1:])


def only_set(target: Path) -> Path:
    (found,) = target.glob("otonom-*")
    assert sorted(path.name for path in found.iterdir()) == PARTS
    return found


def files_in(site: OwnSite) -> dict[str, str]:
    return {
        str(path.relative_to(site.folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for place in ("media", "private")
        for path in (site.folder / place).rglob("*")
        if path.is_file()
    }


def tables_of(site: OwnSite) -> dict[str, list[Any]]:
    names = [row[0] for row in site.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    return {name: sorted(row[0] for row in site.rows(ROWS.format(name))) for name in names}


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[OwnSite]:
    """A site with an empty database and no files."""
    made = OwnSite(tmp_path / "empty", tables=False)
    try:
        yield made
    finally:
        made.end()


def test_a_quiet_site_comes_back_row_by_row_and_byte_by_byte(
    site: OwnSite, empty: OwnSite, keys: list[Path], tmp_path: Path
) -> None:
    assert "read back" in back_up(site, tmp_path / "sets", keys[0])
    kept = only_set(tmp_path / "sets")
    answer = said(empty, f"restore {kept} --identity {keys[0]}")
    again = said(empty, f"restore {kept} --identity {keys[0]}")

    assert "all compared" in answer
    assert tables_of(empty) == tables_of(site)
    assert len(tables_of(empty)["library_storedfile"]) >= BEFORE / 2
    assert files_in(empty) == files_in(site)
    assert "media/original_images/été.png" in files_in(empty)
    assert re.match("refused: The database “otonom” is not empty", again)
    assert not list(site.folder.rglob(".backup"))


def test_files_that_come_and_go_meanwhile_leave_a_set_of_one_moment(
    site: OwnSite, empty: OwnSite, keys: list[Path], tmp_path: Path
) -> None:
    before = {row[0] for row in site.rows("SELECT slug FROM library_tool")}
    target, key = tmp_path / "sets", keys[0]
    writer = site.ask("write 100000")
    written_at_first = len(before)
    try:
        until = time.monotonic() + PATIENCE
        while count(site) <= written_at_first:
            assert time.monotonic() < until
            time.sleep(0.02)
        done = site.command("backup", str(target), "--recipient", recipient(key))
    finally:
        os.killpg(int(writer), signal.SIGKILL)
        while site.launcher.stdout.readline() not in ("done\n", ""):
            pass
    assert "read back" in done.stdout, done.stderr
    assert "is not there" not in done.stderr
    assert count(site) > written_at_first + 1, "nobody wrote while the backup ran"

    answer = said(empty, f"restore {only_set(target)} --identity {key}")
    assert "all compared" in answer
    assert before <= {row[0] for row in empty.rows("SELECT slug FROM library_tool")}, "what was there is lost"
    there = {name.removeprefix("private/"): checksum for name, checksum in files_in(empty).items()}
    named = dict(empty.rows("SELECT file, checksum FROM library_storedfile"))
    assert named.items() <= there.items(), "a file that the database names is not in the set"


def count(site: OwnSite) -> int:
    return int(site.rows("SELECT count(*) FROM library_tool")[0][0])


@pytest.fixture(scope="module")
def kept(site: OwnSite, keys: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("sets")
    back_up(site, target, keys[0])
    return only_set(target)


def check(site: OwnSite, kept: Path, key: Path) -> str:
    return said(site, f"restore {kept} --identity {key} --check")


def test_a_whole_set_is_found_whole_and_a_wrong_key_is_said(site: OwnSite, kept: Path, keys: list[Path]) -> None:
    assert "can be restored" in check(site, kept, keys[0])
    assert "refused: This key does not open manifest.age" in check(site, kept, keys[1])
    assert "refused: There is no key at" in check(site, kept, kept / "nowhere")


@pytest.mark.parametrize("name", PARTS[:3])
def test_a_flipped_byte_and_a_lost_end_are_found(
    site: OwnSite, kept: Path, keys: list[Path], tmp_path: Path, name: str
) -> None:
    damaged = shutil.copytree(kept, tmp_path / kept.name)
    content = bytearray((kept / name).read_bytes())
    content[len(content) // 2] ^= 1
    (damaged / name).write_bytes(content)
    assert f"{name} is damaged" in check(site, damaged, keys[0])
    (damaged / name).write_bytes(content[:-100])
    assert f"{name} is not whole" in check(site, damaged, keys[0])
    (damaged / name).unlink()
    assert f"{name} is missing" in check(site, damaged, keys[0])


@pytest.mark.parametrize("name", PARTS[:3])
def test_a_damage_that_somebody_covered_up_is_found_by_the_encryption(
    site: OwnSite, kept: Path, keys: list[Path], tmp_path: Path, name: str
) -> None:
    damaged = shutil.copytree(kept, tmp_path / kept.name)
    content = bytearray((kept / name).read_bytes())
    content[-1] ^= 1
    (damaged / name).write_bytes(content)
    summary = json.loads((damaged / "set.json").read_text())
    summary["parts"][name] = [len(content), hashlib.sha256(content).hexdigest()]
    (damaged / "set.json").write_text(json.dumps(summary))
    assert f"{name} cannot be decrypted" in check(site, damaged, keys[0])


def test_a_full_disk_leaves_the_old_sets_and_no_half_one(site: OwnSite, keys: list[Path], tmp_path: Path) -> None:
    old = [old_set(tmp_path, f"otonom-20{year}0101T000000Z") for year in range(10, 30)]
    process = psutil.Process(site.launcher.pid)
    usual = process.rlimit(psutil.RLIMIT_FSIZE)
    process.rlimit(psutil.RLIMIT_FSIZE, (SMALL, usual[1]))
    try:
        answer = back_up(site, tmp_path, keys[0])
    finally:
        process.rlimit(psutil.RLIMIT_FSIZE, usual)
    assert "refused: There is no room for the backup" in answer
    assert sorted(path for path in tmp_path.iterdir() if path.is_dir()) == old


def test_a_killed_backup_leaves_the_old_sets_and_the_next_one_tidies_up(
    site: OwnSite, keys: list[Path], tmp_path: Path
) -> None:
    old = old_set(tmp_path, "otonom-20200101T000000Z")
    process = int(site.ask(f"backup {tmp_path} --recipient {recipient(keys[0])}"))
    until = time.monotonic() + PATIENCE
    while not list(tmp_path.glob(".otonom-*.part/files.age")):
        assert time.monotonic() < until
        time.sleep(0.001)
    os.kill(process, signal.SIGKILL)
    while site.launcher.stdout.readline() not in ("done\n", ""):
        pass
    left = [path for path in tmp_path.iterdir() if path.is_dir()]
    assert old in left
    assert [path.name for path in left if path != old and not path.name.endswith(".part")] == []
    assert len(left) == 2, "it was whole before it was killed"

    assert "read back" in back_up(site, tmp_path, keys[0])
    assert len([path for path in tmp_path.iterdir() if path.is_dir()]) == 2
    assert not list(site.folder.rglob(".backup"))


def old_set(target: Path, name: str) -> Path:
    folder = target / name
    folder.mkdir()
    (folder / "set.json").write_text("{}")
    return folder


@pytest.mark.parametrize(
    ("given", "words"),
    [("AGE-SECRET-KEY-1QQQ", "is no public key of age"), (f"age1{'q' * 58}", "age does not encrypt")],
)
def test_a_key_that_is_none_is_said_and_never_repeated(site: OwnSite, tmp_path: Path, given: str, words: str) -> None:
    answer = said(site, f"backup {tmp_path} --recipient {given}")
    assert words in answer
    assert "SECRET-KEY" not in answer
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == []
