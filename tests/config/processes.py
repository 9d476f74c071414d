"""Runs the demo as a person does: a process, its output, its end, and what it leaves behind."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
READY = "Ctrl-C ends everything"
PATIENCE = 600  # seconds; a slow machine is not a failure


def environment(data_dir: Path, **more: str) -> dict[str, str]:
    """Return the environment of a terminal where nothing was set but these."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return {**kept, "OTONOM_DATA_DIR": str(data_dir), "PYTHONUNBUFFERED": "1", **more}


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def manage(*arguments: str, env: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    """Run a command to its end."""
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=PATIENCE, check=False)


def assert_refused(result: "subprocess.CompletedProcess[str]", *words: str) -> None:
    """One sentence on stderr, exit status 1, no traceback."""
    assert result.returncode == 1, result.stderr
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1, result.stderr
    assert all(re.search(word, lines[0]) for word in words), lines[0]


def left_behind(data_dir: Path) -> list[str]:
    """Return the living processes that were started for this folder."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get("OTONOM_DATA_DIR") == str(data_dir) and process.pid != os.getpid():
                found.append(" ".join(process.cmdline()) or process.name())
        except psutil.Error:
            continue
    return found


class Demo:
    """A running demo in a session of its own, as in a terminal."""

    def __init__(self, data_dir: Path, *arguments: str, **more: str) -> None:
        self.data_dir = data_dir
        self.port = free_port()
        began = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "demo", *arguments],
            cwd=ROOT,
            env=environment(data_dir, PORT=str(self.port), **more),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.output = self._until_ready()
        self.seconds = time.monotonic() - began

    def _until_ready(self) -> str:
        assert self.process.stdout is not None
        lines = []
        for line in self.process.stdout:
            lines.append(line)
            if READY in line:
                return "".join(lines)
        raise AssertionError("".join(lines))

    def interrupt(self) -> int:
        """Press Ctrl-C: the whole foreground group gets it."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.end()

    def send(self, number: signal.Signals) -> int:
        """Send a signal to the demo alone."""
        self.process.send_signal(number)
        return self.end()

    def end(self) -> int:
        """Wait for the end; return the exit status."""
        assert self.process.stdout is not None
        status = self.process.wait(PATIENCE)
        self.process.stdout.close()
        return status
