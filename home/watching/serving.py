"""Answers Prometheus on a port of this machine; of several processes one does, and another when that one ends."""

import threading
import time

from prometheus_client import start_http_server

from home.watching.metrics import registry

HERE = "127.0.0.1"
SECONDS = 5  # between two looks whether the port became free


def start(port: int) -> None:
    """Answer on this port from now on, or as soon as whoever answers there ends; 0 is never."""
    if port:
        threading.Thread(target=_wait_and_serve, args=(port,), daemon=True, name="metrics").start()


def _wait_and_serve(port: int) -> None:
    while True:
        try:
            start_http_server(port, HERE, registry())
        except OSError:  # another process of ours answers there
            time.sleep(SECONDS)
        else:
            return
