"""What somebody types into the finder leaves no trace: the word that only this test types is looked for everywhere."""

import logging
import pickle
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.log import AdminEmailHandler
from django.views.debug import ExceptionReporter
from psycopg import sql
from pytest_django import Settings

from members.finder import unanswered, views
from members.finder.forms import FinderForm
from members.models import UnknownWord, UnrelatedPhrase
from tests.factories.members import CommuneFactory, NeedFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexes")]

MARKER = "qzxmarkerjwv"
QUERY = f"mon mari {MARKER} météo"
LOGGERS = ("", "django.request", "django.server", "django.db.backends", "django.security", "members", "home")
WAYS = {
    "page": ({"words": QUERY}, {}),
    "asked": ({"words": QUERY}, {"X-Live": "asked"}),
    "typing": ({"words": QUERY}, {"X-Live": "typing"}),
    "found": ({"words": f"tomber escalier {MARKER}"}, {}),
    "empty": ({"words": "", "commune": MARKER}, {}),
    "long": ({"words": f"{MARKER} " * 60}, {}),
    "null": ({"words": f"{MARKER}\x00"}, {}),
    "choice": ({"words": QUERY, "commune": MARKER, "spoken": MARKER}, {}),
    "field": ({MARKER: MARKER}, {}),
    "elsewhere": ({"words": QUERY}, {"Sec-Fetch-Site": "cross-site"}),
}


class Everything(logging.Handler):
    """Keeps every record as a formatter would write it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(logging.Formatter())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{self.format(record)} {record.__dict__}")


@pytest.fixture(autouse=True)
def _phrases() -> None:
    NeedFactory(synonyms_fr=["tomber dans l'escalier", "une chute"])
    UnrelatedPhrase.objects.create(text="météo de demain")
    CommuneFactory()


@pytest.fixture
def log() -> Iterator[Everything]:
    """Listen to everything, also to what production does not write."""
    handler = Everything()
    before = {name: logging.getLogger(name).level for name in LOGGERS}
    for name in LOGGERS:
        logging.getLogger(name).setLevel(logging.DEBUG)
        if not name or not logging.getLogger(name).propagate:
            logging.getLogger(name).addHandler(handler)
    yield handler
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)
        logging.getLogger(name).removeHandler(handler)


@pytest.fixture
def send(log: Everything) -> Callable[[str], HttpResponse]:
    """Ask in one of the ways, as a browser without cookies, with every SQL statement logged."""

    def ask(way: str) -> HttpResponse:
        data, headers = WAYS[way]
        connection.force_debug_cursor = True
        try:
            return Client(enforce_csrf_checks=True, raise_request_exception=False).post(
                reverse("members:finder"), data, headers=headers
            )
        finally:
            connection.force_debug_cursor = False

    return ask


def rows_with(word: str) -> list[str]:
    """The tables of which some row has this word in any column."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        found = []
        for table in tables:
            whole = sql.SQL("SELECT 1 FROM {} AS row WHERE row::text ILIKE %s LIMIT 1").format(sql.Identifier(table))
            cursor.execute(whole, [f"%{word}%"])
            found += [table] if cursor.fetchone() else []
    assert "members_unansweredquery" in tables
    return found


def assert_no_trace(log: Everything, response: HttpResponse) -> None:
    assert log.lines
    assert [line for line in log.lines if MARKER in line] == []
    assert mail.outbox == []
    assert not response.cookies
    assert [name for name, value in response.items() if MARKER in value] == []
    assert MARKER.encode() not in pickle.dumps(getattr(cache, "_cache", {}))
    assert rows_with(MARKER) == []


@pytest.mark.parametrize("way", WAYS)
def test_no_answer_leaves_a_trace(send: Callable[[str], HttpResponse], log: Everything, way: str) -> None:
    response = send(way)

    is_valid = way in ("page", "asked", "typing", "found", "elsewhere")
    assert response.status_code == (200 if is_valid else 422)
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"
    assert_no_trace(log, response)


def test_the_search_for_traces_finds_one(send: Callable[[str], HttpResponse], log: Everything) -> None:
    """The other tests would notice a trace: they see statements, and a word that is in the database."""
    assert rows_with("escalier") == ["members_need"]
    send("page")
    assert any("members_unknownword" in line for line in log.lines)
    assert UnknownWord.objects.exists()


def test_following_the_address_leads_to_the_box_without_what_was_typed(log: Everything) -> None:
    response = Client().get(reverse("members:finder"), {"words": QUERY})
    assert response.status_code == 302
    assert MARKER not in response["Location"]
    logging.getLogger("members").debug("written")
    assert_no_trace(log, response)


def breaks_in(monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    """Let one step fail, with a message that repeats what was typed, as a KeyError does."""

    def fails(*args: Any, **kwargs: Any) -> Any:
        local = QUERY
        raise KeyError(local)

    place: Any = {"search": views, "render": views, "keep_unanswered": views, "clean": FinderForm}[where]
    monkeypatch.setattr(place, where, fails, raising=False)


@pytest.mark.parametrize("where", ["search", "render", "keep_unanswered", "clean"])
def test_a_failure_is_logged_without_the_words(
    send: Callable[[str], HttpResponse], log: Everything, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    breaks_in(monkeypatch, where)
    response = send("page")
    assert response.status_code == 500
    assert MARKER not in response.content.decode()
    (told,) = [line for line in log.lines if "Internal Server Error" in line]
    assert "FinderFailure: KeyError" in told
    assert "in fails" in told  # where it happened is told
    assert_no_trace(log, response)


def test_a_failure_to_keep_is_no_failure_to_answer(
    send: Callable[[str], HttpResponse], log: Everything, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unanswered, "_keep", lambda *_: 1 / 0)
    response = send("page")
    assert response.status_code == 200
    assert any("could not be kept: ZeroDivisionError" in line for line in log.lines)
    assert_no_trace(log, response)


@pytest.mark.parametrize("where", ["search", "render"])
def test_not_even_a_mailed_report_tells_it(
    send: Callable[[str], HttpResponse], monkeypatch: pytest.MonkeyPatch, settings: Settings, where: str
) -> None:
    """No mail is sent about errors; should somebody set it up one day, it says nothing of what was typed."""
    settings.ADMINS = [("Admin", "admin@example.org")]
    handler = AdminEmailHandler(include_html=True)
    logging.getLogger("django.request").addHandler(handler)
    breaks_in(monkeypatch, where)
    try:
        send("page")
    finally:
        logging.getLogger("django.request").removeHandler(handler)
    (report,) = mail.outbox
    assert "FinderFailure" in report.body
    assert MARKER not in report.message().as_string()
    assert MARKER not in str(report.alternatives)


@pytest.mark.ignore_template_errors
@pytest.mark.parametrize("where", ["search", "render", "clean"])
def test_nor_the_page_for_developers(
    send: Callable[[str], HttpResponse], monkeypatch: pytest.MonkeyPatch, settings: Settings, where: str
) -> None:
    settings.DEBUG = True
    breaks_in(monkeypatch, where)
    shown = send("page").content.decode()
    assert "FinderFailure" in shown
    assert MARKER not in shown


def test_the_reports_of_other_views_stay_useful(rf: Any) -> None:
    request = rf.post("/", {"subject": "a subject"})
    assert "a subject" in ExceptionReporter(request, KeyError, KeyError("x"), None).get_traceback_text()


def test_no_handler_of_ours_mails_errors() -> None:
    handlers = settings.LOGGING["handlers"].values()
    assert {handler["class"] for handler in handlers} == {"logging.StreamHandler", "logging.NullHandler"}
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["without_queries"]
