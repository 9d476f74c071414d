"""The site in processes of its own, with a folder and a database of its own: each can be stopped and killed."""

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil
import psycopg

from config.postgres import DATABASE_NAME, SUPERUSER, TESTS, EmbeddedServer
from tests.config.processes import PATIENCE, ROOT, environment, free_port, manage
from tests.template_database import copy_tables

TOKEN = "x" * 32


class OwnSite:
    """The site in processes of its own; without ``tables`` its database is empty."""

    def __init__(self, folder: Path, *, tables: bool = True) -> None:
        self.folder, self.port = folder, free_port()
        self.database = EmbeddedServer(folder / TESTS)
        self.database.join()
        self.host = self.database.django_settings()["HOST"]
        self.address = f"postgres://{SUPERUSER}@{quote(self.host, '')}/{DATABASE_NAME}"
        if tables:
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

    def command(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run a command in a process that is not the launcher's, beside what that one runs."""
        return manage(*arguments, env=environment(self.folder, DATABASE_URL=self.address))

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

    def stop_database(self) -> None:
        """As a service is stopped; whoever talks to it is cut off."""
        self.database._stop()

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

    def answer(
        self, method: str, path: str, body: bytes | None = None, **headers: str
    ) -> tuple[http.client.HTTPResponse, str]:
        """An answer with what it says; underscores in the names of headers stand for hyphens."""
        asking = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            asking.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
            response = asking.getresponse()
            return response, response.read().decode()
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
