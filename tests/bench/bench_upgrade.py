"""New versions come while people read and write, and no request fails; one that does not start goes away again.

``.venv/bin/pytest tests/bench/bench_upgrade.py -s``: one, one that is broken, and twenty, one after the other.
"""

import re
import time
from collections import Counter

import pytest

from tests.deploy.conftest import server  # noqa: F401  # a fixture
from tests.deploy.server import Server, running
from tests.deploy.versions import broken_version, version
from tests.deploy.visitors import visitors

VERSIONS = range(10, 30)  # numbers that no other test here has: each makes a column


def style(running_site: Server) -> str:
    """The style sheet of a page that no cache has."""
    return re.findall(r"/static/css/site\.\w+\.css", running_site.curl(f"/fr/?{time.monotonic_ns()}").stdout.decode())[
        0
    ]


def test_a_new_version_comes_without_a_failed_request(server: Server) -> None:  # noqa: F811
    before = style(server)
    version(server, 2)
    with visitors(server) as people:
        done = server.upgrade()

    assert done.returncode == 0, done.stderr
    assert people.failed == {}, (people.troubles, server.errors())
    assert min(people.answers.values()) > 20
    assert running(server) == {"ok 2"}
    assert style(server) != before
    assert server.curl(before, "--fail").stdout, "a cached page finds its style sheet"


def test_one_that_does_not_start_leaves_the_old_one_there(server: Server) -> None:  # noqa: F811
    known = running(server)
    broken_version(server)
    with visitors(server) as people:
        done = server.upgrade(READY_WITHIN="3")

    assert done.returncode == 1
    assert "The version before runs again" in done.stderr
    assert people.failed == {}, (people.troubles, server.errors())
    assert running(server) == known


def test_twenty_versions(server: Server, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: F811
    answers: Counter[str] = Counter()
    slowest, taken = 0.0, []
    for number in VERSIONS:
        version(server, number)
        began = time.monotonic()
        with visitors(server) as people:
            done = server.upgrade()
        assert done.returncode == 0, done.stderr
        taken.append(time.monotonic() - began)
        answers += people.answers
        slowest = max(slowest, people.slowest)
    with capsys.disabled():
        print(
            f"\n{len(VERSIONS)} versions, {min(taken):.0f} to {max(taken):.0f} s each: {dict(answers)}, "
            f"the slowest answer {slowest:.1f} s"
        )
    assert {said: number for said, number in answers.items() if not said.endswith(" 200")} == {}, server.errors()
