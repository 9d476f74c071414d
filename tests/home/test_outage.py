"""The database goes away under a running site, or takes nothing in: people read why, and what they wrote comes back.

A real server, a real database that is really stopped.
"""

import errno
import json
from collections.abc import Iterator
from http.client import HTTPResponse
from typing import Any
from urllib.parse import urlencode

import psutil
import psycopg
import pytest
from bs4 import BeautifulSoup
from django.db import OperationalError
from django.urls import reverse
from django.utils.translation import override

from home.outage.kinds import Outage, outage_of
from tests.own_site import TOKEN, OwnSite, multipart

FORM = "application/x-www-form-urlencoded"
MESSAGE = {
    "name": "Ana Peeters",
    "email": "ana@example.org",
    "subject": "Une <question>",
    "message": "\r\nBonjour,\r\n\r\nqui peut m'aider ?",
    "company_website": "",
}
PASSWORD = "korenbloem-en-klaproos"
SMALL = 150_000  # bytes


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[OwnSite]:
    made = OwnSite(tmp_path_factory.mktemp("outage") / "site")
    try:
        (facts,) = (line for line in made.run("prepare") if line.startswith("{"))
        made.facts = json.loads(facts)
        made.run("pages")
        made.start("web")
        made.wait()
        assert post(made, address("members:finder"), words="escalier")[0].status == 200  # it has read its phrases
        yield made
    finally:
        made.end()


@pytest.fixture
def away(site: OwnSite) -> Iterator[OwnSite]:
    """The site without its database, which is there again afterwards."""
    site.stop_database()
    try:
        yield site
    finally:
        site.start("database")


def address(name: str, language: str = "fr") -> str:
    with override(language):
        return reverse(name)


def post(site: OwnSite, path: str, *, signed_in: bool = False, **fields: str) -> tuple[HTTPResponse, str]:
    headers = {"Content_Type": FORM, "Sec_Fetch_Site": "same-origin", "Sec_Fetch_Dest": "document"}
    if signed_in:
        headers["Cookie"] = f"sessionid={site.facts['session']}; csrftoken={TOKEN}"
        fields["csrfmiddlewaretoken"] = TOKEN
    return site.answer("POST", path, urlencode(fields).encode(), **headers)


def form_of(page: str) -> Any:
    return BeautifulSoup(page, "html.parser").select_one("form[method=post]")


def fields_of(form: Any) -> dict[str, str]:
    """What a browser would send: it drops the first line break of a text, and writes the others as CRLF."""
    texts = {one["name"]: one.get_text().removeprefix("\n") for one in form.select("textarea")}
    hidden = {one["name"]: one["value"] for one in form.select("input[type=hidden]")}
    return {name: text.replace("\r\n", "\n").replace("\n", "\r\n") for name, text in (texts | hidden).items()}


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_a_page_says_in_its_language_that_it_cannot_answer(away: OwnSite, language: str) -> None:
    response, page = away.answer("GET", f"/{language}/contact/")
    read = BeautifulSoup(page, "html.parser")
    assert response.status == 503
    assert response.headers["Retry-After"] == str(Outage.AWAY.value)
    assert "no-store" in response.headers["Cache-Control"]
    assert "Set-Cookie" not in response.headers
    assert read.html["lang"] == language
    assert read.select_one("a[href='tel:112']")
    assert read.select_one(f"a[href='/{language}/contact/']")


def test_what_a_visitor_wrote_comes_back_and_can_be_sent_again(site: OwnSite) -> None:
    path = address("home:contact_send")
    site.stop_database()
    response, page = post(site, path, **MESSAGE)
    site.start("database")

    form = form_of(page)
    assert (response.status, form["action"]) == (503, path)
    assert "Set-Cookie" not in response.headers, "a public page asks for no cookie"
    assert fields_of(form) == MESSAGE
    shown = [text.get_text() for text in form.select(".outage__text")]
    assert [text.split() for text in shown] == [MESSAGE[name].split() for name in list(MESSAGE)[:4]]
    again, _page = post(site, path, **fields_of(form))
    assert again.status == 302
    kept = site.rows("SELECT subject, message FROM home_contactmessage")
    assert [(subject, message.split()) for subject, message in kept] == [
        (MESSAGE["subject"], MESSAGE["message"].split())
    ]


def test_a_member_is_still_signed_in_and_saves_with_the_second_try(site: OwnSite) -> None:
    path, details = address("members:profile"), {"first_name": "Zoë", "last_name": "D'hondt", "best_hours": "le matin"}
    site.stop_database()
    response, page = post(site, path, signed_in=True, **details)
    site.start("database")

    assert response.status == 503
    fields = fields_of(form_of(page))
    cookie = f"sessionid={site.facts['session']}; csrftoken={TOKEN}"
    assert {name: fields[name] for name in details} == details
    again, _page = site.answer("POST", path, urlencode(fields).encode(), Content_Type=FORM, Cookie=cookie)
    assert again.status == 302
    assert site.rows("SELECT first_name FROM members_user WHERE last_name = 'D''hondt'") == [("Zoë",)]


