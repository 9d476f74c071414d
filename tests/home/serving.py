"""Loads the site once; then serves it on each port that it reads, in a process of its own that can be killed.

``python tests/home/serving.py``: reads a port a line, and prints the number of the process group that serves there.
"""

import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"

from django.conf import settings  # noqa: E402

settings.FINDER_ENCODER = ""  # which takes a second to load

from granian.constants import Interfaces  # noqa: E402
from granian.log import LogLevels  # noqa: E402
from granian.server import Server  # noqa: E402

from config.wsgi import application  # noqa: E402


def serve(port: int) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    named = {"address": "127.0.0.1", "port": port, "interface": Interfaces.WSGI, "log_level": LogLevels.critical}
    server = Server("", blocking_threads=4, **named)
    follow(os.getppid())
    server.serve(target_loader=load, wrap_loader=False)


def load() -> Any:
    follow(os.getppid())
    return application


def follow(parent: int) -> None:
    """End with whoever started this, whatever ends that one."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.3)
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()


if __name__ == "__main__":
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that are killed
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            serve(int(line))
            sys.exit()
        print(child, flush=True)
