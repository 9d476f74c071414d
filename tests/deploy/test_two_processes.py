"""One of the two processes is gone or silent: nginx as it is deployed has the other one answer."""

import http.client
import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.config.processes import PATIENCE, free_port
from tests.nginx_conf import adapted, nginx_command

LOST, WELL = "/lost/", "/well/"
UNTIL_SILENT = 1  # seconds, instead of a minute


class Handler(BaseHTTPRequestHandler):
    """A process that ends over some requests, and answers the others."""

    def do_GET(self) -> None:
        if self.path == LOST:
            self.close_connection = True
            return
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_POST = do_GET

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def front(folder: Path, other: int) -> Iterator[int]:
    """The port of an nginx before another process and one that runs."""
    if not shutil.which("nginx"):
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("nginx is not installed")
    site, port = ThreadingHTTPServer(("127.0.0.1", 0), Handler), free_port()
    threading.Thread(target=site.serve_forever, args=(0.02,)).start()
    text = adapted(folder, port, other, site.server_port)
    for shipped, here in (
        ("proxy_read_timeout 10s;", f"proxy_read_timeout {UNTIL_SILENT}s;"),
        ("upstream site {", f"proxy_read_timeout {UNTIL_SILENT}s;\nupstream site {{"),
    ):
        assert shipped in text
        text = text.replace(shipped, here)
    process = subprocess.Popen(nginx_command(folder, text), stderr=subprocess.DEVNULL)
    try:
        yield port
    finally:
        process.terminate()
        process.wait()
        site.shutdown()
        site.server_close()


def status(port: int, path: str, method: str = "GET") -> int:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        asking = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        with suppress(ConnectionRefusedError):
            asking.request(method, path, headers={"Host": "alliance.example"})
            answer = asking.getresponse()
            answer.read()
            asking.close()
            return answer.status
        time.sleep(0.02)
    raise AssertionError("nginx does not answer")


def test_with_one_gone_a_lost_request_closes_the_site_to_nobody_else(tmp_path: Path) -> None:
    with front(tmp_path, free_port()) as port:
        assert status(port, WELL) == 200
        told = [status(port, path) for path in [LOST, *[WELL] * 9] * 4]
    assert 200 not in told[::10]
    assert [one for number, one in enumerate(told) if number % 10] == [200] * 36


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_with_one_silent_everybody_is_answered_by_the_other(tmp_path: Path, method: str) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(100)
        with front(tmp_path, silent.getsockname()[1]) as port, ThreadPoolExecutor(9) as people:
            asked = [people.submit(status, port, WELL, method) for _time in range(36)]
            assert {one.result() for one in asked} == {200}
