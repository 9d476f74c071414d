"""Kill -9 of the web server, the worker or the database at any moment of an upload: a whole version, or none.

Real processes, a real database, uploads over HTTP, 50 kills.
"""

import hashlib
import http.client
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil
import psycopg
import pytest

from config.postgres import DATABASE_NAME, SUPERUSER, TESTS, EmbeddedServer
from tests.config.processes import PATIENCE, ROOT, environment, free_port
from tests.template_database import copy_tables

KILLS = int(os.environ.get("OTONOM_KILLS", "50"))
LONGEST = 0.25  # seconds from the beginning of an upload to the kill
TOKEN = "x" * 32
VICTIMS = ("web", "database", "worker")


class KilledSite:
    """The site in processes of its own, with a folder and a database of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.database = EmbeddedServer(folder / TESTS)
        self.database.join()
        self.host = self.database.django_settings()["HOST"]
        self.address = f"postgres://{SUPERUSER}@{quote(self.host, '')}/{DATABASE_NAME}"
        copy_tables(self.host)
        with self.connect() as asking:  # as in production: what was answered outlives a kill
            asking.execute("ALTER DATABASE otonom SET synchronous_commit = on")
        self.errors = (folder / "errors.txt").open("w")
        self.launcher = subprocess.Popen(
            [sys.executable, "tests/library/killing.py"],
            cwd=ROOT,
            env=environment(folder, OPENBLAS_NUM_THREADS="1", DATABASE_URL=self.address),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            text=True,
        )
        self.groups: dict[str, int] = {}

    def ask(self, line: str) -> str:
        """Start something; gives the number of its process group."""
        self.launcher.stdin.write(f"{line}\n")
        self.launcher.stdin.flush()
        return self.launcher.stdout.readline()

    def run(self, line: str) -> list[str]:
        """Run a command to its end; gives what it printed."""
        said = [self.ask(line)]
        while said[-1] not in ("done\n", ""):
            said.append(self.launcher.stdout.readline())
        return said[:-1]

    def connect(self) -> "psycopg.Connection[Any]":
        return psycopg.connect(host=self.host, user=SUPERUSER, dbname=DATABASE_NAME, autocommit=True)

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[Any]:
        with self.connect() as asking:
            return asking.execute(query, values).fetchall()

    def start(self, name: str) -> None:
        if name == "database":
            self.database.forget()
            self.database.join()
        else:
            self.groups[name] = int(self.ask(f"web {self.port}" if name == "web" else name))

    def kill(self, name: str) -> None:
        if name == "database":
            server = psutil.Process(self.database._process.pid)
            everybody = [server, *server.children(recursive=True)]
            for process in everybody:
                with suppress(psutil.NoSuchProcess):
                    process.kill()
            self.database._process.wait()
            psutil.wait_procs(everybody, timeout=PATIENCE)  # they share memory, and a new server waits for none
        else:
            with suppress(ProcessLookupError):
                os.killpg(self.groups[name], signal.SIGKILL)

    def wait(self) -> None:
        """Until the web server answers."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with suppress(OSError, http.client.HTTPException):
                if self.request("GET", "/health") == 200:
                    return
            time.sleep(0.02)
        raise AssertionError((self.folder / "errors.txt").read_text()[-3000:])

    def request(self, method: str, path: str, fields: dict[str, str] | None = None, file: bytes = b"") -> int:
        """The status of an answer; a form is sent as a browser sends it."""
        asking = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            asking.request(method, path, multipart(fields or {}, file), headers_of(self.facts) if fields else {})
            response = asking.getresponse()
            response.read()
            return response.status
        finally:
            asking.close()

    facts: dict[str, str] = {}

    def end(self) -> None:
        for name in self.groups:
            self.kill(name)
        self.launcher.stdin.close()
        self.launcher.wait(PATIENCE)
        self.launcher.stdout.close()
        self.errors.close()
        self.database.leave()


def headers_of(facts: dict[str, str]) -> dict[str, str]:
    cookies = f"sessionid={facts['session']}; csrftoken={TOKEN}"
    return {
        "Cookie": cookies,
        "X-CSRFToken": TOKEN,
        "X-Live": "upload",
        "Content-Type": "multipart/form-data; boundary=limit",
    }


def multipart(fields: dict[str, str], file: bytes) -> bytes:
    parts = [
        f'--limit\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode() for k, v in fields.items()
    ]
    if file:
        head = 'form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain'
        parts.append(f"--limit\r\nContent-Disposition: {head}\r\n\r\n".encode() + file + b"\r\n")
    return b"".join([*parts, b"--limit--\r\n"]) if fields else b""


