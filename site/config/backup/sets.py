"""The folder in which sets lie: which are whole, which is being made, and which may go."""

import fcntl
import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from config.refusal import Refusal

PARTS = ("database.age", "files.age", "manifest.age")
SUMMARY = "set.json"
NAME = re.compile(r"otonom-(\d{8}T\d{6}Z)")
TIME = "%Y%m%dT%H%M%SZ"
UNFINISHED, GOING = ".part", ".going"
DAYS, WEEKS, MONTHS = 7, 5, 12  # of each, the last set is kept; days without a set do not count


@dataclass(frozen=True, order=True)
class BackupSet:
    """A whole set, by the moment at which it was made (UTC)."""

    made_at: datetime
    path: Path


def name_for(moment: datetime) -> str:
    """How a set of this moment is called."""
    return f"otonom-{moment.astimezone(UTC).strftime(TIME)}"


def sets_in(target: Path) -> list[BackupSet]:
    """The whole sets, oldest first."""
    found = [(NAME.fullmatch(path.name), path) for path in target.iterdir()]
    made = (
        (datetime.strptime(match[1], TIME).replace(tzinfo=UTC), path) for match, path in found if match is not None
    )
    return sorted(BackupSet(*one) for one in made if (one[1] / SUMMARY).exists())


@contextmanager
def one_at_a_time(target: Path) -> Iterator[None]:
    """Keep a second backup away from this place, and remove what one that was killed left."""
    try:
        target.mkdir(parents=True, exist_ok=True)
        lock = (target / ".lock").open("a")
    except OSError as error:
        raise Refusal(f"Nothing can be written to {target}: {error.strerror}.") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refusal(f"A backup to {target} is already running.") from error
        for path in target.iterdir():
            if path.name.endswith((UNFINISHED, GOING)):
                shutil.rmtree(path)
        yield


def write_summary(folder: Path, parts: dict[str, tuple[int, str]]) -> None:
    """Say of what the set consists; it comes last."""
    summary = {"made_by": "Alliance Otonom, manage.py backup", "parts": parts}
    with (folder / SUMMARY).open("w") as file:
        json.dump(summary, file, indent=1)
        file.flush()
        os.fsync(file.fileno())


def verify(folder: Path) -> None:
    """Read the encrypted files from the disk; raise Refusal unless they are what was written."""
    try:
        parts = json.loads((folder / SUMMARY).read_text())["parts"]
    except FileNotFoundError as error:
        raise Refusal(f"{folder} is no whole set: it has no {SUMMARY}.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise Refusal(f"{folder / SUMMARY} is damaged.") from error
    for name in PARTS:
        if name not in parts or not (folder / name).exists():
            raise Refusal(f"{folder} is no whole set: {name} is missing.")
        size, checksum = parts[name]
        there = (folder / name).stat().st_size
        if there != size:
            raise Refusal(f"{folder / name} is not whole: {there} bytes of {size}.")
        if checksum_of(folder / name) != checksum:
            raise Refusal(f"{folder / name} is damaged: it is not what was written.")


def checksum_of(path: Path) -> str:
    """The SHA-256 of what lies on the disk, not of what the system still remembers of it."""
    with path.open("rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return hashlib.file_digest(file, "sha256").hexdigest()


def finish(part: Path, folder: Path) -> None:
    """Give a set its name, for good."""
    part.rename(folder)
    directory = os.open(folder.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def to_keep(found: list[BackupSet]) -> set[BackupSet]:
    """The last set of each of the last 7 days, 5 weeks and 12 months that have one."""
    kept: set[BackupSet] = set()
    rules: list[tuple[int, Callable[[datetime], object]]] = [
        (DAYS, lambda made: made.date()),
        (WEEKS, lambda made: made.isocalendar()[:2]),
        (MONTHS, lambda made: (made.year, made.month)),
    ]
    for number, period in rules:
        last = {period(one.made_at): one for one in sorted(found)}
        kept |= set(sorted(last.values())[-number:])
    return kept


def prune(target: Path) -> list[Path]:
    """Remove the sets that need not be kept; each is renamed first, so that none is ever half there."""
    found = sets_in(target)
    gone = sorted(set(found) - to_keep(found))
    for one in gone:
        going = one.path.with_name(f".{one.path.name}{GOING}")
        one.path.rename(going)
        shutil.rmtree(going)
    return [one.path for one in gone]
