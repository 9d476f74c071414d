"""A database for one measurement, made from the migrated template and removed afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache
from django.db import connection


@contextmanager
def own_database(template: str, name: str) -> Iterator[None]:
    """Work in a database of this name meanwhile; what the process remembers of another one is forgotten."""
    usual = connection.settings_dict["NAME"]
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    use_database(name)
    try:
        yield
    finally:
        use_database(usual)
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}"')


def use_database(name: str) -> None:
    """Go on in another database."""
    connection.close()
    connection.settings_dict["NAME"] = name
    cache.clear()
