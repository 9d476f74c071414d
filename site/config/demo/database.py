"""The demo's database: it may touch one that is empty or that it made before, no other."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, connection, transaction
from psycopg.errors import DiskFull

from config import data_folder, postgres
from config.demo.folder import NEEDED_SPACE, free_space
from config.refusal import Refusal

MARK = "otonom_demo_state"  # a table of one row: what was prepared in this database


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn what the database refuses into one sentence; a full disk may look like a server that went away."""
    try:
        yield
    except OperationalError as error:
        embedded = postgres.server_of(folder) is not None
        if isinstance(error.__cause__, DiskFull) or (embedded and free_space(folder) < NEEDED_SPACE / 10):
            raise Refusal(data_folder.full(folder)) from error
        raise Refusal(f"The database of {'the demo' if embedded else 'DATABASE_URL'} does not answer.") from error


def claim() -> None:
    """Mark an empty database, or the embedded one, as the demo's; refuse one that holds anything else."""
    with transaction.atomic(), connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        if MARK in tables:
            return
        if tables and postgres.server_of(settings.DATA_DIR) is None:
            name = connection.settings_dict["NAME"]
            raise Refusal(f"The database “{name}” was not made by the demo, which leaves it alone: name an empty one.")
        cursor.execute(f"CREATE TABLE {MARK} (content text NOT NULL, accounts text NOT NULL)")
        cursor.execute(f"INSERT INTO {MARK} VALUES ('', '')")  # noqa: S608  # a constant


def empty() -> None:
    """Drop everything from the demo's database."""
    claim()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    claim()


def prepared() -> tuple[str, str]:
    """Return the fingerprints of the content and of the accounts that were prepared here last."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT content, accounts FROM {MARK}")  # noqa: S608  # a constant
        content, accounts = cursor.fetchone()
        return content, accounts


def remember(content: str, accounts: str) -> None:
    """Keep the fingerprints of what was just prepared."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {MARK} SET content = %s, accounts = %s", [content, accounts])  # noqa: S608  # a constant
