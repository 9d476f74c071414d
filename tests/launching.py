"""Starts workers and commands on the database of the running test, as processes that can be killed."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from django.db import connection

from tests.config.processes import PATIENCE, ROOT, environment


class Launcher:
    """Loads the site once; starting something then takes no time."""

    def __init__(self, folder: Path, **more: str) -> None:
        self.errors = (folder / "errors.txt").open("w+")
        known = connection.settings_dict
        secret = f":{quote(known['PASSWORD'], '')}" if known["PASSWORD"] else ""
        place = f"{quote(known['HOST'], '')}{':' + str(known['PORT']) if known['PORT'] else ''}"
        address = f"postgres://{known['USER']}{secret}@{place}/{known['NAME']}"
        self.process = subprocess.Popen(
            [sys.executable, "tests/library/killing.py"],
            cwd=ROOT,
            env=environment(folder, OPENBLAS_NUM_THREADS="1", DATABASE_URL=address, **more),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            text=True,
        )

    def start(self, line: str) -> int:
        """Start a worker or a command; gives the number of its process group."""
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def run(self, line: str) -> None:
        """Run a command to its end."""
        self.start(line)
        self.wait()

    def wait(self) -> None:
        """Until the command that was started ended or was killed."""
        while self.process.stdout.readline() not in ("done\n", ""):
            pass

    def end(self) -> None:
        self.process.stdin.close()
        self.process.wait(PATIENCE)
        self.process.stdout.close()
        self.errors.close()


@contextmanager
def launcher(folder: Path, **more: str) -> Iterator[Launcher]:
    made = Launcher(folder, **more)
    try:
        yield made
    finally:
        made.end()


def kill(group: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)
