"""What attacks start from: a small world, a browser per role, and what each role meets."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.utils.translation import override

from members.models import User
from tests.attacks.surface import Form, explore, forms_of
from tests.attacks.world import make_world
from tests.factories.joining import browser


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


@pytest.fixture(scope="module")
def explored() -> dict[str, dict[str, str]]:
    """What was seen so far of this module's world, by role."""
    return {}


@pytest.fixture
def pages(as_role: dict[str, Client], explored: dict[str, dict[str, str]]) -> Callable[[str], dict[str, str]]:
    """The pages that a role reaches, explored once for a module."""

    def reached(role: str) -> dict[str, str]:
        if role not in explored:
            explored[role] = explore(as_role[role])
        return explored[role]

    return reached


@pytest.fixture
def forms(pages: Callable[[str], dict[str, str]]) -> Callable[[str], list[Form]]:
    """One of each kind of form that a role meets."""
    return lambda role: forms_of(pages(role))
