"""The files of site/deploy, installed below a folder and driven: what visitors, colleagues and timers see of them."""

import http.client
import json
import os
import re
import shutil
import ssl
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from django.utils import timezone

from config.periodic import JOBS
from config.postgres import DATABASE_NAME, SUPERUSER
from tests.config.processes import PATIENCE
from tests.deploy.server import NAME, Server
from tests.factories.library import PDF
from tests.factories.people import PASSWORD
from tests.home.page_cache_site import PROMISED
from tests.s3_server import KEYS, bucket

KEPT_BY_NGINX = 2  # seconds: X-Accel-Expires says one, and nginx counts whole seconds
EXPOSURE = 22  # tenths, of 100: how much systemd lets a process do that something took over


class Browser:
    """Curl with a jar of cookies, which fills in forms."""

    def __init__(self, server: Server, folder: Path) -> None:
        self.server, self.jar = server, folder / "cookies.txt"

    def ask(self, path: str, *options: str) -> str:
        return self.server.curl(path, "--location", "-b", str(self.jar), "-c", str(self.jar), *options).stdout.decode()

    def post(self, page: str, path: str, *fields: str, how: str = "--data-urlencode") -> str:
        """Open a page, and send its form."""
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.ask(page))
        assert token
        sent = [part for field in (f"csrfmiddlewaretoken={token[1]}", *fields) for part in (how, field)]
        return self.ask(path, "-e", self.server.address + page, *sent)


@pytest.fixture
def browser(server: Server, tmp_path: Path) -> Browser:
    return Browser(server, tmp_path)


@pytest.fixture
def colleague(browser: Browser) -> Browser:
    """Somebody who signed in."""
    page = "/fr/compte/login/"
    assert "/fr/compte/logout/" in browser.post(page, page, "login=mira@example.org", f"password={PASSWORD}")
    return browser


