"""Twenty new versions, one after the other, while people read and write: none may fail.

``.venv/bin/pytest tests/bench/bench_upgrade.py -s``; the suite brings one (``tests/deploy/test_upgrade.py``).
"""

import time
from collections import Counter

import pytest

from tests.deploy.conftest import server  # noqa: F401  # a fixture
from tests.deploy.server import Server
from tests.deploy.versions import version
from tests.deploy.visitors import visitors

VERSIONS = 20


def test_twenty_versions(server: Server, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: F811
    answers: Counter[str] = Counter()
    slowest, taken = 0.0, []
    for number in range(2, VERSIONS + 2):
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
            f"\n{VERSIONS} versions, {min(taken):.0f} to {max(taken):.0f} s each: {dict(answers)}, "
            f"the slowest answer {slowest:.1f} s"
        )
    assert {said: number for said, number in answers.items() if not said.endswith(" 200")} == {}
