"""The embedded database: many may start it at once, the last one to leave stops it, a kill is recovered from."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.config.processes import ROOT, environment, left_behind

USE = """
import sys, pathlib, psycopg
from config import postgres
settings = postgres.start(pathlib.Path(sys.argv[1]), "tests")
with psycopg.connect(host=settings["HOST"], user=settings["USER"], dbname=settings["NAME"]) as connection:
    answer = connection.execute("SELECT lower('ÉTÉ')").fetchone()[0]
print(answer, flush=True)
sys.stdin.readline()
"""


def user(folder: Path) -> "subprocess.Popen[str]":
    env = environment(folder) | {"PYTHONIOENCODING": "utf-8"}
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", USE, str(folder)], cwd=ROOT, env=env, text=True, stdin=pipe, stdout=pipe
    )


def answer(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def finish(process: "subprocess.Popen[str]") -> int:
    process.communicate("\n", timeout=60)
    return process.returncode


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data with a space"


def test_many_start_at_once_and_the_last_one_stops_it(folder: Path) -> None:
    users = [user(folder) for _number in range(4)]
    assert [answer(process) for process in users] == ["été"] * 4
    assert [finish(process) for process in users[:3]] == [0] * 3
    assert left_behind(folder), "it stopped while somebody used it"
    assert finish(users[3]) == 0
    assert left_behind(folder) == []


def test_a_killed_user_is_not_counted(folder: Path) -> None:
    killed = user(folder)
    assert answer(killed) == "été"
    killed.kill()
    killed.communicate()
    last = user(folder)
    assert (answer(last), finish(last)) == ("été", 0)
    assert left_behind(folder) == []


def test_a_killed_server_is_started_again(folder: Path) -> None:
    first = user(folder)
    assert answer(first) == "été"
    os.kill(int((folder / "tests" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    second = user(folder)
    assert answer(second) == "été"
    assert (finish(second), finish(first)) == (0, 0)
    assert left_behind(folder) == []


def test_a_trace_that_names_another_process_is_cleared_away(folder: Path) -> None:
    first = user(folder)
    assert (answer(first), finish(first)) == ("été", 0)
    trace = folder / "tests" / "postmaster.pid"
    trace.write_text(f"{os.getpid()}\n{folder}/tests\n1\n5432\n{folder}/tests\n\n0 0\nready\n")
    second = user(folder)
    assert (answer(second), finish(second)) == ("été", 0)


def test_a_folder_too_deep_for_a_socket(folder: Path) -> None:
    deep = folder / ("deep" * 20)
    process = user(deep)
    assert (answer(process), finish(process)) == ("été", 0)
    assert left_behind(deep) == []
