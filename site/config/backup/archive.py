"""The tar of all files: written and read as a stream, with the checksum of every file in it."""

import hashlib
import os
import tarfile
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any, Protocol

from config.backup.places import Place
from config.refusal import Refusal

Files = dict[str, tuple[int, str]]  # how long each is, and its SHA-256
Said = Callable[[int], object]  # is told how many more bytes are done


class Sink(Protocol):
    """Something that takes bytes."""

    def write(self, data: bytes, /) -> Any:
        """Take the next part."""


class Both:
    """Writes everything into several sinks."""

    def __init__(self, *sinks: Sink) -> None:
        self.sinks = sinks

    def write(self, data: bytes) -> int:
        """Hand it to each."""
        for sink in self.sinks:
            sink.write(data)
        return len(data)


class Hashing:
    """Knows the checksum of what was read through it."""

    def __init__(self, file: IO[bytes], done: Said) -> None:
        self.file, self.done, self.digest = file, done, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        data = self.file.read(size)
        self.digest.update(data)
        self.done(len(data))
        return data


def write(sink: Sink, places: Iterable[Place], done: Said) -> Files:
    """Write every file that was held; one that was deleted since, in a bucket, is left out."""
    found: Files = {}
    with tarfile.open(fileobj=sink, mode="w|", format=tarfile.PAX_FORMAT) as tar:  # type: ignore[call-overload]
        for place in places:
            for name in place.names:
                _add(tar, place, name, done, found)
    return found


def _add(tar: tarfile.TarFile, place: Place, name: str, done: Said, found: Files) -> None:
    entry = tarfile.TarInfo(f"{place.label}/{name}")
    try:
        entry.size = place.size(name)
        opened = place.open(name)
    except FileNotFoundError:
        return
    with opened as file:
        hashing = Hashing(file, done)
        tar.addfile(entry, hashing)  # it only reads
        found[entry.name] = (entry.size, hashing.digest.hexdigest())


class Verifier:
    """Reads the tar while it is written, as whoever restores it will, and compares."""

    def __init__(self) -> None:
        reading, writing = os.pipe()
        self._writing = os.fdopen(writing, "wb")
        self._trouble: Exception | None = None
        self.found: Files = {}
        self._thread = threading.Thread(target=self._read, args=(os.fdopen(reading, "rb"),))
        self._thread.start()

    def write(self, data: bytes) -> None:
        """Hand over the next part."""
        self._writing.write(data)

    def finish(self, wanted: Files) -> None:
        """Raise Refusal unless all that was wanted came through, and nothing else."""
        self.abandon()
        if self._trouble or self.found != wanted:
            raise Refusal(f"The archive of the files cannot be read back: {self._trouble or 'a file differs'}.")

    def abandon(self) -> None:
        """Stop reading."""
        self._writing.close()
        self._thread.join()

    def _read(self, stream: IO[bytes]) -> None:
        with stream:
            try:
                self.found = dict(entries(stream))
            except (tarfile.TarError, OSError, Refusal) as error:
                self._trouble = error
            while stream.read(2**18):  # what fills the last record, or follows a fault
                pass


def entries(
    stream: IO[bytes], into: dict[str, Path] | None = None, done: Said = lambda number: None
) -> Iterator[tuple[str, tuple[int, str]]]:
    """Every file of a tar with its length and checksum, unpacked below the folder of its place, where one is given."""
    with tarfile.open(fileobj=stream, mode="r|") as tar:
        for entry in tar:
            place, path = _safe(entry)
            content = tar.extractfile(entry)
            assert content is not None  # noqa: S101  # a plain file, says _safe
            yield entry.name, (entry.size, _copy(content, into[place] / path if into else None, done))


def measure(file: IO[bytes]) -> tuple[int, str]:
    """The length and the checksum of an open file."""
    digest, size = hashlib.sha256(), 0
    while data := file.read(2**18):
        digest.update(data)
        size += len(data)
    return size, digest.hexdigest()


def _safe(entry: tarfile.TarInfo) -> tuple[str, PurePosixPath]:
    """The place and the path of an entry; raises Refusal for anything that is not a plain file below a place."""
    path = PurePosixPath(entry.name)
    if not entry.isreg() or path.is_absolute() or ".." in path.parts or path.parts[0] not in ("media", "private"):
        raise Refusal(f"The archive holds something that no backup of ours holds: {entry.name}.")
    return path.parts[0], path.relative_to(path.parts[0])


def _copy(content: IO[bytes], target: Path | None, done: Said) -> str:
    hashing = Hashing(content, done)
    if target:
        target.parent.mkdir(parents=True, exist_ok=True)
    with open(target or os.devnull, "xb" if target else "wb") as file:
        while data := hashing.read(2**18):
            file.write(data)
    return hashing.digest.hexdigest()
