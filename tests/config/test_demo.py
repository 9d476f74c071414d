"""The demo, as real processes: what a newcomer sees, and what stays behind."""

import re
import shutil
import signal
import socket
import tempfile
import time
from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen
from uuid import uuid4

import psycopg
import pytest
from django.db import connection

from config.demo import folder
from config.refusal import Refusal
from tests.config.processes import Demo, assert_refused, environment, free_port, left_behind, manage


@pytest.fixture(scope="module")
def prepared() -> Iterator[tuple[Path, str]]:
    """A data folder where the demo ran once, and what it printed."""
    data_dir = Path(tempfile.mkdtemp(prefix="otonom demo "))
    demo = Demo(data_dir)
    answers = [urlopen(f"http://127.0.0.1:{demo.port}/{path}").status for path in ("fr/", "nl/", "admin/login/")]
    status = demo.interrupt()
    assert (answers, status, left_behind(data_dir)) == ([200, 200, 200], 0, [])
    yield data_dir, demo.output
    shutil.rmtree(data_dir)


def test_the_first_start_prints_addresses_and_logins(prepared: tuple[Path, str]) -> None:
    _data_dir, output = prepared
    for part in ("/fr/", "/nl/", "/admin/", "/fr/compte/login/", "membre@demo.otonom.test", "admin@demo.otonom.test"):
        assert part in output
    assert re.search(r"password \S{12}", output)


def test_a_second_start_prepares_nothing_and_keeps_the_password(prepared: tuple[Path, str]) -> None:
    data_dir, output = prepared
    demo = Demo(data_dir)
    again = manage("demo", env=environment(data_dir, PORT=str(free_port())))
    taken = manage("demo", env=environment(data_dir, PORT=str(demo.port)))
    status = demo.send(signal.SIGTERM)

    assert (status, left_behind(data_dir)) == (0, [])
    assert "Making the tables" not in demo.output
    assert password(demo.output) == password(output)
    assert_refused(again, "already runs")
    assert_refused(taken, f"Port {demo.port} is taken", "PORT")


def test_a_killed_demo_takes_its_web_server_along_and_the_next_start_recovers(prepared: tuple[Path, str]) -> None:
    data_dir, _output = prepared
    killed = Demo(data_dir)
    killed.send(signal.SIGKILL)
    time.sleep(1)
    assert not [command for command in left_behind(data_dir) if "manage.py" in command]

    demo = Demo(data_dir, DEMO_PASSWORD="another-password")
    assert password(demo.output) == "another-password"
    assert urlopen(f"http://127.0.0.1:{demo.port}/fr/").status == 200
    assert (demo.interrupt(), left_behind(data_dir)) == (0, [])


def password(output: str) -> str:
    return output.split("the password ")[1].split(maxsplit=1)[0]


def test_a_port_that_another_program_has(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        assert_refused(manage("demo", env=environment(tmp_path, PORT=port)), f"Port {port} is taken")
    assert left_behind(tmp_path) == []


def test_a_port_that_is_none(tmp_path: Path) -> None:
    assert_refused(manage("demo", env=environment(tmp_path, PORT="http")), "PORT is “http”")


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("in the way")
    assert_refused(manage("demo", env=environment(file / "data")), "cannot be used", "OTONOM_DATA_DIR")


def test_a_folder_that_cannot_be_written_to() -> None:
    assert_refused(manage("demo", env=environment(Path("/proc/otonom"))), "/proc/otonom cannot be used")


@pytest.mark.parametrize("option", [(), ("--fresh",)])
def test_a_folder_that_holds_something_else(tmp_path: Path, option: tuple[str, ...]) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    assert_refused(manage("demo", *option, env=environment(tmp_path)), "holds something else")
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_disk_without_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10**9, 10**9 - 5 * 2**20, 5 * 2**20))
    with pytest.raises(Refusal, match="has 5 MB left"):
        folder.check_space(tmp_path)


@pytest.fixture
def foreign(db: None) -> Iterator[str]:
    """The address of a database where somebody keeps something."""
    name = f"somebody_elses_{uuid4().hex[:8]}"
    parameters = connection.get_connection_params()
    server = {key: parameters[key] for key in ("host", "port", "user", "password") if key in parameters}
    host = str(server.get("host", "")).replace("/", "%2F")
    with psycopg.connect(**server, dbname="postgres", autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        with psycopg.connect(**server, dbname=name) as theirs:
            theirs.execute("CREATE TABLE savings AS SELECT 1000 AS euros")
        yield f"postgres://{server['user']}:{server.get('password', '')}@{host}:{server.get('port', 5432)}/{name}"
        with psycopg.connect(**server, dbname=name) as theirs:
            euros = theirs.execute("SELECT euros FROM savings").fetchall()
            tables = theirs.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
        admin.execute(f"DROP DATABASE {name}")
    assert (euros, tables) == ([(1000,)], (1,))


@pytest.mark.parametrize("option", [(), ("--fresh",)])
def test_a_database_that_the_demo_did_not_make(foreign: str, tmp_path: Path, option: tuple[str, ...]) -> None:
    result = manage("demo", *option, env=environment(tmp_path, DATABASE_URL=foreign, PORT=str(free_port())))
    assert_refused(result, "“somebody_elses_.*” was not made by the demo")


def test_an_address_that_is_no_database(tmp_path: Path) -> None:
    assert_refused(manage("demo", env=environment(tmp_path, DATABASE_URL="nonsense")), "DATABASE_URL")


def test_a_database_server_that_is_away(tmp_path: Path) -> None:
    url = f"postgres://nobody@127.0.0.1:{free_port()}/nothing"
    result = manage("demo", env=environment(tmp_path, DATABASE_URL=url, PORT=str(free_port())))
    assert_refused(result, "DATABASE_URL", "does not answer")
