"""Nginx sends the library's files as it is deployed: any part of them, with the headers that keep them closed."""

import http.client
import os
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage
from django.test import Client

from tests.config.processes import PATIENCE, free_port
from tests.factories.library import PDF, ToolFactory, with_file
from tests.factories.people import UserFactory
from tests.factories.storage import keep_files_in
from tests.nginx_conf import SHIPPED, nginx_command

pytestmark = pytest.mark.django_db


class Answering(HTTPServer):
    """Gives the site's answer to one request, again and again."""

    answer: Any = None


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(self.server.answer.status_code)
        for name, value in self.server.answer.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def nginx(tmp_path: Path, client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The port of an nginx before a site that lets somebody have a file."""
    if not shutil.which("nginx"):
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("nginx is not installed")
    keep_files_in(FileSystemStorage(tmp_path / "private"), monkeypatch)
    settings.LIBRARY_ACCEL_REDIRECT = "/private/"
    client.force_login(UserFactory())
    site, port = Answering(("127.0.0.1", 0), Handler), free_port()
    site.answer = client.get(with_file(ToolFactory(), "été.pdf").get_absolute_url())
    threading.Thread(target=site.serve_forever, args=(0.02,)).start()
    process = started(tmp_path, site.server_port, port)
    try:
        yield port
    finally:
        process.terminate()  # its workers end with it
        process.wait()
        site.shutdown()
        site.server_close()


def started(folder: Path, site: int, port: int) -> "subprocess.Popen[bytes]":
    location = re.search(r"    location /private/ \{.*?\n    \}\n", SHIPPED.read_text(), re.DOTALL)
    assert location
    private = location[0].replace("/srv/otonom/private/", f"{folder}/private/")
    server = f"server {{ listen 127.0.0.1:{port}; location / {{ proxy_pass http://127.0.0.1:{site}; }} {private} }}"
    return subprocess.Popen(nginx_command(folder, f"access_log off;\n{server}"), stderr=subprocess.DEVNULL)


def asked(port: int, path: str = "/", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        with suppress(ConnectionRefusedError):
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            content = response.read()
            connection.close()
            return response, content
        time.sleep(0.02)
    raise AssertionError("nginx does not answer")


def test_nginx_sends_files_whole_and_in_part_and_closed(nginx: int) -> None:
    whole, content = asked(nginx)
    part, middle = asked(nginx, Range="bytes=5-9")
    beyond, _nothing = asked(nginx, Range="bytes=99999-")
    inside, _refused = asked(nginx, "/private/library/anything.pdf")

    assert (whole.status, content) == (200, PDF)
    assert whole.headers["Content-Type"] == "application/pdf"
    assert whole.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''%C3%A9t%C3%A9.pdf")
    assert whole.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in whole.headers["Content-Security-Policy"]
    assert "private" in whole.headers["Cache-Control"]
    assert (part.status, middle, part.headers["Content-Range"]) == (206, PDF[5:10], f"bytes 5-9/{len(PDF)}")
    assert beyond.status == 416
    assert inside.status == 404