def until(seen: Callable[[], Any], seconds: float = 60) -> Any:
    """What is seen as soon as it is."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := seen():
            return found
        time.sleep(0.1)
    raise AssertionError("nothing came")


def test_a_visitor_comes_to_the_page_by_https_and_http2(server: Server) -> None:
    plain = server.curl(f"http://localhost:{server.http}/fr/", "-w", "%{http_code} %{redirect_url}").stdout.decode()
    page = server.curl("/fr/", "-w", "\n%{http_code} %{http_version}").stdout.decode()

    assert plain.endswith("301 https://localhost/fr/")
    assert "<h1" in page
    assert page.endswith("200 2")


def test_static_files_come_compressed_for_ever(server: Server) -> None:
    page = server.curl("/fr/").stdout.decode()
    (style,) = re.findall(r'href="(/static/css/site\.\w+\.css)"', page)
    headers = server.curl(style, "-H", "Accept-Encoding: br", "-D", "-", "-o", os.devnull).stdout.decode().lower()

    assert "content-encoding: br" in headers
    assert "immutable" in headers


def test_every_static_file_has_a_name_of_its_content_and_stays_for_ever(server: Server) -> None:
    manifest = server.prefix / "srv/otonom/current/site/collected/staticfiles.json"
    names = sorted(json.loads(manifest.read_text())["paths"].values())
    trusting = ssl.create_default_context(cafile=str(server.certificate))
    asking = http.client.HTTPSConnection(NAME, server.https, timeout=PATIENCE, context=trusting)
    wrong = []
    for name in names:
        asking.request("HEAD", f"/static/{quote(name)}")
        answer = asking.getresponse()
        answer.read()
        if (answer.status, answer.headers["Cache-Control"]) != (200, "public, max-age=31536000, immutable"):
            wrong.append((name, answer.status, answer.headers["Cache-Control"]))
    asking.close()

    assert len(names) > 100
    assert wrong == []


def test_a_change_is_shown_to_all_visitors_when_nginx_has_kept_the_page_for_its_time(server: Server) -> None:
    old = []
    for _time in range(4):  # both processes and nginx keep it
        server.curl("/fr/")
    with psycopg.connect(
        host=server.database.django_settings()["HOST"], user=SUPERUSER, dbname=DATABASE_NAME
    ) as asking:
        asking.execute("UPDATE home_homepage SET headline = 'Une nouvelle phrase'")
    changed = began = time.monotonic()
    while began - changed < PROMISED + KEPT_BY_NGINX + 2:
        began = time.monotonic()
        if "Une nouvelle phrase" not in server.curl("/fr/").stdout.decode():
            old.append(began - changed)

    assert [seconds for seconds in old if seconds > PROMISED + KEPT_BY_NGINX] == []


TOOL = "/fr/espace/bibliotheque/note/"


def hand_in(colleague: Browser, content: bytes, folder: Path) -> str:
    """Give a new version of the tool; gives its address as soon as the worker has read it."""
    page, known = "/fr/espace/donner/", files_of_tool(colleague)
    (folder / "note.pdf").write_bytes(content)
    drafts = colleague.post(page, page, "tool=note", f"file=@{folder}/note.pdf", how="--form")
    (key,) = re.findall(r'name="draft" value="(\w+)"', drafts)
    colleague.post(page, f"{page}brouillons/", f"draft={key}", f"{key}-is_chosen=on", f"{key}-note=", "action=share")
    return until(lambda: files_of_tool(colleague) - known).pop()


def files_of_tool(colleague: Browser) -> set[str]:
    return set(re.findall(rf'href="({TOOL}\d+/fichier/)"', colleague.ask(TOOL)))


def test_a_colleague_signs_in_hands_in_a_version_and_takes_a_part_of_it(
    server: Server, colleague: Browser, tmp_path: Path
) -> None:
    file = hand_in(colleague, PDF, tmp_path)

    assert colleague.ask(file) == PDF.decode()
    assert colleague.ask(file, "-r", "5-9", "-w", "%{http_code}") == f"{PDF[5:10].decode()}206"
    assert server.curl(file, "-o", os.devnull, "-w", "%{http_code}").stdout == b"302"


def test_two_processes_and_the_worker_share_files_in_a_bucket(
    server: Server, colleague: Browser, tmp_path: Path
) -> None:
    content = PDF + b"%in a bucket"
    with bucket() as storage:
        server.set(LIBRARY_STORAGE=f'"{storage}"', **KEYS)
        server.restart()
        file = hand_in(colleague, content, tmp_path)
        taken = {colleague.ask(file) for _process in range(4)}
        part = colleague.ask(file, "-r", "5-9", "-w", "%{http_code}")
    server.set(LIBRARY_STORAGE="")
    server.restart()

    assert taken == {content.decode()}
    assert part == f"{content[5:10].decode()}206"


def test_a_letter_leaves_by_the_worker(server: Server, browser: Browser) -> None:
    page = "/fr/compte/password/reset/"
    browser.post(page, page, "email=mira@example.org")

    (letter,) = until(lambda: list(server.mail.letters))
    assert letter["To"] == "mira@example.org"
    assert f"https://{NAME}/fr/compte/password/reset/key/" in letter.get_content()


def test_the_timer_does_everything_that_comes_back_once(server: Server) -> None:
    began = timezone.now()
    first = server.systemctl("start", "otonom@periodic")
    said = said_by(server, "otonom@periodic")
    second = server.systemctl("start", "otonom@periodic")
    more = said_by(server, "otonom@periodic").removeprefix(said)
    due_again = {job.command for job in JOBS if job.due_since(timezone.now()) > began}  # some are every five minutes

    assert (first.returncode, second.returncode) == (0, 0)
    assert [job.command for job in JOBS if f"{job.command}: done" not in said] == []
    assert {job.command for job in JOBS if f"{job.command}: " in more} <= due_again


def said_by(server: Server, name: str) -> str:
    return (server.prefix / "var/log" / f"{name}.log").read_text()


def test_systemd_takes_the_units_and_finds_them_closed(server: Server, tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("systemd-analyze is not on this machine")
    units = server.prefix / "etc/systemd/system"
    for name in ("web-8001", "periodic", "backup"):
        shutil.copy(units / "otonom@.service", tmp_path / f"otonom@{name}.service")
    for timer in units.glob("*.timer"):
        shutil.copy(timer, tmp_path)
    files = sorted(map(str, tmp_path.iterdir()))
    seen = [
        subprocess.run(["systemd-analyze", *arguments], capture_output=True, text=True, check=False)
        for arguments in (
            ("verify", "--man=no", *files),
            ("security", "--offline=true", f"--threshold={EXPOSURE}", str(tmp_path / "otonom@web-8001.service")),
        )
    ]
    assert [(one.returncode, one.stderr) for one in seen] == [(0, ""), (0, "")], seen


def test_the_secret_is_drawn_and_never_shown(server: Server) -> None:
    secret = re.search(r"^SECRET_KEY=(\S{50,})$", server.settings.read_text(), re.MULTILINE)
    again = server.run("site/deploy/install", NAME)

    assert secret
    assert secret[0] in server.settings.read_text()
    assert secret[1] not in again.stdout + again.stderr + server.logs()
    assert server.settings.stat().st_mode & 0o077 == 0


def test_logs_are_kept_for_two_weeks(server: Server) -> None:
    """As the privacy page says: the site's and PostgreSQL's lines in the journal, nginx's by Debian's own file."""
    if not shutil.which("systemd-analyze"):
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("systemd-analyze is not on this machine")
    said = subprocess.run(
        ["systemd-analyze", f"--root={server.prefix}", "cat-config", "systemd/journald.conf"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    rotated = Path("/etc/logrotate.d/nginx").read_text()

    assert {"MaxRetentionSec=14day", "MaxFileSec=1day"} <= set(said.split())
    assert re.search(r"/var/log/nginx/\*\.log \{\s+daily\b", rotated)
    assert re.search(r"\brotate 14\b", rotated)
    assert "access_log /var/log/nginx/" in (server.source / "site/deploy/nginx.conf").read_text()
