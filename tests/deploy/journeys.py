"""The installed server with the whole content, for the journeys of tests/browser: two processes, files in a bucket.

``OTONOM_SITE=server .venv/bin/pytest -n0 tests/browser``. The demo's accounts sign in without a second step.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import NamedTuple
from unittest.mock import patch

from tests.config.processes import PATIENCE
from tests.deploy.server import Server, running_server
from tests.s3_server import KEYS, bucket

PASSWORD = "journey-through-the-site"
SETTINGS = "tests.deploy.journeys_settings"
ACCOUNTS = f"from config.accounts import create_demo_accounts; create_demo_accounts({PASSWORD!r})"
MONDAY = """
from datetime import timedelta
from django.core.management import call_command
from django.utils import timezone
today = timezone.now
timezone.now = lambda: today() + timedelta(days={days})
call_command("news_digest")
"""


class Site(NamedTuple):
    """Its address, the password of its accounts, the letters that it sent, and what sends those of a Monday."""

    url: str
    password: str
    letters: Callable[[], str]
    digests: Callable[[int], dict[str, EmailMessage]]


@contextmanager
def site_with_content() -> Iterator[Site]:
    """Two processes behind nginx."""
    with bucket() as storage:
        settings = {"LIBRARY_STORAGE": f'"{storage}"', "DJANGO_SETTINGS_MODULE": SETTINGS, **KEYS}
        with running_server(has_tables=False, **settings) as server:
            _tell_the_port(server)
            server.manage("seed")
            server.manage("shell", "--verbosity", "0", "-c", ACCOUNTS)

            def letters() -> str:
                sent = list(server.mail.letters)
                return "".join(f"\nSubject: {one['Subject']}\nTo: {one['To']}\n\n{one.get_content()}" for one in sent)

            # A calendar program knows who signed it.
            with patch.dict(os.environ, SSL_CERT_FILE=str(server.certificate)):
                yield Site(server.address, PASSWORD, letters, lambda days: _digests(server, days))


def _tell_the_port(server: Server) -> None:
    """A site listens where browsers look; this one does not, and must name its port in links."""
    for file in (server.prefix / "etc/nginx/conf.d").glob("*.conf"):
        file.write_text(file.read_text().replace("Host $host;", "Host $http_host;"))
    server.systemctl("reload-or-restart", "nginx")


def _digests(server: Server, days: int) -> dict[str, EmailMessage]:
    """What the command of Monday morning sends, some days from now, by recipient."""
    before = len(server.mail.letters)
    said = server.manage("shell", "--verbosity", "0", "-c", MONDAY.format(days=days))
    number, until = int(said.split()[0]), time.monotonic() + PATIENCE
    while len(server.mail.letters) < before + number:
        assert time.monotonic() < until, f"{number} digests were written, and not all were sent"
        time.sleep(0.1)
    return {letter["To"].split("@")[0]: letter for letter in server.mail.letters[before:]}
