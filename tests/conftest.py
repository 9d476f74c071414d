"""What every test may use: the site in both languages, people of every role, and the loaded content."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.template import engines
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

import library.seeding
from home.models import HomePage
from library.examination.reader import Reader
from members.finder.encoder import SentenceEncoder
from members.models import User
from tests.factories.home import make_homes
from tests.template_database import django_db_modify_db_settings  # noqa: F401  # a fixture for every test

ROLES = ("visitor", "member", "coordinator", "delegate", "editor", "administrator")
DEMO_NAMES = {
    "member": "membre",
    "coordinator": "coordination",
    "delegate": "delegue",
    "editor": "editeur",
    "administrator": "admin",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser; refuse a file of which only some tests commit: they empty all tables, so run last."""
    commits: dict[str, set[bool]] = {}
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)
        marker, fixtures = item.get_closest_marker("django_db"), getattr(item, "fixturenames", ())
        if marker or {"db", "transactional_db"} & set(fixtures):
            is_committing = "transactional_db" in fixtures or bool(marker and marker.kwargs.get("transaction"))
            commits.setdefault(item.nodeid.partition("::")[0], set()).add(is_committing)
    if mixed := [name for name, kinds in commits.items() if len(kinds) > 1]:
        raise pytest.UsageError(f"Tests that commit need files of their own: {', '.join(mixed)}")


@pytest.fixture(autouse=True)
def _french() -> Iterator[None]:
    """Start every test in French, whatever the one before activated."""
    with translation.override("fr"):
        yield


@pytest.fixture(autouse=True)
def _wagtail_templates(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Render undefined variables as Django does where they are allowed: Wagtail relies on ``|default`` for them."""
    if request.node.get_closest_marker("ignore_template_errors"):
        monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "")


@pytest.fixture(autouse=True)
def _audit_log_can_be_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """Empty the log after a test that commits, as its owner can: pytest empties every table, which the log refuses."""
    marker = request.node.get_closest_marker("django_db")
    if not (marker and marker.kwargs.get("transaction")) and "transactional_db" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE members_auditentry DISABLE TRIGGER members_audit_all")
        cursor.execute("TRUNCATE members_auditentry")
        cursor.execute("ALTER TABLE members_auditentry ENABLE TRIGGER members_audit_all")


@pytest.fixture(scope="session", autouse=True)
def _remembering_encoder() -> Iterator[None]:
    """Take the meaning of each phrase once a run: every module loads the same thousands, and takes them away."""
    known: dict[str, np.ndarray] = {}
    encode = SentenceEncoder.encode

    def remember(self: SentenceEncoder, texts: Sequence[str]) -> np.ndarray:
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        if missing:
            known.update(zip(missing, encode(self, missing), strict=True))
        return np.stack([known[text] for text in texts])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SentenceEncoder, "encode", remember)
        yield


@pytest.fixture(scope="session", autouse=True)
def _remembering_reader() -> Iterator[None]:
    """Read each file once a run: every module loads the same tools, and takes them away."""
    known: dict[tuple[Any, ...], Any] = {}

    def remembering(ask: Any) -> Any:
        def remember(self: Reader, path: Path, *more: str) -> Any:
            key = (ask.__name__, hashlib.sha256(path.read_bytes()).digest(), *more)
            if key not in known:
                known[key] = ask(self, path, *more)
            return known[key]

        return remember

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Reader, "read", remembering(Reader.read))
        patch.setattr(Reader, "draw", remembering(Reader.draw))
        yield


@pytest.fixture
def homes(db: None) -> dict[str, HomePage]:
    """The two home pages, linked as translations, served by one site."""
    return make_homes()


@contextmanager
def loaded(manifests: str, blocker: Any) -> Iterator[None]:
    """The alliance's content, with the tools of the manifests of that name, taken away afterwards."""
    chosen = sorted((library.seeding.SEED / "tools").glob(manifests))
    assert chosen
    with blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(library.seeding, "manifests", lambda: chosen)
        call_command("seed", accounts="a-long-demo-password")
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def content(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The real content with one account per role, loaded once for a module; of the library only the first tools."""
    with loaded("first_*.yaml", django_db_blocker):
        yield


@pytest.fixture(scope="module")
def whole_content(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The same with every tool of the library, which takes longer."""
    with loaded("*.yaml", django_db_blocker):
        yield


@pytest.fixture
def as_role(content: None, db: None) -> dict[str, Client]:
    """A browser per role, signed in with the content's accounts; the visitor is signed out."""
    clients = {"visitor": Client()}
    for role, name in DEMO_NAMES.items():
        clients[role] = Client()
        clients[role].force_login(User.objects.get(email=f"{name}@demo.otonom.test"))
    return clients


@pytest.fixture
def count_queries(db: None) -> Iterator[object]:
    """Count the SQL queries of a call: ``count_queries(lambda: client.get(url))``."""

    def count(call: object) -> int:
        with CaptureQueriesContext(connection) as queries:
            call()
        return len(queries)

    return count
