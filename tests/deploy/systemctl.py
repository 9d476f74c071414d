"""What the scripts of site/deploy need of systemctl, where no systemd runs: starts and stops what the units say.

``PREFIX=… python tests/deploy/systemctl.py restart otonom@web-8001``: it reads the unit as systemd would, with
``ExecStart``, ``EnvironmentFile``, ``WorkingDirectory``, ``KillMode`` and ``UMask``, but no accounts and sandboxes.
"""

import os
import shlex
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil

PREFIX = Path(os.environ["PREFIX"])
UNITS = PREFIX / "etc/systemd/system"
RUN = PREFIX / "run"
PATIENCE = 60  # seconds


class Unit:
    """One installed unit, of a template or not."""

    def __init__(self, name: str) -> None:
        self.name = name.removesuffix(".service")
        family, at, instance = self.name.partition("@")
        self.instance = instance
        self.file = UNITS / f"{family}{at}.service"
        self.log = PREFIX / "var/log" / f"{self.name}.log"

    def values(self, key: str) -> list[str]:
        """What the unit says for a key, with its instance filled in."""
        lines = (line.partition("=") for line in self.file.read_text().splitlines())
        return [value.replace("%i", self.instance) for found, _equals, value in lines if found == key]

    def environment(self) -> dict[str, str]:
        """As systemd: nothing of the terminal, what the unit and its file say."""
        given = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        for file in self.values("EnvironmentFile"):
            for line in Path(file).read_text().splitlines():
                name, equals, value = line.partition("=")
                if equals and not name.startswith("#"):
                    given[name] = " ".join(shlex.split(value))
        return given | dict(pair.split("=", 1) for line in self.values("Environment") for pair in shlex.split(line))

    def start(self) -> int:
        """Start it; its number stays in a file."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                shlex.split(*self.values("ExecStart")),
                cwd=self.values("WorkingDirectory")[0],
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                umask=int(self.values("UMask")[0], 8),
            )
        note(self.name, process.pid)
        return process.wait() if self.is_short() else 0

    def is_short(self) -> bool:
        """Tell whether it runs to its end, as what timers start."""
        return self.instance in {"periodic", "backup"}

    def stop(self) -> None:
        """Tell the first process, or all of them, to end, and wait."""
        pid = noted(self.name)
        if pid is None:
            return
        everybody = psutil.Process(pid).children(recursive=True)
        if self.values("KillMode") == ["mixed"]:
            os.kill(pid, signal.SIGTERM)
        else:
            os.killpg(pid, signal.SIGTERM)
        wait_for_end(pid)
        for process in everybody:
            with suppress(psutil.NoSuchProcess):
                process.kill()


def note(name: str, pid: int) -> None:
    """Remember what was started."""
    RUN.mkdir(exist_ok=True)
    (RUN / f"{name}.pid").write_text(str(pid))


def noted(name: str) -> int | None:
    """The process of this name, if it lives."""
    with suppress(OSError, ValueError, psutil.NoSuchProcess):
        pid = int((RUN / f"{name}.pid").read_text())
        return pid if psutil.Process(pid).status() != psutil.STATUS_ZOMBIE else None
    return None


def wait_for_end(pid: int) -> None:
    """Until the process ended."""
    deadline = time.monotonic() + PATIENCE
    with suppress(psutil.NoSuchProcess):
        while psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
            if time.monotonic() > deadline:
                os.killpg(pid, signal.SIGKILL)
            time.sleep(0.02)


def nginx() -> None:
    """Load its configuration anew, or start it."""
    pid = noted("nginx")
    if pid:
        os.kill(pid, signal.SIGHUP)
    else:
        subprocess.run(["nginx"], check=True)


def main(action: str, *names: str) -> int:
    """Do as systemctl would."""
    if action in {"daemon-reload", "enable"}:
        return 0
    if "nginx" in names:
        nginx()
        return 0
    status = 0
    for name in names:
        Unit(name).stop()
        if action != "stop":
            status |= Unit(name).start()
    return status


if __name__ == "__main__":
    sys.exit(main(*[argument for argument in sys.argv[1:] if not argument.startswith("--")]))
