"""Migrates once, into a template that every worker and every run copies, until a migration or a library changes."""

import fcntl
import hashlib
import os
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from pytest_django import DjangoDbBlocker

from config import postgres_programs
from config.postgres import DATABASE_NAME, SUPERUSER

PREFIX = "otonom_template_"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """Let the test databases be copies of the template."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with django_db_blocker.unblock(), (settings.DATA_DIR / "tests.template").open("a") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        connection.settings_dict["TEST"] |= {"TEMPLATE": _template(), "MIGRATE": False}


def _template() -> str:
    """Return the name of the template, made if need be; only a whole one bears the name."""
    name = PREFIX + _fingerprint()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [PREFIX.replace("_", r"\_") + "%"])
        there = [row[0] for row in cursor.fetchall()]
        if name not in there:
            for outdated in there:
                cursor.execute(f'DROP DATABASE IF EXISTS "{outdated}"')
            cursor.execute(f"CREATE DATABASE {PREFIX}new")
            _migrate(f"{PREFIX}new")
            cursor.execute(f'ALTER DATABASE {PREFIX}new RENAME TO "{name}"')
    return name


def _migrate(database: str) -> None:
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = database
    call_command("migrate", verbosity=0)
    connection.close()
    connection.settings_dict["NAME"] = usual


def _fingerprint() -> str:
    root = Path(settings.BASE_DIR)
    files = [root / "site" / "requirements" / "development.txt", *root.glob("[a-z]*/migrations/*.py")]
    return hashlib.sha256(b"".join(file.read_bytes() for file in sorted(files))).hexdigest()[:16]


def copy_tables(host: str) -> None:
    """Fill an empty database with the tables of the tests, which are made once for all runs."""
    programs, known = postgres_programs.folder(), connection.settings_dict
    where = {"PGHOST": known["HOST"], "PGPORT": str(known["PORT"]), "PGUSER": known["USER"]}
    dump = subprocess.run(
        [programs / "pg_dump", known["TEST"]["TEMPLATE"]],
        env=os.environ | where | {"PGPASSWORD": known["PASSWORD"]},
        capture_output=True,
        check=True,
    )
    command = [programs / "psql", "--quiet", f"--host={host}", f"--username={SUPERUSER}", DATABASE_NAME]
    subprocess.run(command, input=dump.stdout, capture_output=True, check=True)
