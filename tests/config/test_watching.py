"""What a site in production tells about itself: its log, its numbers and its mails, and that they name nobody.

A real Granian with two workers, a real database, a real mail server.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPException, HTTPResponse
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen
from uuid import uuid4

import psutil
import pytest
from django.urls import reverse
from django.utils.translation import override
from prometheus_client.parser import text_string_to_metric_families

from config import error_mail
from config.error_mail import MOST_OF_ONE, Limit
from home.outage.kinds import Outage
from tests.config.processes import PATIENCE, ROOT, environment, free_port
from tests.mail_server import MailServer, mail_server
from tests.own_site import OwnSite

NUMBER = "0123456789abcdef0123456789abcdef"
SENDERS = count(1)
SECRETS = ("ana.peeters@example.org", "Zeer-Geheim-Woord", "t0ken-AbCdEf123456", "Ana Peeters")
MESSAGE = {"name": SECRETS[3], "email": SECRETS[0], "subject": SECRETS[1], "message": f"Bonjour {SECRETS[2]}"}
# A database that repeats in its error what somebody typed, as PostgreSQL does for many a wrong value.
REPEATS = """
    CREATE FUNCTION repeat_it() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'cannot keep % % %', NEW.email, NEW.subject, NEW.message; END $$;
    CREATE TRIGGER repeat_it BEFORE INSERT ON home_contactmessage FOR EACH ROW EXECUTE FUNCTION repeat_it();
"""


class Served(OwnSite):
    """The site as it is deployed, served by Granian's own command."""

    def __init__(self, folder: Path, mail: MailServer) -> None:
        super().__init__(folder)
        self.mail, self.metrics_port, self.log = mail, free_port(), folder / "log.txt"

    def serve(self) -> None:
        (self.folder / "tmp").mkdir()
        env = environment(
            self.folder,
            DJANGO_SETTINGS_MODULE="tests.config.serving_settings",
            PYTHONPATH=f"{ROOT}:{ROOT / 'site'}",
            TMPDIR=str(self.folder / "tmp"),
            SECRET_KEY="x" * 60,
            ALLOWED_HOSTS="127.0.0.1",
            SITE_URL=f"http://127.0.0.1:{self.port}",
            DATABASE_URL=self.address,
            MEDIA_ROOT=str(self.folder / "media"),
            PRIVATE_ROOT=str(self.folder / "private"),
            DEFAULT_FROM_EMAIL="site@otonom.test",
            CONTACT_RECIPIENTS="equipe@otonom.test",
            EMAIL_URL=f"smtp://127.0.0.1:{self.mail.port}",
            SECURITY_CONTACT="mailto:security@otonom.test",
            ERROR_MAIL_TO="admin@otonom.test",
            METRICS_PORT=str(self.metrics_port),
            REDIS_URL="",
            FINDER_ENCODER="",
            OPENBLAS_NUM_THREADS="1",
        )
        where = ("--host", "127.0.0.1", "--port", str(self.port), "--workers", "2", "--respawn-failed-workers")
        command = [sys.executable, "-m", "config.serve", "--interface", "wsgi", *where, "config.wsgi:application"]
        with self.log.open("w") as log:
            self.server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)
        self.wait()

    def end(self) -> None:
        self.server.terminate()
        self.server.wait(PATIENCE)
        super().end()

    def lines(self) -> list[dict[str, Any]]:
        """The site's lines of the log; Granian writes a few words of its own when it starts."""
        return [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]

    def numbers(self) -> dict[tuple[str, ...], float]:
        """What Prometheus is told: each number by its name and its labels."""
        with urlopen(f"http://127.0.0.1:{self.metrics_port}/metrics", timeout=PATIENCE) as answer:  # our own
            families = list(text_string_to_metric_families(answer.read().decode()))
        return {
            (sample.name, *sorted(sample.labels.values())): sample.value
            for family in families
            for sample in family.samples
        }


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[Served]:
    with mail_server() as mail:
        made = Served(tmp_path_factory.mktemp("watching") / "site", mail)
        made.run("pages")
        made.serve()
        try:
            yield made
        finally:
            made.end()


@pytest.fixture(scope="module")
def failing(site: Served) -> Served:
    """The site, whose contact form fails with an error that repeats what was typed."""
    with site.connect() as asking:
        asking.execute(REPEATS)
    return site


def send(site: Served, **headers: str) -> tuple[HTTPResponse, str]:
    with override("fr"):
        path = f"{reverse('home:contact_send')}?token={SECRETS[2]}&mail={SECRETS[0]}"
    # Each message from another address: the form takes five an hour from one.
    form = {"Content_Type": "application/x-www-form-urlencoded", "X_Forwarded_For": f"10.0.0.{next(SENDERS)}"}
    return site.answer("POST", path, urlencode(MESSAGE).encode(), **form, **headers)


def an_hour_passes(site: Served) -> None:
    """Nothing is held back any more; what was sent is read."""
    for path in (site.folder / "tmp").glob("otonom-error-mails-*"):
        path.unlink()
    site.mail.letters.clear()


