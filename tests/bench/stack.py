"""The real stack for a measurement: PostgreSQL with the alliance's content, two Granian processes, nginx."""

import http.client
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import psutil
from django.db import connection

from tests.config.processes import PATIENCE, ROOT, free_port
from tests.config.test_production import example
from tests.nginx_conf import adapted, nginx_command

HOST = "alliance.example"
BROWSER = {"Host": HOST, "X-Forwarded-Proto": "https", "Accept-Encoding": "gzip, deflate, br"}


class Stack:
    """The processes on free ports, with a folder of their own, started as on a server."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.apps, self.front = folder, (free_port(), free_port()), free_port()
        self.environment = self._environment()
        self.seconds_to_start = 0.0
        self._processes: list[subprocess.Popen[bytes]] = []

    def _environment(self) -> dict[str, str]:
        known = connection.settings_dict
        secret = f":{quote(known['PASSWORD'], '')}" if known["PASSWORD"] else ""
        place = f"{quote(known['HOST'], '')}{':' + str(known['PORT']) if known['PORT'] else ''}"
        folders = {name: str(self.folder / name.lower()) for name in ("MEDIA_ROOT", "PRIVATE_ROOT")}
        return example() | {
            **folders,
            "SECRET_KEY": secrets.token_urlsafe(60),
            "DATABASE_URL": f"postgres://{known['USER']}{secret}@{place}/{known['NAME']}",
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            "PATH": os.environ["PATH"],
            "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
        }

    def start(self) -> None:
        manage = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
        subprocess.run(manage, cwd=ROOT, env=self.environment, check=True)
        began = time.perf_counter()
        for port in self.apps:
            self._run(["site/deploy/start", f"web-{port}"], f"web-{port}")
        for port in self.apps:
            self._wait(port)
        self.seconds_to_start = time.perf_counter() - began
        self._run(self._nginx(), "nginx")
        self._wait(self.front)

    def _nginx(self) -> list[str]:
        """The deployed configuration, without TLS, and a place for files that measure what nginx itself can do."""
        limit = f"    location /limit/ {{ alias {self.folder}/limit/; }}\n"
        return nginx_command(self.folder, adapted(self.folder, self.front, *self.apps, location=limit))

    def _run(self, command: list[str], name: str) -> None:
        with (self.folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        self._processes.append(process)

    def _wait(self, port: int) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and all(process.poll() is None for process in self._processes):
            with suppress(OSError, http.client.HTTPException):
                if self.get(port, "/health")[0] == 200:
                    return
            time.sleep(0.01)
        raise AssertionError("\n".join(log.read_text()[-3000:] for log in self.folder.glob("*.log")))

    def get(self, port: int, path: str, **more: str) -> tuple[int, bytes]:
        """The status and the bytes of an answer, as a browser gets them."""
        asking = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            asking.request("GET", quote(path), headers=BROWSER | more)
            response = asking.getresponse()
            return response.status, response.read()
        finally:
            asking.close()

    def put_limit(self, name: str, path: str) -> None:
        """Lay the bytes of a page down as a file, which nginx sends as fast as it can send anything."""
        status, content = self.get(self.front, path)
        assert status == 200, path
        (self.folder / "limit").mkdir(exist_ok=True)
        (self.folder / "limit" / name).write_bytes(content)

    def megabytes(self) -> list[float]:
        """What each worker of Granian weighs: its own memory, and its part of what they share."""
        servers = [psutil.Process(process.pid) for process in self._processes[: len(self.apps)]]
        workers = [child for server in servers for child in server.children()]
        return [worker.memory_full_info().pss / 2**20 for worker in workers]

    def end(self) -> None:
        for process in reversed(self._processes):
            process.terminate()
        for process in self._processes:
            process.wait(PATIENCE)


@contextmanager
def running(folder: Path) -> Iterator[Stack]:
    stack = Stack(folder)
    try:
        stack.start()
        yield stack
    finally:
        stack.end()
