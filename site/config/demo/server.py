"""Serves the demo with Granian, as production does, and tells when it answers."""

import contextlib
import os
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connections
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from config import postgres
from config.refusal import Refusal

HOST = "127.0.0.1"
THREADS = 4  # requests at once; PostgreSQL is shared by them
PATIENCE = 120  # seconds; the first start works out what thousands of phrases of the finder mean


class DemoServer(Server):  # type: ignore[valid-type,misc]  # Granian chooses the class when it is imported
    """Granian, for which the end of the terminal is an end, not a reason to load the site again."""

    def signal_handler_reload(self, *args: Any, **kwargs: Any) -> None:
        """Take SIGHUP as SIGTERM."""
        self.signal_handler_interrupt(*args, **kwargs)


def port() -> int:
    """Return the port to serve on, PORT or 8000; refuse one that is taken."""
    wanted = os.environ.get("PORT") or "8000"
    if not wanted.isdigit() or not 0 < int(wanted) < 2**16:
        raise Refusal(f"PORT is “{wanted}”: it must be a number from 1 to 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(wanted)))
        except PermissionError as error:
            raise Refusal(f"Port {wanted} needs more rights than you have: set PORT to one above 1023.") from error
        except OSError as error:
            raise Refusal(
                f"Port {wanted} is taken by another program: end it, or set PORT to another number."
            ) from error
    return int(wanted)


def serve(port: int, when_ready: Callable[[], object]) -> None:
    """Serve until the process is told to stop; call ``when_ready`` once the first page was served."""
    connections.close_all()  # they must not be shared with the worker
    server = DemoServer(
        "config.wsgi:application",
        address=HOST,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=THREADS,
        log_level=LogLevels.warning,
        workers_kill_timeout=5,
    )
    threading.Thread(target=_announce, args=(port, when_ready), daemon=True).start()
    with contextlib.suppress(SystemExit):  # Granian's word for a worker that a signal reached before it
        server.serve(target_loader=_load, wrap_loader=False)
    if not server.interrupt_signal:
        raise Refusal("The web server stopped by itself; what it said stands above.")


def _load() -> Callable[..., Any]:
    """Prepare the worker: it ends with its parent, whatever ends that one."""
    os.setpgid(0, 0)  # Ctrl-C is for the parent, which then ends the worker in good order
    threading.Thread(target=_follow, args=(os.getppid(),), daemon=True).start()
    embedded = postgres.server_of(settings.DATA_DIR)
    if embedded:
        embedded.forget()  # the parent holds it
    from config.wsgi import application  # noqa: PLC0415  # loading it is the worker's work

    return application


def _follow(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.3)
    os._exit(0)


def _announce(port: int, when_ready: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}/health", timeout=PATIENCE):  # our own
                break
        except urllib.error.HTTPError:
            break  # it answers
        except OSError:
            time.sleep(0.05)
    when_ready()
