"""Puts a set back into an empty place, or only reads it: nothing is believed that was not compared."""

import json
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from rich.progress import Progress

from config.backup import archive, programs, sets
from config.backup.encryption import decrypted
from config.backup.places import Place, places
from config.backup.snapshot import checksums
from config.refusal import Refusal


@dataclass(frozen=True)
class Manifest:
    """What a set holds, as it was noted when it was made."""

    tables: dict[str, tuple[int, str]]
    files: archive.Files
    missing: list[str]

    @property
    def rows(self) -> int:
        """Of all tables."""
        return sum(count for count, _checksum in self.tables.values())


def check(folder: Path, identity: Path, progress: Progress) -> Manifest:
    """Read a set to its last byte, as a restore would; raises Refusal."""
    with _explained(folder):
        manifest = _manifest(folder, identity)
        _read_dump(folder, identity, progress, into_database=False)
        _read_files(folder, identity, manifest, progress)
    return manifest


def restore(folder: Path, identity: Path, progress: Progress) -> Manifest:
    """Fill an empty database and empty folders; raises Refusal, before anything changed where that is possible.

    The files come into a folder beside their place and are compared there, then the database is filled in one
    transaction, then the files are moved: what fails before the last step leaves the place empty.
    """
    here = places()
    _refuse_unless_empty(here)
    with _explained(folder), ExitStack() as stack:
        manifest = _manifest(folder, identity)
        staged = {place.label: place.staging() for place in here}
        for path in staged.values():
            stack.callback(shutil.rmtree, path, ignore_errors=True)
        _read_files(folder, identity, manifest, progress, staged)
        _read_dump(folder, identity, progress, into_database=True)
        for place in here:
            place.take(staged[place.label])
    _compare(manifest, here, progress)
    return manifest


def waiting_letters() -> int:
    """Letters that waited when the set was made; some may have been sent since."""
    return int(apps.get_model("members", "OutgoingMail").objects.count())


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    try:
        yield
    except (tarfile.TarError, BrokenPipeError) as error:
        raise Refusal(f"{folder} cannot be read to its end: {error}.") from error
    except OSError as error:
        raise Refusal(f"{error.filename or folder}: {error.strerror or error}.") from error


def _refuse_unless_empty(here: list[Place]) -> None:
    with connection.cursor() as cursor:
        if connection.introspection.table_names(cursor):
            name = connection.settings_dict["NAME"]
            raise Refusal(f"The database “{name}” is not empty: a backup is restored into an empty one only.")
    for place in here:
        if not place.is_empty():
            where = getattr(place.storage, "location", place.label)
            raise Refusal(f"There are files in {where}: a backup is restored into an empty place only.")


def _manifest(folder: Path, identity: Path) -> Manifest:
    if not identity.is_file():
        raise Refusal(f"There is no key at {identity}.")
    sets.verify(folder)
    with decrypted(folder / "manifest.age", identity) as stream:
        said: dict[str, Any] = json.loads(stream.read())
    pairs = {kind: {name: (one, two) for name, (one, two) in said[kind].items()} for kind in ("tables", "files")}
    return Manifest(pairs["tables"], pairs["files"], said["missing"])


def _read_dump(folder: Path, identity: Path, progress: Progress, *, into_database: bool) -> None:
    bar = progress.add_task("Database", total=None)
    reader = programs.Reader(into_database=into_database)
    try:
        with decrypted(folder / "database.age", identity) as stream:
            for data in programs.pieces(stream):
                reader.write(data)
                progress.advance(bar, len(data))
        reader.finish()
    except BaseException:
        reader.abandon()
        raise
    progress.update(bar, total=1, completed=1)


def _read_files(
    folder: Path, identity: Path, manifest: Manifest, progress: Progress, into: dict[str, Path] | None = None
) -> None:
    bar = progress.add_task("Files", total=sum(size for size, _checksum in manifest.files.values()))
    with decrypted(folder / "files.age", identity) as stream:
        found = dict(archive.entries(stream, into, lambda number: progress.advance(bar, number)))
    _same("files", manifest.files, found)


def _compare(manifest: Manifest, here: list[Place], progress: Progress) -> None:
    """Read everything again where it is now."""
    bar = progress.add_task("Comparing", total=len(manifest.tables) + len(manifest.files))
    with transaction.atomic():
        tables = {}
        for name, said in checksums():
            tables[name] = said
            progress.advance(bar)
    _same("tables", manifest.tables, tables)
    files = {}
    for place in here:
        for name in place.present():
            with place.open_now(name) as file:
                files[f"{place.label}/{name}"] = archive.measure(file)
            progress.advance(bar)
    _same("files", manifest.files, files)


def _same(what: str, wanted: dict[str, tuple[int, str]], found: dict[str, tuple[int, str]]) -> None:
    different = sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))
    if different:
        raise Refusal(f"{len(different)} {what} are not as they were when the set was made, first {different[0]}.")
