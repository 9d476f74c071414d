"""With one process gone, the other is asked whatever happened to it a moment ago."""

import http.client
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.config.processes import PATIENCE, free_port
from tests.nginx_conf import adapted, nginx_command

LOST, WELL = "/lost/", "/well/"


class Handler(BaseHTTPRequestHandler):
    """A process that ends over some requests, and answers the others."""

    def do_GET(self) -> None:
        if self.path == LOST:
            self.close_connection = True
            return
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def front(tmp_path: Path) -> Iterator[int]:
    """The port of an nginx before a process that is gone and one that runs."""
    if not shutil.which("nginx"):
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("nginx is not installed")
    site, port = ThreadingHTTPServer(("127.0.0.1", 0), Handler), free_port()
    threading.Thread(target=site.serve_forever, args=(0.02,)).start()
    text = adapted(tmp_path, port, free_port(), site.server_port)
    process = subprocess.Popen(nginx_command(tmp_path, text), stderr=subprocess.DEVNULL)
    try:
        yield port
    finally:
        process.kill()
        process.wait()
        site.shutdown()
        site.server_close()


def status(port: int, path: str) -> int:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        asking = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        with suppress(ConnectionRefusedError):
            asking.request("GET", path, headers={"Host": "alliance.example"})
            answer = asking.getresponse()
            answer.read()
            asking.close()
            return answer.status
        time.sleep(0.02)
    raise AssertionError("nginx does not answer")


def test_a_lost_request_closes_the_site_to_nobody_else(front: int) -> None:
    assert status(front, WELL) == 200
    told = [status(front, path) for path in [LOST, *[WELL] * 9] * 5]
    assert 200 not in told[::10]
    assert [one for number, one in enumerate(told) if number % 10] == [200] * 45
