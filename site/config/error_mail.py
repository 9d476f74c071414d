"""Tells administrators about errors by mail: what and where, never with what; few mails, however many errors.

It goes neither through the letters that wait in the database, for that may be what is broken, nor through the request
that failed: a thread hands it to the mail server, and nobody waits for that one. All processes that share the
temporary folder count together, which under systemd are those of one service (``PrivateTmp``).
"""

import fcntl
import hashlib
import json
import logging
import os
import queue
import socket
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from config.log_lines import error_lines, message_of, request_of

MOST_OF_ONE = 2  # mails in an hour about the same place
MOST = 10  # in an hour, about all
HOUR = 3600  # seconds
WAITING = 20  # mails that may wait for the mail server; more are counted as not sent
FAMILIAR = 200  # places that are remembered


class Limit:
    """How many mails went out in this hour, in a file that all processes share."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def take(self, place: str) -> int | None:
        """Ask to send one about this place; gives how many were not sent since the last one, or None for no."""
        with self.path.open("a+") as file:
            os.chmod(file.fileno(), 0o600)
            fcntl.flock(file, fcntl.LOCK_EX)
            known = self._read(file)
            may = sum(known["sent"].values()) < MOST and known["sent"].get(place, 0) < MOST_OF_ONE
            held = known["held"]
            if may and len(known["sent"]) < FAMILIAR:
                known["sent"][place] = known["sent"].get(place, 0) + 1
            known["held"] = 0 if may else held + 1
            file.seek(0)
            file.truncate()
            json.dump(known, file)
        return held if may else None

    def _read(self, file: Any) -> dict[str, Any]:
        hour = int(time.time() // HOUR)
        file.seek(0)
        try:
            known: dict[str, Any] = json.load(file)
            held = int(known["held"])
        except (ValueError, KeyError, TypeError):  # empty, or half written by a process that was killed
            known, held = {}, 0
        return known if known.get("hour") == hour else {"hour": hour, "sent": {}, "held": held}


class ErrorMailHandler(logging.Handler):
    """Writes to ERROR_MAIL_TO about every error that the limit lets pass."""

    def __init__(self, level: int = logging.NOTSET) -> None:
        super().__init__(level)
        self.limit = Limit(Path(tempfile.gettempdir()) / f"otonom-error-mails-{os.getuid()}.json")
        self._queue: queue.Queue[EmailMessage] = queue.Queue(WAITING)
        self._thread: threading.Thread | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write the mail, and leave it to the thread."""
        if not settings.ERROR_MAIL_TO or record.name.startswith(__name__):
            return
        try:
            held = self.limit.take(place_of(record))
            if held is not None:
                self._queue.put_nowait(mail_about(record, held))
                self._start()
        except queue.Full:
            return  # the mail server is away; the journal has it
        except Exception:
            self.handleError(record)

    def _start(self) -> None:
        """Have a thread in this very process: one would not survive a fork."""
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._send, daemon=True, name="error mail")
            self._thread.start()

    def _send(self) -> None:
        while True:
            mail = self._queue.get()
            try:
                mail.send()
            except OSError as error:  # every SMTPException is one
                logging.getLogger(__name__).warning(
                    "A mail about an error could not be sent: %s.", type(error).__name__
                )


def place_of(record: logging.LogRecord) -> str:
    """What makes two errors the same: their kind, and where in the code they were raised."""
    error = record.exc_info[1] if record.exc_info else None
    where = error.__traceback__ if error else None
    while where and where.tb_next:
        where = where.tb_next
    code = f"{where.tb_frame.f_code.co_filename}:{where.tb_lineno}" if where else f"{record.pathname}:{record.lineno}"
    return hashlib.sha256(f"{type(error).__name__} {code}".encode()).hexdigest()[:16]


def mail_about(record: logging.LogRecord, held: int) -> EmailMessage:
    """The mail: the same words as in the journal, by which it is found there."""
    asked, error = request_of(record), record.exc_info[1] if record.exc_info else None
    kind = type(error).__name__ if error else message_of(record)
    lines = [message_of(record), f"Machine: {socket.gethostname()}", f"Logger: {record.name}"]
    if asked:
        lines += [f"Request: {asked.number}", f"Route: {asked.method} {asked.route}"]
    if held:
        lines.append(f"{held} more were not sent before this one: the journal has them.")
    body = "\n".join([*lines, "", error_lines(error) if error else ""])
    subject = " ".join(f"[Alliance Otonom] {kind} {asked.route if asked else ''}".split())[:120]
    headers = {"Auto-Submitted": "auto-generated"}
    connection = get_connection("django.core.mail.backends.smtp.EmailBackend", timeout=settings.EMAIL_TIMEOUT)
    return EmailMessage(subject, body, settings.SERVER_EMAIL, settings.ERROR_MAIL_TO, [], connection, headers=headers)
