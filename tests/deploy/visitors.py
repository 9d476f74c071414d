"""Visitors who come all the time, each by a connection of their own, and count what does not answer as it should."""

import http.client
import socket
import ssl
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from tests.deploy.server import NAME, Server

PATIENCE = 60  # seconds; who waits longer leaves
# What is asked again and again, never from a cache: two who read, one who sends.
READS, WRITE = ("/fr/?visit={}", "/health?visit={}"), "/fr/trouver/reponse/"
PAUSE = 0.12  # seconds between two of one visitor; the finder lets ten a second through


class Visitors:
    """What they were answered."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.context = ssl.create_default_context(cafile=str(server.certificate))
        self.answers: Counter[str] = Counter()
        self.troubles: list[str] = []  # what answers said that are the fault of the server
        self.slowest = 0.0
        self.is_over = threading.Event()

    @property
    def failed(self) -> dict[str, int]:
        return {said: number for said, number in self.answers.items() if not said.endswith(" 200")}

    def visit(self, method: str, path: str, body: str | None = None) -> None:
        """One request; whatever goes wrong is an answer too."""
        began = time.monotonic()
        try:
            said = str(self._ask(method, path, body))
        except (OSError, http.client.HTTPException) as error:
            said = repr(error)
        self.answers[f"{method} {said}"] += 1
        self.slowest = max(self.slowest, time.monotonic() - began)

    def _ask(self, method: str, path: str, body: str | None) -> int:
        return self.answer(method, path, body)[0].status

    def answer(
        self, method: str, path: str, body: str | None = None, **headers: str
    ) -> tuple[http.client.HTTPResponse, str]:
        """What comes back, by a connection of its own."""
        connection = http.client.HTTPSConnection(NAME, context=self.context, timeout=PATIENCE)
        connection._create_connection = self._here
        sent = {"Connection": "close", "Content-Type": "application/x-www-form-urlencoded", **headers}
        try:
            connection.request(method, path, body, sent)
            response = connection.getresponse()
            text = response.read().decode(errors="replace")
            if response.status >= 500 or response.status == 403:
                self.troubles.append(f"{method} {path} {response.status}: {text[:200]}")
            return response, text
        finally:
            connection.close()

    def _here(self, _address: Any, timeout: float, *more: Any) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.server.https), timeout)

    def read(self, path: str) -> None:
        for number in count():
            if self.is_over.wait(PAUSE):
                return
            self.visit("GET", path.format(f"{threading.get_ident()}-{number}"))

    def write(self) -> None:
        while not self.is_over.wait(PAUSE):
            self.visit("POST", WRITE, "words=un+toit")


@contextmanager
def visitors(server: Server) -> Iterator[Visitors]:
    """Let them come meanwhile."""
    made = Visitors(server)
    threads = [
        *(threading.Thread(target=made.read, args=[path]) for path in READS),
        threading.Thread(target=made.write),
    ]
    for thread in threads:
        thread.start()
    try:
        yield made
    finally:
        made.is_over.set()
        for thread in threads:
            thread.join()
