"""Two processes of the site that remember pages, on the database of a test, and what they say."""

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg
from django.db import connection

from home.page_cache.listener import NAME
from home.page_cache.triggers import CHANNEL
from tests.config.processes import PATIENCE, ROOT, environment, free_port

# Seconds after a change from which every process shows it; nginx keeps what it got before for one to two more. It
# takes some hundredths, and on a machine that other tests keep busy some tenths: a thread must get its turn.
PROMISED = 1.0
AT_ONCE = 5.0  # seconds until a change is not waited for any more


@dataclass(frozen=True)
class Answer:
    status: int
    text: str
    headers: dict[str, str] = field(default_factory=dict)


class Launcher:
    """The site, loaded once for the tests of a module."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "site.txt"
        known = connection.settings_dict
        secret = f":{quote(known['PASSWORD'], '')}" if known["PASSWORD"] else ""
        place = f"{quote(known['HOST'], '')}{':' + str(known['PORT']) if known['PORT'] else ''}"
        address = f"postgres://{known['USER']}{secret}@{place}/{known['NAME']}"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "tests/home/serving.py"],
                cwd=ROOT,
                env=environment(folder, OPENBLAS_NUM_THREADS="1", DATABASE_URL=address),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def start(self, port: int) -> int:
        """Serve on a port; gives the number of the process group."""
        self.process.stdin.write(f"{port}\n")
        self.process.stdin.flush()
        said = self.process.stdout.readline()
        assert said, self.log.read_text()
        return int(said)

    def end(self) -> None:
        self.process.stdin.close()
        self.process.wait(PATIENCE)
        self.process.stdout.close()


class Site:
    """Two processes, by their ports."""

    def __init__(self, launcher: Launcher) -> None:
        self.ports = [free_port(), free_port()]
        self.groups = [launcher.start(port) for port in self.ports]

    def get(self, port: int, path: str, method: str = "GET", **headers: str) -> Answer:
        asking = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            asking.request(method, quote(path, "/?=&"), headers={"Host": "localhost", **named})
            response = asking.getresponse()
            text = response.read().decode(errors="replace")
            return Answer(response.status, text, {name.lower(): value for name, value in response.getheaders()})
        finally:
            asking.close()

    def everywhere(self, path: str) -> list[Answer]:
        """What each process answers to a visitor."""
        return [self.get(port, path) for port in self.ports]

    def wait(self) -> None:
        """Until both answer and listen."""
        for port in self.ports:
            assert until(lambda port=port: self.answers(port), PATIENCE)

    def answers(self, port: int) -> bool:
        with suppress(OSError, http.client.HTTPException):
            said = self.get(port, "/health").text
            return said.startswith("ok") and "page cache" not in said
        return False

    def end(self) -> None:
        for group in self.groups:
            with suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)


@contextmanager
def started(launcher: Launcher) -> Iterator[Site]:
    site = Site(launcher)
    try:
        site.wait()
        yield site
    finally:
        site.end()


def listeners() -> list[int]:
    """The connections by which the processes hear of changes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE application_name LIKE %s AND datname = current_database()",
            [f"{NAME}%"],
        )
        return [row[0] for row in cursor.fetchall()]


def heard_of(action: Callable[[], object]) -> int:
    """How many changes the database tells of while something is done."""
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as listening:
        listening.execute(f"LISTEN {CHANNEL}")
        action()
        listening.execute("SELECT 1")  # what was told before comes with the answer
        return len(list(listening.notifies(timeout=0)))


def until(holds: Callable[[], bool], seconds: float = AT_ONCE) -> bool:
    """Wait until something holds; tell whether it did in time."""
    deadline = time.monotonic() + seconds
    while not (done := holds()) and time.monotonic() < deadline:
        time.sleep(0.01)
    return done


@contextmanager
def unnoticed() -> Iterator[None]:
    """Change the database without its telling anybody, to learn what is remembered."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield
        cursor.execute("SET session_replication_role = DEFAULT")
