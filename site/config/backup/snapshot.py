"""What the database says at one moment: its snapshot, the checksums of its tables, and which files it names."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connection, transaction
from django.db.models import FileField
from psycopg import sql

# A row as text, whatever the server's own settings are.
AS_TEXT = ("timezone = 'UTC'", "datestyle = 'ISO, YMD'", "bytea_output = 'hex'", "extra_float_digits = 1")
TABLES = """
    SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
    WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1
"""
# The sum of a hash of every row does not depend on their order, and needs no room.
CHECKSUM = """
    SELECT count(*), coalesce(sum(('x' || substr(md5(one::text), 1, 16))::bit(64)::bigint::numeric), 0)
    || ' ' || coalesce(sum(('x' || substr(md5(one::text), 17, 16))::bit(64)::bigint::numeric), 0) FROM {} AS one
"""
Tables = dict[str, tuple[int, str]]  # how many rows, and their checksum


@contextmanager
def snapshot() -> Iterator[str]:
    """See the database as it is now until the end of the block; gives the name by which ``pg_dump`` sees the same."""
    connection.ensure_connection()
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        yield cursor.fetchone()[0]


def table_names() -> list[str]:
    """Every table, with its schema."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        return [row[0] for row in cursor.fetchall()]


def checksums() -> Iterator[tuple[str, tuple[int, str]]]:
    """How many rows each table has, and a checksum of them all; inside a transaction, whose settings it changes."""
    names = table_names()
    with connection.cursor() as cursor:
        for setting in AS_TEXT:
            cursor.execute(f"SET LOCAL {setting}")
        for name in names:
            cursor.execute(sql.SQL(CHECKSUM).format(sql.SQL(name)))  # quoted by the server
            count, total = cursor.fetchone()
            yield name, (count, total)


def named_files() -> Iterator[tuple[object, str]]:
    """Every file that a row names, with the storage in which it lies."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, FileField) and not model._meta.proxy:
                names = model._base_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True)
                for name in names.iterator():
                    if name:
                        yield field.storage, name
