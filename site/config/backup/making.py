"""Makes a set: the database in one snapshot, every file, and what both are to be compared with."""

import errno
import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.progress import Progress

from config.backup import archive, programs, sets
from config.backup.encryption import Encrypting
from config.backup.places import Place, label_of, places
from config.backup.snapshot import Tables, checksums, named_files, snapshot, table_names
from config.refusal import Refusal

TRIES = 3  # until a snapshot names no file that somebody deletes at that very moment
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass
class Made:
    """What the command tells."""

    folder: Path
    rows: int
    files: int
    size: int
    missing: list[str]
    pruned: list[Path]


def make(target: Path, recipients: Sequence[str], progress: Progress) -> Made:
    """Make a whole set and prune the old ones, or leave everything as it was and raise Refusal."""
    with sets.one_at_a_time(target), _explained(target):
        moment = datetime.now(UTC)
        folder = target / sets.name_for(moment)
        part = target / f".{folder.name}{sets.UNFINISHED}"
        part.mkdir(mode=0o700)
        try:
            tables, files, missing = _fill(part, recipients, progress)
            sets.verify(part)
            sets.finish(part, folder)
        finally:
            shutil.rmtree(part, ignore_errors=True)
        size = sum(path.stat().st_size for path in folder.iterdir())
        rows = sum(count for count, _checksum in tables.values())
        return Made(folder, rows, len(files), size, missing, sets.prune(target))


@contextmanager
def _explained(target: Path) -> Iterator[None]:
    """Turn what the file system refuses into one sentence."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise Refusal(f"There is no room for the backup in {target}; the sets that lie there are kept.") from error
        raise Refusal(f"The backup to {target} failed: {error.strerror or error}.") from error


def _fill(part: Path, recipients: Sequence[str], progress: Progress) -> tuple[Tables, archive.Files, list[str]]:
    held = places()
    with ExitStack() as stack:
        for place in held:
            stack.callback(place.let_go)
        with ExitStack() as seeing:
            name, named = _one_moment(held, seeing)
            tables = _tables(progress)
            written = [_database(part / "database.age", name, recipients, progress)]
        file, files = _files(part / "files.age", held, recipients, progress)
    missing = sorted(named - files.keys())
    manifest = {"tables": tables, "files": files, "missing": missing}
    with Encrypting(part / "manifest.age", recipients) as kept:
        kept.write(json.dumps(manifest).encode())
    sets.write_summary(part, {one.path.name: (one.size, one.checksum) for one in (*written, file, kept)})
    return tables, files, missing


def _one_moment(held: list[Place], seeing: ExitStack) -> tuple[str, set[str]]:
    """A snapshot, and every file held that it names; gives its name and theirs."""
    for last in (False,) * (TRIES - 1) + (True,):
        trying = ExitStack()
        with trying:
            name = trying.enter_context(snapshot())
            named = {f"{label_of(storage)}/{file}" for storage, file in named_files()}
            for place in held:
                place.hold()
            there = {f"{place.label}/{file}" for place in held for file in place.names}
            if last or named <= there:
                seeing.push(trying.pop_all())
                return name, named
    raise AssertionError("unreachable")


def _tables(progress: Progress) -> Tables:
    bar = progress.add_task("Checksums of the tables", total=len(table_names()))
    found: Tables = {}
    for name, said in checksums():
        found[name] = said
        progress.advance(bar)
    return found


def _database(path: Path, snapshot: str, recipients: Sequence[str], progress: Progress) -> Encrypting:
    """The dump, read by ``pg_restore`` while it passes."""
    bar = progress.add_task("Database", total=None)
    reader, dump = programs.Reader(into_database=False), programs.dump(snapshot)
    try:
        with Encrypting(path, recipients) as file:
            for data in programs.pieces(dump.stdout):
                archive.Both(file, reader).write(data)
                progress.advance(bar, len(data))
            said = programs.end_of(dump)
            if dump.returncode:
                raise Refusal(f"pg_dump does not dump the database: {said}.")
            reader.finish()
    except BaseException:
        dump.kill()
        programs.end_of(dump)
        reader.abandon()
        raise
    progress.update(bar, total=1, completed=1)
    return file


def _files(
    path: Path, held: list[Place], recipients: Sequence[str], progress: Progress
) -> tuple[Encrypting, archive.Files]:
    """The tar of all files, unpacked while it passes."""
    bar = progress.add_task("Files", total=sum(place.size(name) for place in held for name in place.names))
    verifier = archive.Verifier()
    try:
        with Encrypting(path, recipients) as file:
            files = archive.write(archive.Both(file, verifier), held, lambda number: progress.advance(bar, number))
            verifier.finish(files)
    except BaseException:
        verifier.abandon()
        raise
    return file, files
