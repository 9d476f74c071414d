"""The installed server with the whole content, for the journeys of tests/browser: two processes, files in a bucket.

``OTONOM_SITE=server .venv/bin/pytest -n0 tests/browser``. The demo's accounts sign in without a second step.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.deploy.server import running_server
from tests.s3_server import KEYS, bucket

PASSWORD = "journey-through-the-site"
SETTINGS = "tests.deploy.journeys_settings"
ACCOUNTS = f"from config.accounts import create_demo_accounts; create_demo_accounts({PASSWORD!r})"


@contextmanager
def site_with_content() -> Iterator[tuple[str, str, Callable[[], str]]]:
    """Its address, the password of its accounts, and what tells the letters that it sent."""
    with bucket() as storage:
        settings = {"LIBRARY_STORAGE": f'"{storage}"', "DJANGO_SETTINGS_MODULE": SETTINGS, **KEYS}
        with running_server(has_tables=False, **settings) as server:
            server.manage("seed")
            server.manage("shell", "--verbosity", "0", "-c", ACCOUNTS)

            def letters() -> str:
                sent = list(server.mail.letters)
                return "".join(f"\nSubject: {one['Subject']}\nTo: {one['To']}\n\n{one.get_content()}" for one in sent)

            yield server.address, PASSWORD, letters
