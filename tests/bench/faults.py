"""What breaks, done for real to an installed site, and how it comes back."""

import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psutil

from tests.deploy.server import Server
from tests.deploy.versions import version

UNITS = ("web-{0}", "web-{1}", "worker-default", "worker-files")
DATABASE_DISK, FILES_DISK = "database", "root/srv/otonom/private"  # below the server's folder
SIZES = {DATABASE_DISK: "600m", FILES_DISK: "300m"}
PATIENCE = 120  # seconds
numbers = count(100)


class Supervisor(threading.Thread):
    """Starts again what ended, as the units tell systemd to; new versions start things themselves."""

    def __init__(self, server: Server) -> None:
        super().__init__(daemon=True)
        self.server, self.turn, self.is_over = server, threading.Lock(), threading.Event()
        self.units = [f"otonom@{unit.format(*server.ports)}" for unit in UNITS]
        text = (server.prefix / "etc/systemd/system/otonom@.service").read_text()
        assert "Restart=on-failure" in text
        assert "StartLimitIntervalSec=0" in text
        (pause,) = (line for line in text.splitlines() if line.startswith("RestartSec="))
        self.pause = float(pause.partition("=")[2])

    def run(self) -> None:
        while not self.is_over.wait(0.1):
            with self.turn:
                for unit in self.units:
                    if not is_alive(pid_of(self.server, unit)):
                        self.restart(unit)

    def restart(self, unit: str) -> None:
        """What is left of it ends too, for systemd kills the whole group of a first process that ended."""
        with suppress(ProcessLookupError):
            os.killpg(pid_of(self.server, unit), signal.SIGKILL)
        self.is_over.wait(self.pause)
        self.server.systemctl("start", unit)


def pid_of(server: Server, unit: str) -> int:
    return int((server.prefix / "run" / f"{unit}.pid").read_text())


def is_alive(pid: int) -> bool:
    with suppress(psutil.NoSuchProcess):
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    return False


@dataclass
class Site:
    """An installed site, and who starts again what ended."""

    server: Server
    supervisor: Supervisor
    turns: int = 0

    def port(self) -> int:
        """Now of one web process, now of the other."""
        self.turns += 1
        return self.server.ports[self.turns % 2]

    def unit(self, name: str) -> psutil.Process:
        return psutil.Process(pid_of(self.server, f"otonom@{name}"))

    def postgres(self) -> list[psutil.Process]:
        server = psutil.Process(int(self.server.database._postmaster()[0]))
        return [server, *server.children(recursive=True)]


def nothing(site: Site) -> None:
    """It comes back by itself."""


def kill_web_worker(site: Site) -> None:
    for worker in site.unit(f"web-{site.port()}").children():
        worker.kill()


def kill_web_parent(site: Site) -> None:
    """Its worker goes on answering until the whole group is ended: all is well only after that."""
    unit = f"otonom@web-{site.port()}"
    before = pid_of(site.server, unit)
    psutil.Process(before).kill()
    wait_until(lambda: pid_of(site.server, unit) != before)


def kill_task_worker(site: Site) -> None:
    site.unit("worker-default").kill()


def kill_postgres(site: Site) -> None:
    everybody = site.postgres()
    for process in everybody:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    with suppress(ChildProcessError):
        site.server.database._process.wait()
    psutil.wait_procs(everybody, timeout=PATIENCE)


def start_postgres(site: Site) -> None:
    site.server.database.forget()
    site.server.database.join()


def kill_redis(site: Site) -> None:
    site.server.redis_process.kill()
    site.server.redis_process.wait()


def start_redis(site: Site) -> None:
    site.server.start_redis()


def fill(disk: str) -> Callable[[Site], None]:
    """Take all the room that a disk has."""

    def full(site: Site) -> None:
        with suppress(OSError), (site.server.folder / disk / "filler").open("wb", buffering=0) as filler:
            while True:
                filler.write(bytes(2**16))

    return full


def clear(disk: str) -> Callable[[Site], None]:
    return lambda site: (site.server.folder / disk / "filler").unlink()


def clear_database_disk(site: Site) -> None:
    """It may have ended over a disk where it could not even write down that it ends."""
    clear(DATABASE_DISK)(site)
    start_postgres(site)


def silence_postgres(site: Site) -> None:
    """As a machine that hangs or a cable that is cut: connections stay open, and nothing comes."""
    for process in site.postgres():
        with suppress(psutil.NoSuchProcess):
            process.suspend()


def wake_postgres(site: Site) -> None:
    for process in site.postgres():
        with suppress(psutil.NoSuchProcess):
            process.resume()


def deploy(site: Site) -> None:
    version(site.server, next(numbers))
    with site.supervisor.turn:
        done = site.server.upgrade()
    assert done.returncode == 0, done.stdout + done.stderr


@dataclass(frozen=True)
class Fault:
    """Something that breaks, how long it stays so, and how it is mended."""

    name: str
    happen: Callable[[Site], None]
    end: Callable[[Site], None] = nothing
    seconds: float = 0
    is_unseen: bool = False  # whether no request may fail at all
    felt_by: str = ""  # whose requests must fail meanwhile, or the fault proves nothing


FAULTS = [
    Fault("kill -9 of a web worker", kill_web_worker),
    Fault("kill -9 of a web process", kill_web_parent),
    Fault("kill -9 of the task worker", kill_task_worker, is_unseen=True),
    Fault("kill -9 of PostgreSQL", kill_postgres, start_postgres, 3, felt_by="write"),
    Fault("kill -9 of Redis", kill_redis, start_redis, 3, is_unseen=True),
    Fault("no room for the database", fill(DATABASE_DISK), clear_database_disk, 4, felt_by="write"),
    Fault("no room for files", fill(FILES_DISK), clear(FILES_DISK), 8, felt_by="file"),
    Fault("a database that says nothing", silence_postgres, wake_postgres, 12, felt_by="write"),
    Fault("a new version", deploy, is_unseen=True),
]


@contextmanager
def small_disks(folder: Path) -> Iterator[None]:
    """The database and the private files on disks of their own, in memory, that can be filled."""
    for disk, size in SIZES.items():
        (folder / disk).mkdir(parents=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder / disk], check=True)
    try:
        yield
    finally:
        for disk in SIZES:
            subprocess.run(["umount", "--lazy", folder / disk], check=True)


def can_mount() -> bool:
    return os.geteuid() == 0 and shutil.which("mount") is not None


def wait_until(seen: Callable[[], bool]) -> float:
    """Seconds until it is seen."""
    began = time.monotonic()
    while not seen():
        assert time.monotonic() - began < PATIENCE, "it does not come back"
        time.sleep(0.05)
    return time.monotonic() - began
