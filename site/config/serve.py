"""Granian's own command, with the finder's weights loaded once and shared by its workers.

``python -m config.serve --interface wsgi … config.wsgi:application``. The workers are forked from this process; where
Python starts them afresh instead (from 3.14 on), each loads its own.
"""

import atexit
import gc
import logging
import os
import shutil
import signal
import tempfile

from granian.cli import entrypoint


def preload() -> None:
    """Load what never changes while the server runs; without it the finder compares words only, and says so."""
    if os.environ.get("FINDER_ENCODER") != "":  # a small server goes without
        try:
            import members.finder.model  # noqa: F401, PLC0415  # importing it is what loads the weights
        except Exception:
            logging.exception("The finder's weights do not load.")
    gc.freeze()  # the collector would otherwise touch, and so copy, every shared page


def count_together() -> None:
    """Give the workers a folder in which they count for Prometheus, where somebody asks for numbers."""
    if os.environ.get("METRICS_PORT", "0") != "0":
        folder = tempfile.mkdtemp(prefix="otonom-metrics-")
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        atexit.register(_remove, folder, os.getpid())


def end_while_loading() -> None:
    """Let a worker that is told to end before it serves end at once.

    It is forked with this process's handler, which only notes the end: the worker would go on for ever, and this
    process wait for it. Granian sets the worker's own handler once the site is loaded.
    """
    os.register_at_fork(after_in_child=lambda: signal.signal(signal.SIGTERM, signal.SIG_DFL))


def _remove(folder: str, owner: int) -> None:
    if os.getpid() == owner:  # a worker was forked with it
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    count_together()
    end_while_loading()
    preload()
    entrypoint()  # type: ignore[no-untyped-call]  # Granian's