def test_a_password_never_comes_back(away: OwnSite) -> None:
    response, page = post(away, address("account_login"), signed_in=True, login="mira@example.org", password=PASSWORD)
    assert response.status == 503
    assert PASSWORD not in page
    assert "mira@example.org" in page
    assert form_of(page).select_one("input[type=password][name=password]")


def test_files_are_asked_for_again(away: OwnSite) -> None:
    cookie = f"sessionid={away.facts['session']}; csrftoken={TOKEN}"
    body = multipart({"tool": away.facts["tool"], "csrfmiddlewaretoken": TOKEN}, b"Un texte.")
    headers = {"Content_Type": "multipart/form-data; boundary=limit", "Cookie": cookie}
    response, page = away.answer("POST", away.facts["upload"], body, **headers)
    form = form_of(page)
    assert (response.status, form["enctype"]) == (503, "multipart/form-data")
    assert form.select_one("input[type=file][name=file]")
    assert "a.txt" in form.get_text()
    assert fields_of(form)["tool"] == away.facts["tool"]

    live, said = away.answer("POST", away.facts["upload"], body, X_Live="upload", **headers)
    assert (live.status, live.headers["Content-Type"]) == (503, "text/plain; charset=utf-8")
    assert "<" not in said


def test_another_site_cannot_fill_in_the_form(away: OwnSite) -> None:
    body = urlencode(MESSAGE).encode()
    headers = {"Content_Type": FORM, "Sec_Fetch_Site": "cross-site"}
    response, page = away.answer("POST", address("home:contact_send"), body, **headers)
    assert response.status == 503
    assert form_of(page) is None
    assert "Ana Peeters" not in page


def test_the_finder_answers_from_memory(away: OwnSite) -> None:
    response, page = post(away, address("members:finder"), words="je suis tombé dans l'escalier")
    assert response.status == 200
    first = BeautifulSoup(page, "html.parser").select_one(".finder-result li a")
    assert first.get_text() == "Je suis tombé dans l'escalier"
    assert first["href"].startswith("/fr/trouver/")
    assert "tel:112" in page
    assert "no-store" in response.headers["Cache-Control"]


def test_a_database_that_only_reads_is_said_and_reading_goes_on(site: OwnSite) -> None:
    with site.connect() as asking:
        asking.execute("ALTER DATABASE otonom SET default_transaction_read_only = on")
        asking.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
    try:
        reading, _page = site.answer("GET", "/fr/contact/")
        response, page = post(site, address("home:contact_send"), **MESSAGE)
    finally:
        with site.connect() as asking:
            asking.execute("SET default_transaction_read_only = off")
            asking.execute("ALTER DATABASE otonom RESET default_transaction_read_only")
            asking.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
    assert reading.status in (200, 503)  # the connection that was cut is noticed once
    assert (response.status, response.headers["Retry-After"]) == (503, str(Outage.READ_ONLY.value))
    assert fields_of(form_of(page)) == MESSAGE


def test_a_disk_without_room_is_said(site: OwnSite) -> None:
    for process in psutil.Process(site.groups["web"]).children(recursive=True):
        process.rlimit(psutil.RLIMIT_FSIZE, (SMALL, psutil.RLIM_INFINITY))
    try:
        cookie = f"sessionid={site.facts['session']}; csrftoken={TOKEN}"
        body = multipart({"tool": site.facts["tool"], "csrfmiddlewaretoken": TOKEN}, b"Trop. " * SMALL)
        headers = {"Content_Type": "multipart/form-data; boundary=limit", "Cookie": cookie}
        response, page = site.answer("POST", site.facts["upload"], body, **headers)
    finally:
        for process in psutil.Process(site.groups["web"]).children(recursive=True):
            process.rlimit(psutil.RLIMIT_FSIZE, (psutil.RLIM_INFINITY, psutil.RLIM_INFINITY))
    assert (response.status, response.headers["Retry-After"]) == (503, str(Outage.FULL.value))
    assert fields_of(form_of(page))["tool"] == site.facts["tool"]


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), Outage.FULL),
        (psycopg.errors.DiskFull(), Outage.FULL),
        (OperationalError("deadlock detected"), Outage.AWAY),
        (ValueError(), None),
        (FileNotFoundError(errno.ENOENT, ""), None),
    ],
)
def test_what_counts_as_an_outage(error: Exception, kind: Outage | None) -> None:
    wrapped = RuntimeError()
    wrapped.__cause__ = error
    assert (outage_of(error), outage_of(wrapped)) == (kind, kind)
