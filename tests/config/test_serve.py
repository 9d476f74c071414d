"""The command that serves the site, as a service manager meets it."""

import subprocess
import sys
import time
from pathlib import Path

import psutil

from tests.config.processes import PATIENCE, ROOT, environment, free_port

AT_ONCE = 30  # seconds; a worker that missed its end never ends


def test_a_server_that_is_told_to_end_while_a_new_worker_loads_ends(tmp_path: Path) -> None:
    env = environment(
        tmp_path / "data",
        DJANGO_SETTINGS_MODULE="config.settings.test",
        PYTHONPATH=f"{ROOT}:{ROOT / 'site'}",
        FINDER_ENCODER="",
    )
    command = [sys.executable, "-m", "config.serve", "--interface", "wsgi", "--port", str(free_port())]
    command += ["--respawn-failed-workers", "config.wsgi:application"]
    log = tmp_path / "log.txt"
    with log.open("w") as output:
        server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=output, stderr=output)
    try:
        until_it_says("Started worker-1", log, server)
        (worker,) = psutil.Process(server.pid).children()
        worker.kill()
        until_it_says("Stopped old worker-1", log, server)
        server.terminate()
        assert server.wait(AT_ONCE) == 0
    finally:
        if server.poll() is None:
            for left in [*psutil.Process(server.pid).children(), server]:
                left.kill()
            server.wait()
    assert log.read_text().count("Started worker-1") == 1  # the second had not come so far


def until_it_says(words: str, log: Path, server: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + PATIENCE
    while words not in log.read_text():
        assert server.poll() is None and time.monotonic() < end, log.read_text()
        time.sleep(0.01)