def until(ready: Any, what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not ready():
        assert time.monotonic() < end, what
        time.sleep(0.05)


def test_an_error_is_told_in_the_log_and_by_few_mails_and_without_a_word_of_what_was_typed(failing: Served) -> None:
    an_hour_passes(failing)
    before = len(failing.lines())
    response, _page = send(failing, X_Request_ID=NUMBER)
    for _number in range(5):
        send(failing)
    until(lambda: len(failing.mail.letters) >= MOST_OF_ONE, "no mail came")
    time.sleep(0.5)  # for those that should not come

    assert (response.status, response.headers["X-Request-ID"]) == (500, NUMBER)
    (line,) = [line for line in failing.lines() if line.get("request") == NUMBER]
    assert (line["level"], line["logger"], line["message"]) == ("ERROR", "django.request", "500 Internal Server Error")
    assert (line["method"], line["route"]) == ("POST", "home:contact_send")
    assert line["time"].endswith("+00:00")
    assert "home/contact_form.py" in line["error"]
    assert "ProgrammingError: P0001" in line["error"]
    assert len([line for line in failing.lines()[before:] if line["message"].startswith("500")]) == 6

    letters = failing.mail.letters
    assert [(letter["To"], letter["Subject"]) for letter in letters] == [
        ("admin@otonom.test", "[Alliance Otonom] ProgrammingError home:contact_send")
    ] * MOST_OF_ONE
    assert f"Request: {NUMBER}" in letters[0].get_content()
    assert "home/contact_form.py" in letters[0].get_content()
    everything = failing.log.read_text() + "".join(letter.as_string() for letter in letters)
    assert [secret for secret in SECRETS if secret in everything] == []


def test_an_address_that_is_not_there_is_not_repeated(site: Served) -> None:
    number = uuid4().hex
    response, _page = site.answer("GET", f"/fr/{SECRETS[1]}/?q={SECRETS[2]}", X_Request_ID=number)
    assert response.status == 404
    assert [line["message"] for line in site.lines() if line.get("request") == number] == ["404 Not Found"]
    assert SECRETS[1] not in site.log.read_text()


@pytest.mark.parametrize("number", ["<script>", SECRETS[0], "A" * 32, "1" * 33])
def test_a_number_that_is_none_is_not_taken(site: Served, number: str) -> None:
    response, _page = site.answer("GET", "/fr/compte/login/", X_Request_ID=number)
    assert response.headers["X-Request-ID"] != number
    assert number not in site.log.read_text()


def test_numbers_of_both_workers_are_added_up_and_outlive_one(site: Served) -> None:
    before = site.numbers().get(("otonom_requests_total", "302", "GET", "choose_language"), 0)
    for _number in range(40):
        site.answer("GET", "/")
    told = site.numbers()
    assert told[("otonom_requests_total", "302", "GET", "choose_language")] == before + 40
    assert told[("otonom_request_seconds_count", "choose_language")] == before + 40
    assert told[("otonom_database_answers",)] == 1
    assert told[("otonom_letters_waiting",)] >= 0
    assert not [label for labels in told for label in labels if "@" in label or "/" in label]

    counting = [
        one for one in psutil.Process(site.server.pid).children(recursive=True) if listens(one, site.metrics_port)
    ]
    assert len(counting) == 1
    counting[0].kill()
    until(lambda: answered(site), "no other worker answers Prometheus")
    assert site.numbers()[("otonom_requests_total", "302", "GET", "choose_language")] >= before + 40


def listens(process: psutil.Process, port: int) -> bool:
    return any(one.laddr and one.laddr.port == port and one.status == "LISTEN" for one in process.net_connections())


def answered(site: Served) -> bool:
    with suppress(OSError, HTTPException):
        return bool(site.numbers())
    return False


def test_a_database_that_is_away_is_counted_and_mailed_about(site: Served) -> None:
    site.stop_database()
    try:
        response, _page = site.answer("GET", "/fr/compte/login/", Cookie=f"sessionid={'x' * 32}")
        away = site.answer("GET", "/fr/contact/?again")[0]
        ready, live = (site.answer("GET", f"/health/{name}")[0].status for name in ("ready", "live"))
        told = site.numbers()
        until(lambda: any("OperationalError" in letter["Subject"] for letter in site.mail.letters), "no mail came")
    finally:
        site.start("database")
    assert {response.status, away.status} <= {200, 503}
    assert away.headers["Retry-After"] == str(Outage.AWAY.value)
    assert (ready, live) == (503, 200)
    assert told[("otonom_outages_total", "AWAY")] >= 1
    assert told[("otonom_database_answers",)] == 0


def test_a_mail_server_that_hangs_holds_nobody_up(failing: Served) -> None:
    an_hour_passes(failing)
    failing.mail.is_awake.clear()
    began = time.monotonic()
    try:
        assert send(failing)[0].status == 500
        assert send(failing)[0].status == 500
        assert time.monotonic() - began < PATIENCE / 20
    finally:
        failing.mail.is_awake.set()
    until(lambda: len(failing.mail.letters) == MOST_OF_ONE, "no mail came")


def test_what_was_not_sent_is_counted_and_told_in_the_next_hour(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hour = [100]
    monkeypatch.setattr(error_mail.time, "time", lambda: hour[0] * error_mail.HOUR)
    first, second = Limit(tmp_path / "shared"), Limit(tmp_path / "shared")  # of two processes
    assert [limit.take("here") for limit in (first, second, first, second)] == [0, 0, None, None]
    assert first.take("there") == 2
    assert [first.take(f"place {number}") for number in range(20)].count(None) == 20 - (error_mail.MOST - 3)
    hour[0] += 1
    assert second.take("here") == 20 - (error_mail.MOST - 3)
    (tmp_path / "shared").write_text('{"hour": 1')  # half written
    assert second.take("here") == 0
    assert os.stat(tmp_path / "shared").st_mode & 0o077 == 0
