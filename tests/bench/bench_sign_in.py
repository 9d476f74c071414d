"""How long signing in and asking for a new password take, for addresses with and without an account.

``pytest tests/bench/bench_sign_in.py -s``: medians in milliseconds, with the hasher of production.
"""

import statistics
import time
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from config.settings import base
from home.models import HomePage
from members.models import User
from tests.attacks.surface import forget_counts
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db

TIMES = 60
MOST = 1.25  # between the slowest and the fastest of the medians


@pytest.fixture
def addresses(homes: dict[str, HomePage], settings: Settings) -> dict[str, str]:
    settings.PASSWORD_HASHERS = base.PASSWORD_HASHERS
    without = UserFactory()
    without.set_unusable_password()
    without.save()
    closed = UserFactory()
    User.objects.filter(pk=closed.pk).update(is_active=False)
    return {
        "known": UserFactory().email,
        "unknown": "personne@example.org",
        "closed": closed.email,
        "without a password": without.email,
    }


def medians(addresses: dict[str, str], ask: Callable[[str], object]) -> dict[str, float]:
    """Milliseconds, by kind of address; one after the other, so that all meet the same machine."""
    taken: dict[str, list[float]] = {kind: [] for kind in addresses}
    for _time in range(TIMES):
        for kind, address in addresses.items():
            forget_counts()
            began = time.perf_counter()
            ask(address)
            taken[kind].append((time.perf_counter() - began) * 1000)
    return {kind: round(statistics.median(found), 1) for kind, found in taken.items()}


def test_signing_in_takes_as_long_for_everybody(addresses: dict[str, str]) -> None:
    client = Client()
    found = medians(addresses, lambda email: client.post("/fr/compte/login/", {"login": email, "password": "wrong"}))
    print("signing in, ms:", found)
    assert max(found.values()) < MOST * min(found.values())


def test_a_forgotten_password_takes_as_long_for_everybody(addresses: dict[str, str]) -> None:
    client = Client()
    found = medians(addresses, lambda email: client.post("/fr/compte/password/reset/", {"email": email}))
    print("forgotten password, ms:", found)
    assert max(found.values()) < MOST * min(found.values())
