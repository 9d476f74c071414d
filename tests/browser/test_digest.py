"""Somebody gets the week of the groups by letter, in their language, reads an article, and stops the letter."""

import re
import subprocess
import sys
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from django.urls import reverse
from django.utils.translation import override

from tests.browser.conftest import ROOT
from tests.browser.steps import follow, path_of, sign_in, visit
from tests.config.processes import environment
from tests.mail_server import mail_server

GROUPS = "/nl/ruimte/groepen/"
ARTICLE = "Een hulpmiddel delen in de bibliotheek"
READER = "editeur"


@pytest.fixture
def monday(demo):
    """Run the command of Monday morning, some days from now; gives the letters of the mail server by recipient."""

    def run(days=0):
        if demo.digests:
            return demo.digests(days)
        data = demo.log.parent / "data"
        settings = environment(data, PORT=demo.url.rsplit(":", 1)[1], DEBUG="0")
        with mail_server() as server:
            command = [sys.executable, "tests/browser/monday.py", str(server.port), str(days)]
            done = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr
            assert done.stdout == f"{len(server.letters)} digests written.\n"
            return {letter["To"].split("@")[0]: letter for letter in server.letters}

    return run


@pytest.fixture
def choose(page, demo, _french):
    """Choose the language of one's letters, and whether one gets this one; afterwards as it was before."""

    def save(language, gets_digest):
        visit(page, reverse("news:my_letters"))
        page.locator(f"[name=language][value={language}]").check()
        page.locator("[name=gets_digest]").set_checked(gets_digest)
        follow(page.locator("main form.form .button"))

    sign_in(page, demo, READER)
    yield save
    save("fr", True)


def test_the_letter_is_read_and_stopped_and_the_next_week_sends_none(page, monday, choose):
    choose("nl", True)

    letters = monday()

    letter = letters[READER]
    text = letter.get_content().replace("\r\n", "\n")
    assert letter["Subject"].startswith("Werkgroepen: ")
    assert "Dag Robin" in text
    address = re.search(rf"{ARTICLE}\n(?:.+\n)+?(http\S+)", text).group(1)
    assert all("Werkgroepen" not in other["Subject"] for name, other in letters.items() if name != READER)

    visit(page, GROUPS)
    before = page.locator(".tag--new").count()
    visit(page, address)
    assert page.locator("h1").inner_text() == ARTICLE
    assert page.locator("html").get_attribute("lang") == "nl"
    visit(page, path_of(page).rsplit("/", 2)[0] + "/")
    assert page.locator(".news-item", has_text=ARTICLE).locator(".tag--new").count() == 0
    visit(page, GROUPS)
    assert page.locator(".tag--new").count() == before - 1

    press_stop(letter)
    with override("nl"):
        visit(page, reverse("news:my_letters"))
    assert not page.locator("[name=gets_digest]").is_checked()
    assert monday(days=7) == {}


def press_stop(letter):
    """What a mail program does when its reader presses "unsubscribe": no browser, no cookie (RFC 8058)."""
    name, value = letter["List-Unsubscribe-Post"].split("=")
    address = re.fullmatch(r"\s*<(\S+)>\s*", letter["List-Unsubscribe"]).group(1)
    request = Request(address, urlencode({name: value}).encode())  # noqa: S310  # our own demo
    with urlopen(request) as answer:  # noqa: S310  # our own demo
        assert answer.status == 200
