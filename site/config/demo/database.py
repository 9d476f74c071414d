"""The demo's database: it may touch one that is empty or that it made before, no other."""

from django.db import connection, transaction

from config.refusal import Refusal

MARK = "otonom_demo"  # a table of one row: what was prepared in this database


def claim() -> None:
    """Mark an empty database as the demo's; refuse one that holds anything else."""
    with transaction.atomic(), connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        if MARK in tables:
            return
        if tables:
            name = connection.settings_dict["NAME"]
            raise Refusal(
                f"The database “{name}” was not made by the demo, which leaves it as it is: name an empty one."
            )
        cursor.execute(f"CREATE TABLE {MARK} (prepared text NOT NULL)")
        cursor.execute(f"INSERT INTO {MARK} VALUES ('')")  # noqa: S608  # a constant


def empty() -> None:
    """Drop everything from the demo's database."""
    claim()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    claim()


def prepared() -> str:
    """Return the fingerprint of what was prepared here last."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT prepared FROM {MARK}")  # noqa: S608  # a constant
        return str(cursor.fetchone()[0])


def remember(fingerprint: str) -> None:
    """Keep the fingerprint of what was just prepared."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {MARK} SET prepared = %s", [fingerprint])  # noqa: S608  # a constant
