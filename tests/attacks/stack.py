"""The site as it is deployed: production settings, Granian, Redis, and nginx with the shipped file and TLS."""

import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.db import connection

from tests.config.processes import PATIENCE, ROOT, environment, free_port
from tests.config.test_production import example
from tests.nginx_conf import adapted, certificate, nginx_command

HOST = "alliance.example"
FORM = "application/x-www-form-urlencoded"
# What differs from production: files that nobody collected.
SETTINGS = """
from config.settings.production import *
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
"""


def needs(*programs: str) -> None:
    """Skip the test where a program is missing; fail there when CI asks for it."""
    for program in programs:
        if not shutil.which(program):
            (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"{program} is not installed")


@dataclass
class Answer:
    """What came back."""

    status: int
    text: str
    headers: dict[str, str]
    cookies: str = ""


@dataclass
class Stack:
    """Its processes, and the ports where they listen."""

    folder: Path
    running: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    ports: dict[str, int] = field(default_factory=dict)

    def start(self, name: str, command: list[str], **more: str) -> None:
        """Start a process; what it says goes into a file of its name."""
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                command, cwd=self.folder, env=environment(self.folder, **more), stdout=log, stderr=subprocess.STDOUT
            )

    def said(self, name: str) -> str:
        """What a process said so far."""
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def redis(self) -> None:
        """Start Redis, on the same port as before."""
        port = self.ports.setdefault("redis", free_port())
        self.start(
            "redis", ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--daemonize", "no"]
        )
        self._listens(port, "redis")

    def web(self, name: str, *options: str, **more: str) -> None:
        """Start one Granian."""
        port = self.ports.setdefault(name, free_port())
        (self.folder / "stack_settings.py").write_text(SETTINGS)
        command = [sys.executable, "-m", "config.serve", "--interface", "wsgi", "--host", "127.0.0.1", "--no-ws"]
        command += ["--port", str(port), "--blocking-threads", "4", *options, "config.wsgi:application"]
        self.start(name, command, **(self._settings() | more))
        self._listens(port, name)

    def _settings(self) -> dict[str, str]:
        known = connection.settings_dict
        place = f"{quote(known['HOST'], '')}{':' + str(known['PORT']) if known['PORT'] else ''}"
        secret = f":{quote(known['PASSWORD'], '')}" if known["PASSWORD"] else ""
        return example() | {
            "DJANGO_SETTINGS_MODULE": "stack_settings",
            "PYTHONPATH": f"{self.folder}:{ROOT}:{ROOT / 'site'}",
            "DATABASE_URL": f"postgres://{known['USER']}{secret}@{place}/{known['NAME']}",
            "REDIS_URL": f"redis://127.0.0.1:{self.ports['redis']}/0" if "redis" in self.ports else "",
            "FINDER_ENCODER": "",
            "MEDIA_ROOT": str(self.folder / "media"),
            "PRIVATE_ROOT": str(self.folder / "private"),
            "STATIC_ROOT": str(self.folder / "static"),
        }

    def nginx(self, site: str) -> None:
        """Start nginx with the shipped file, for this place and this Granian."""
        port = self.ports.setdefault("nginx", free_port())
        certificate(self.folder, HOST)
        text = adapted(self.folder, port, self.ports[site], has_tls=True)
        self.start("nginx", nginx_command(self.folder, text))
        self._listens(port, "nginx")

    def _listens(self, port: int, name: str) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.running[name].poll() is None:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                return
            time.sleep(0.02)
        raise AssertionError(self.said(name)[-3000:])

    def kill(self, name: str) -> None:
        """End a process as a crash does."""
        self.running[name].kill()
        self.running.pop(name).wait(PATIENCE)

    def end(self) -> None:
        """End everything."""
        for process in reversed(self.running.values()):
            process.terminate()
        for process in self.running.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(20)
            process.kill()
            process.wait(PATIENCE)

    def ask(
        self, name: str, path: str, fields: dict[str, str] | None = None, client: str = "192.0.2.1", **headers: str
    ) -> Answer:
        """Ask a Granian as nginx would, or nginx as a browser would."""
        sent = {"Host": HOST, "Origin": f"https://{HOST}", "X-Forwarded-Proto": "https", "X-Forwarded-For": client}
        asking: Any = http.client.HTTPConnection("127.0.0.1", self.ports[name], timeout=PATIENCE)
        if name == "nginx":
            asking = http.client.HTTPSConnection("127.0.0.1", self.ports[name], timeout=PATIENCE, context=trusting())
        try:
            if fields is None:
                asking.request("GET", path, headers=sent | headers)
            else:
                asking.request("POST", path, urlencode(fields), sent | {"Content-Type": FORM} | headers)
            response = asking.getresponse()
            cookies = "; ".join(one.split(";")[0] for one in response.headers.get_all("Set-Cookie", []))
            return Answer(response.status, response.read().decode(errors="replace"), dict(response.headers), cookies)
        finally:
            asking.close()

    def sign_in(self, name: str, email: str, password: str, client: str = "192.0.2.1") -> Answer:
        """Send the form of signing in."""
        page = self.ask(name, "/fr/compte/login/", client=client)
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
        assert found, page
        fields = {"csrfmiddlewaretoken": found[1], "login": email, "password": password}
        return self.ask(name, "/fr/compte/login/", fields, client, Cookie=page.cookies)


def trusting() -> ssl.SSLContext:
    """Take our own certificate."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


@contextmanager
def stack(folder: Path) -> Iterator[Stack]:
    """A folder for its files; everything that was started ends."""
    for name in ("media", "private"):
        (folder / name).mkdir(exist_ok=True)
    made = Stack(folder)
    try:
        yield made
    finally:
        made.end()
