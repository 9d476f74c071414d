"""Requests that no browser sends: they are refused at once, and are no failure of ours."""

import logging
import time

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.members import NeedFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexes")]


@pytest.fixture(autouse=True)
def _words_only(settings: object) -> None:
    settings.FINDER_ENCODER = ""  # type: ignore[attr-defined]
    NeedFactory(synonyms_fr=["une chute"])


def form(words: str) -> str:
    return f'--x\r\nContent-Disposition: form-data; name="words"\r\n\r\n{words}\r\n--x--\r\n'


def ask(body: str, content_type: str) -> int:
    client = Client(raise_request_exception=False)
    return client.generic("POST", reverse("members:finder"), body.encode(), content_type=content_type).status_code


# As many as nobody sends.
FILES = "".join(f'--x\r\nContent-Disposition: form-data; name="f"; filename="{n}"\r\n\r\na\r\n' for n in range(1001))


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        ("words=chute", "multipart/form-data", 400),
        # The first file ends the reading (library/keeping/uploads.py): nothing was asked.
        (f"{FILES}--x--\r\n", "multipart/form-data; boundary=x", 422),
        ("words=" + "a" * 3_000_000, "application/x-www-form-urlencoded", 400),
        ("a=1&" * 10_001, "application/x-www-form-urlencoded", 400),
    ],
    ids=["no boundary", "many files", "too long", "many fields"],
)
def test_what_cannot_be_read_is_refused(
    body: str, content_type: str, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    assert ask(body, content_type) == status
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


@pytest.mark.parametrize("charset", ["utf-16", "base64", "unicode_escape", "utf-7"])
def test_a_form_is_read_in_the_encoding_of_our_pages(charset: str) -> None:
    """Other codecs make letters that no page can hold (a half of a pair), or nothing at all."""
    assert ask(form("chute \\ud800 +2AA-"), f"multipart/form-data; boundary=x; charset={charset}") == 200
    assert ask("words=chute", f"application/x-www-form-urlencoded; charset={charset}") == 200


def test_no_encoding_keeps_the_server_busy() -> None:
    """Python decodes punycode in a time that grows with the square of its length."""
    begun = time.process_time()
    assert ask(form("b" * 150_000 + "-" + "a" * 150_000), "multipart/form-data; boundary=x; charset=punycode") == 422
    assert time.process_time() - begun < 1
