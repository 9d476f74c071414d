"""A new version comes while people read and write, and no request fails; one that does not start goes away again."""

import re
import time

import pytest

from tests.deploy.server import Server
from tests.deploy.versions import broken_version, version
from tests.deploy.visitors import visitors

pytestmark = pytest.mark.xdist_group("deploy")


def running(server: Server) -> set[str]:
    """What each of the two processes says of itself."""
    told = ("-H", "Host: localhost", "-H", "X-Forwarded-Proto: https")
    asked = [server.curl(f"http://127.0.0.1:{port}/health", *told) for port in server.ports]
    return {answer.stdout.decode().splitlines()[0] for answer in asked}


def style(server: Server) -> str:
    """The style sheet of a page that no cache has."""
    return re.findall(r"/static/css/site\.\w+\.css", server.curl(f"/fr/?{time.monotonic_ns()}").stdout.decode())[0]


def test_a_new_version_comes_without_a_failed_request(server: Server) -> None:
    before = style(server)
    version(server, 2)
    with visitors(server) as people:
        done = server.upgrade()

    assert done.returncode == 0, done.stderr
    assert people.failed == {}
    assert min(people.answers.values()) > 20
    assert running(server) == {"ok 2"}
    assert style(server) != before
    assert server.curl(before, "--fail").stdout, "a cached page finds its style sheet"


def test_it_says_what_it_will_do_and_does_nothing_before_one_says_yes(server: Server) -> None:
    known = running(server)
    version(server, 3)
    said = server.run("site/deploy/upgrade", "--no-backup")

    assert said.returncode == 1
    assert "Version 3" in said.stdout
    assert "ADD COLUMN version_3" in said.stdout or "_version" in said.stdout
    assert "Nothing was changed" in said.stderr
    assert running(server) == known


def test_one_that_does_not_start_leaves_the_old_one_there(server: Server) -> None:
    known = running(server)
    broken_version(server)
    with visitors(server) as people:
        done = server.upgrade(READY_WITHIN="3")

    assert done.returncode == 1
    assert "The version before runs again" in done.stderr
    assert people.failed == {}
    assert running(server) == known
