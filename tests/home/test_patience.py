"""A database that says nothing: whoever asks it hears so in time, and all others at once, until it speaks again."""

import socket
import time
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection

from home.database import patience as module
from home.database.patience import PatientConnection, patience
from tests.config.processes import free_port

SECONDS = 0.5


@pytest.fixture(autouse=True)
def limited(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As in a web process, with less time."""
    monkeypatch.setattr(module, "ASK_AGAIN", SECONDS)
    monkeypatch.setattr(PatientConnection, "longest", SECONDS)
    monkeypatch.setattr(patience, "is_limited", True)
    yield
    patience.note(is_silent=False)


def connected() -> PatientConnection:
    return PatientConnection.connect(**connection.get_connection_params(), autocommit=True)


@pytest.mark.django_db
def test_a_statement_without_an_answer_ends_and_the_others_do_not_wait() -> None:
    with connected() as slow, connected() as other:
        pid = slow.info.backend_pid
        began = time.monotonic()
        with pytest.raises(psycopg.OperationalError, match="says nothing"):
            slow.execute("SELECT pg_sleep(20)")
        took = time.monotonic() - began
        with pytest.raises(psycopg.OperationalError, match="says nothing"):
            other.execute("SELECT 1")
        assert slow.closed
        assert took >= SECONDS
        assert time.monotonic() - began < took + SECONDS, "the second one waited too"

        time.sleep(SECONDS)
        assert other.execute("SELECT pg_terminate_backend(%s)", [pid]).fetchone() == (True,)
        connected().close()


def test_who_cannot_connect_is_the_only_one_who_waits() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(psycopg.errors.ConnectionTimeout):
            PatientConnection.connect(host="127.0.0.1", port=port, user="x", dbname="x", connect_timeout=2)
        began = time.monotonic()
        with pytest.raises(psycopg.OperationalError, match="says nothing"):
            PatientConnection.connect(host="127.0.0.1", port=port, user="x", dbname="x", connect_timeout=2)
        assert time.monotonic() - began < 1


def test_a_database_that_refuses_is_not_silent() -> None:
    """It comes back: the one that asks, and who asks next, hear what it says."""
    patience.note(is_silent=True)
    time.sleep(SECONDS)
    for _time in range(2):
        with pytest.raises(psycopg.OperationalError, match="refused"):
            PatientConnection.connect(host="127.0.0.1", port=free_port(), user="x", dbname="x", connect_timeout=2)


@pytest.mark.django_db
def test_a_command_waits_as_long_as_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "is_limited", False)
    with connected() as made:
        assert made.execute("SELECT 1 FROM pg_sleep(%s)", [2 * SECONDS]).fetchone() == (1,)
