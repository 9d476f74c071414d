"""A mail server for tests: it takes letters over SMTP, or behaves badly on purpose."""

import random
import socket
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from pytest_django import Settings

SLOWEST = 0.02  # seconds before and after a slow server takes a letter


class Conversation(socketserver.StreamRequestHandler):
    """One connection: the few commands that a client sends."""

    server: "MailServer"

    def handle(self) -> None:
        self.say("220 ready")
        for line in self.rfile:
            verb = line.split(b":")[0].split()[0].decode().upper()
            if verb in self.server.hangs_up_at:
                return
            self.answer(verb, line)
            if verb == "QUIT":
                return

    def answer(self, verb: str, line: bytes) -> None:
        refusal = self.server.refusals.get(line.strip().decode())
        if verb == "DATA" and not refusal:
            self.take()
        else:
            self.say(refusal or {"QUIT": "221 bye"}.get(verb, "250 fine"))

    def take(self) -> None:
        """Take a letter; from the moment it is in the list, it is delivered, whether or not the sender hears of it."""
        self.say("354 go on")
        lines = list(iter(self.rfile.readline, b".\r\n"))
        if lines and lines[-1] == b"":
            return
        self.server.pause()
        self.server.is_awake.wait()
        self.server.letters.append(message_from_bytes(b"".join(lines), policy=policy.default))
        self.server.pause()
        if "TAKEN" not in self.server.hangs_up_at:
            self.say("250 taken")
        else:
            self.connection.shutdown(socket.SHUT_RDWR)

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    """What it took, and how it is to behave."""

    allow_reuse_address = daemon_threads = True
    is_slow = False

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Conversation)
        self.letters: list[EmailMessage] = []
        self.refusals: dict[str, str] = {}  # by the whole line of the client
        self.is_awake = threading.Event()  # where not, it takes no letter
        self.is_awake.set()
        self.hangs_up_at: set[str] = set()  # commands, or TAKEN: after it took a letter and before it says so

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def pause(self) -> None:
        if self.is_slow:
            time.sleep(random.random() * SLOWEST)  # noqa: S311  # no secret

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients are killed in the middle of a sentence: that is what the tests are about."""


@contextmanager
def mail_server(port: int = 0) -> Iterator[MailServer]:
    with MailServer(port) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def use(settings: Settings, port: int) -> None:
    """Let the site send its letters there."""
    settings.EMAIL_BACKEND = "members.smtp.PatientBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
