"""The real stack for a measurement: PostgreSQL with the alliance's content, two Granian processes, nginx."""

import http.client
import os
import re
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

HOST = "alliance.example"
BROWSER = {"Host": HOST, "X-Forwarded-Proto": "https", "Accept-Encoding": "gzip, deflate, br"}
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


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
        self._run(["nginx", "-c", str(self._nginx()), "-e", str(self.folder / "nginx-error.log")], "nginx")
        self._wait(self.front)

    def _nginx(self) -> Path:
        """The deployed configuration, without TLS, in a frame like Debian's."""
        deployed = (ROOT / "site/deploy/nginx.conf").read_text()
        first, second = self.apps
        for pattern, instead in (
            (r"^server \{\n    listen 80;.*?^\}\n", ""),
            (r"listen 443 ssl http2;", f"listen 127.0.0.1:{self.front};"),
            (r"    (listen \[::\]|ssl_|http2 ).*\n", ""),
            (r"        brotli_static on;\n", ""),
            (r"\$scheme;", "https;"),
            (r"127\.0\.0\.1:8001", f"127.0.0.1:{first}"),
            (r"127\.0\.0\.1:8002", f"127.0.0.1:{second}"),
            (r"/var/(cache|log)/nginx/", f"{self.folder}/"),
            (r"(    location / \{)", rf"    location /limit/ {{ alias {self.folder}/limit/; }}\n\1"),
        ):
            deployed, found = re.subn(
                pattern, instead, deployed, flags=re.MULTILINE | re.DOTALL if "^server" in pattern else 0
            )
            assert found, pattern
        places = "".join(f"{kind}_temp_path {self.folder}/nginx-{kind};\n" for kind in TEMPORARY)
        user = "user root;\n" if os.getuid() == 0 else ""
        conf = self.folder / "nginx.conf"
        conf.write_text(
            f"{user}daemon off;\nworker_processes auto;\npid {self.folder}/nginx.pid;\n"
            "events { worker_connections 768; }\nhttp {\nsendfile on;\ntcp_nopush on;\ngzip on;\n"
            f"include /etc/nginx/mime.types;\n{places}{deployed}\n}}\n"
        )
        return conf

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