@pytest.fixture
def site(tmp_path: Path, django_db_setup: None) -> Iterator[KilledSite]:
    made = KilledSite(tmp_path / "site")
    try:
        (facts,) = (line for line in made.run("prepare") if line.startswith("{"))
        made.facts = json.loads(facts)
        made.start("web")
        made.start("worker")
        made.wait()
        yield made
    finally:
        made.end()


class Upload(threading.Thread):
    """Hands in a file as a version of the tool, then shares it; notes how far it was told that it came."""

    def __init__(self, site: KilledSite, content: bytes) -> None:
        super().__init__()
        self.site, self.content = site, content
        self.checksum = hashlib.sha256(content).hexdigest()
        self.is_handed_in = self.is_shared = False

    def run(self) -> None:
        with suppress(OSError, http.client.HTTPException, psycopg.Error):
            status = self.site.request(
                "POST", self.site.facts["upload"], {"tool": self.site.facts["tool"]}, self.content
            )
            self.is_handed_in = status == 201
            if self.is_handed_in:
                self.is_shared = self.site.request("POST", self.site.facts["drafts"], self._form()) == 302

    def _form(self) -> dict[str, str]:
        key = self.site.rows(DRAFT, [self.checksum])[0][0].hex
        return {"draft": key, f"{key}-is_chosen": "on", f"{key}-note": "", "action": "share"}


def test_a_kill_leaves_a_whole_version_or_none_and_no_orphan(site: KilledSite) -> None:
    chance = random.Random(8)  # noqa: S311  # no secret
    uploads = []
    for number in range(KILLS):
        victim = VICTIMS[number % len(VICTIMS)]
        upload = Upload(site, f"Texte {number} ".encode() * chance.randrange(10, 100_000))
        uploads.append(upload)
        upload.start()
        time.sleep(chance.random() * LONGEST)
        site.kill(victim)
        upload.join()
        site.start(victim)
        site.wait()
    assert_whole(site, uploads)


def grow_old(site: KilledSite) -> None:
    """Let what lies there be older than the day of grace."""
    site.rows("UPDATE library_storedfile SET received_at = received_at - interval '2 days' RETURNING id")
    before = time.time() - 2 * 86_400
    for path in (site.folder / "private").rglob("*.*"):
        os.utime(path, (before, before))


def assert_whole(site: KilledSite, uploads: list[Upload]) -> None:
    site.run("library_examine")
    grow_old(site)
    site.run("forget")
    kept = {
        name: (checksum, size)
        for name, checksum, size in site.rows("SELECT file, checksum, size FROM library_storedfile")
    }
    there = {f"library/{path.name}": path.read_bytes() for path in (site.folder / "private" / "library").iterdir()}
    assert {name: (hashlib.sha256(content).hexdigest(), len(content)) for name, content in there.items()} == kept
    used = {row[0] for row in site.rows(USED)}
    assert used == {checksum for checksum, _size in kept.values()}
    assert {upload.checksum for upload in uploads if upload.is_handed_in} <= used, "an upload was lost"
    versions = site.rows(VERSIONS)
    assert {upload.checksum for upload in uploads if upload.is_shared} <= {
        checksum for _n, checksum, _state in versions
    }
    assert [number for number, _checksum, _state in versions] == list(range(1, len(versions) + 1))
    assert {state for _number, _checksum, state in versions} <= {"read"}
    assert site.rows(
        "SELECT number FROM library_toolversion v JOIN library_tool t ON t.current_version_id = v.id"
    ) == [(len(versions),)]
    told = [(upload.is_handed_in, upload.is_shared) for upload in uploads]
    assert len(set(told)) == 3, "every kill came at the same moment"
    print({how: told.count(how) for how in set(told)}, len(versions))


DRAFT = "SELECT d.id FROM library_draft d JOIN library_storedfile s ON s.id = d.stored_file_id WHERE s.checksum = %s"
USED = (
    "SELECT checksum FROM library_storedfile WHERE id IN"
    " (SELECT stored_file_id FROM library_toolversion UNION SELECT stored_file_id FROM library_draft)"
)
VERSIONS = (
    "SELECT v.number, s.checksum, s.text_state FROM library_toolversion v"
    " JOIN library_storedfile s ON s.id = v.stored_file_id ORDER BY v.number"
)
