"""Who tries passwords at two processes counts once; without Redis each counts for itself, and nothing fails."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pytest_django import Settings

from config.settings import base
from tests.attacks.stack import Answer, Stack, needs, stack
from tests.factories.home import make_homes
from tests.factories.people import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def two(tmp_path: Path, settings: Settings) -> Iterator[Stack]:
    """Two Granian processes and the Redis between them."""
    needs("redis-server")
    make_homes()
    settings.PASSWORD_HASHERS = base.PASSWORD_HASHERS  # the site knows no other
    with stack(tmp_path) as made:
        made.redis()
        made.web("one")
        made.web("two")
        yield made


def at_once(two: Stack, email: str, times: int, client: str) -> list[Answer]:
    """Wrong passwords, as many as possible at the same moment, half of them at each process."""
    names = [("one", "two")[number % 2] for number in range(times)]
    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(lambda name: two.sign_in(name, email, "a wrong password", client), names))


def checked(answers: list[Answer]) -> int:
    """How many passwords were compared; all others were told to wait."""
    assert {answer.status for answer in answers} <= {200, 429}
    compared = [answer for answer in answers if answer.status == 200 and "errorlist" in answer.text]
    return sum("Attendez" not in answer.text for answer in compared)


def test_two_processes_count_together_and_go_on_without_redis(two: Stack) -> None:
    one, other, third = UserFactory(), UserFactory(), UserFactory()
    assert 1 <= checked(at_once(two, one.email, 40, "192.0.2.7")) <= 5

    two.kill("redis")
    assert two.sign_in("one", other.email, PASSWORD, "192.0.2.8").status == 302
    assert 1 <= checked(at_once(two, third.email, 40, "192.0.2.9")) <= 10  # five at each
    for name in ("one", "two"):
        health = two.ask(name, "/health")
        assert (health.status, "Redis" in health.text) == (200, True)
        assert two.said(name).count("Redis does not answer") == 1

    two.redis()
    until = time.monotonic() + 20
    while any("Redis" in two.ask(name, "/health").text for name in ("one", "two")):
        assert time.monotonic() < until
        time.sleep(0.1)
    fourth = UserFactory()
    assert 1 <= checked(at_once(two, fourth.email, 40, "192.0.2.10")) <= 5
    assert two.said("one").count("Redis answers again") == 1
