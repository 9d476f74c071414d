"""Starts the process that opens strange files, asks it, and ends it when it does not answer."""

import json
import os
import select
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self, cast

from library.examination import bounds

CHILD = "library.examination.child"
ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 2  # seconds more than the work may take, for a process to start


class ReaderFailed(Exception):
    """The child gave no answer; ``fault`` is a value of ``TextFault``."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


class Reader:
    """A child process, which reads several files in a row and is replaced after any failure."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.end()

    def read(self, path: Path, suffix: str) -> dict[str, Any]:
        """The text of a file, as ``library.examination.text.read`` gives it."""
        return self._ask({"do": "text", "path": str(path), "suffix": suffix, "soffice": ""}, bounds.SECONDS_FOR_TEXT)

    def draw(self, path: Path, suffix: str, soffice: str) -> list[bytes]:
        """The first pages as WebP; none where that is not possible. ``soffice`` prints office files, if given."""
        asked = {"do": "pictures", "path": str(path), "suffix": suffix, "soffice": soffice}
        count = self._ask(asked, bounds.SECONDS_FOR_PICTURES).get("pictures", 0)
        return [_picture(path.parent / f"{number}.webp") for number in range(1, min(count, bounds.PICTURES) + 1)]

    def _ask(self, asked: dict[str, str], seconds: float) -> dict[str, Any]:
        """Ask and wait; raises ReaderFailed."""
        process = self.process = self.process or _start()
        try:
            cast(IO[bytes], process.stdin).write(json.dumps(asked).encode() + b"\n")
            answer: dict[str, Any] = json.loads(_line(cast(IO[bytes], process.stdout), seconds + PATIENCE))
        except (ReaderFailed, OSError, ValueError) as error:
            self.end()
            raise error if isinstance(error, ReaderFailed) else ReaderFailed("failed") from error
        return answer

    def end(self) -> None:
        """End the child and whatever it started."""
        if self.process is None:
            return
        with self.process, suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process = None


def _picture(path: Path) -> bytes:
    """A picture that the child made; it might be anything, if the file took the child over."""
    with path.open("rb") as file:
        content = file.read(bounds.PICTURE_BYTES)
    if path.is_symlink() or content[:4] + content[8:12] != b"RIFFWEBP":
        raise ReaderFailed("failed")
    return content


def _start() -> "subprocess.Popen[bytes]":
    """A child in a group of its own that knows no secret of this process."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
    return subprocess.Popen(  # noqa: S603  # our own module
        [sys.executable, "-m", CHILD],
        cwd=ROOT,
        env=kept | {"OPENBLAS_NUM_THREADS": "1", "RAYON_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        start_new_session=True,
    )


def _line(pipe: IO[bytes], seconds: float) -> bytes:
    """One line of a pipe; raises ReaderFailed when it does not come in time, is too long, or never ends."""
    until, read = time.monotonic() + seconds, bytearray()
    while not read.endswith(b"\n"):
        if not select.select([pipe], [], [], max(0, until - time.monotonic()))[0]:
            raise ReaderFailed("slow")
        piece = os.read(pipe.fileno(), 2**16)
        if not piece:
            raise ReaderFailed("failed")
        read += piece
        if len(read) > bounds.ANSWER:
            raise ReaderFailed("bomb")
    return bytes(read)
