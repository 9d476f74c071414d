"""What attacks start from: a small world, a browser per role, and what each role meets."""

import os
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.utils.translation import override
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from members.models import User
from tests.attacks.surface import Form, explore, forms_of
from tests.attacks.world import make_world
from tests.factories.joining import browser

# The suite tries a little, the same each time; ATTACKS=300 tries as many of each.
EXAMPLES = int(os.environ.get("ATTACKS", "2"))
hypothesis_settings.register_profile(
    "attacks",
    max_examples=EXAMPLES,
    derandomize="ATTACKS" not in os.environ,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
hypothesis_settings.load_profile("attacks")


@pytest.fixture(autouse=True)
def _words_only(settings: Any) -> None:
    """Let the finder compare words: what its phrases mean takes long to work out, and nobody attacks that."""
    settings.FINDER_ENCODER = ""


@pytest.fixture(scope="module")
def people(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, User]]:
    """Somebody of each role, in a small world with one of everything, made once for a module."""
    with django_db_blocker.unblock(), transaction.atomic(), override("fr"), override_settings(FINDER_ENCODER=""):
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture
def as_role(people: dict[str, User], db: None) -> dict[str, Client]:
    """A browser per role; the visitor is signed out."""
    return {"visitor": Client()} | {role: browser(person) for role, person in people.items()}


@pytest.fixture
def pages(as_role: dict[str, Client]) -> Callable[[str], dict[str, str]]:
    """The pages that a role reaches."""
    return cache(lambda role: explore(as_role[role]))


@pytest.fixture
def forms(pages: Callable[[str], dict[str, str]]) -> Callable[[str], list[Form]]:
    """One of each kind of form that a role meets."""
    return lambda role: forms_of(pages(role))
