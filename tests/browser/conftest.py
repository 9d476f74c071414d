"""A real Chromium against a live site with the alliance's content."""

import os
import quopri
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag
from urllib.request import urlopen

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The system's Chromium; without one the journeys are skipped, except where CI asks for them."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        reason = "no Chromium on this machine: install the package chromium to run the browser journeys"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return path


@pytest.fixture(scope="module")
def chromium(chromium_path: str) -> Iterator["Browser"]:
    """Chromium for one file: while Playwright's event loop runs, Django lets no other test ask the database."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # not needed where the journeys are skipped

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Demo:
    """A running demo: its address, its password, and everything it printed, mails included."""

    url: str
    password: str
    log: Path
    letters: Callable[[], str] | None = None  # where they leave by a mail server
    digests: Callable[[int], dict[str, Any]] | None = None  # what the command of a Monday to come sends there
    cookies: dict[str, Any] = field(default_factory=dict)  # of the people who signed in: the site counts attempts

    @property
    def url_by_name(self) -> str:
        """The same site under a name; browsers keep passkeys for names only, not for numbers."""
        return self.url.replace("127.0.0.1", "localhost")

    def mails(self) -> str:
        """What was sent, as the console shows it."""
        if self.letters:
            return self.letters()
        return quopri.decodestring(self.log.read_bytes()).decode(errors="replace")


@pytest.fixture(scope="session")
def demo(chromium_path: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The site to walk through: the demo, or with ``OTONOM_SITE=server`` that of tests/deploy/journeys.py."""
    folder = tmp_path_factory.mktemp("demo")
    if os.environ.get("OTONOM_SITE") == "server":
        from tests.deploy.journeys import site_with_content  # noqa: PLC0415  # only this long run has it

        with site_with_content() as site:
            yield Demo(site.url, site.password, folder / "log", site.letters, site.digests)
    else:
        yield from _demo(folder)


def _demo(folder: Path) -> Iterator[Demo]:
    """``manage.py demo`` as a newcomer starts it, on a free port and in a folder of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    site = Demo(f"http://127.0.0.1:{port}", "journey-through-the-site", folder / "log")
    environment = {
        key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "PYTEST_XDIST_WORKER"}
    }
    environment |= {
        "PORT": str(port),
        "DEMO_PASSWORD": site.password,
        "OTONOM_DATA_DIR": str(folder / "data"),
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "PYTHONUNBUFFERED": "1",
    }
    with site.log.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "demo"], cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            _wait_for(site, process)
            yield site
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def _wait_for(site: Demo, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 600  # a fresh demo reads three hundred files and twenty thousand phrases
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urlopen(f"{site.url}/health") as answer:  # noqa: S310  # our own demo
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.5)
    pytest.fail(f"the demo did not start:\n{site.log.read_text()[-3000:]}")


Opener = Callable[..., "Page"]
# What the site answers on purpose; the browser calls it an error on its console.
DELIBERATE = (403, 404, 410, 422)


@pytest.fixture
def open_browser(chromium: "Browser", demo: Demo) -> Iterator[Opener]:
    """Open browsers without memory; any error on their console and any look at another site fails the journey."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_one(**options: Any) -> "Page":
        context = chromium.new_context(**{"base_url": demo.url, "ignore_https_errors": True, **options})
        context.set_default_timeout(15_000)
        contexts.append(context)
        opened = context.new_page()
        _watch(opened, demo, complaints)
        return opened

    yield open_one
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(open_browser: Opener) -> "Page":
    """A browser on a desk."""
    return open_browser()


@pytest.fixture
def page_without_scripts(open_browser: Opener) -> "Page":
    """An old telephone: 320 pixels, no JavaScript."""
    return open_browser(java_script_enabled=False, viewport={"width": 320, "height": 640})


def _watch(opened: "Page", demo: Demo, complaints: list[str]) -> None:
    deliberate: set[str] = set()

    def on_response(response: "Response") -> None:
        is_page = response.request.is_navigation_request() and response.status in DELIBERATE
        is_page |= response.status == 422 and "x-live" in response.request.headers  # the finder, asked by its script
        is_unfinished_draft = response.status == 400 and "/admin/pages/add/" in response.url  # not saved by itself yet
        if is_page or is_unfinished_draft:
            deliberate.add(urldefrag(response.url).url)  # of the two only one has the part after #

    def on_console(message: "ConsoleMessage") -> None:
        address = urldefrag(message.location["url"]).url
        is_answer = message.text.startswith("Failed to load resource") and address in deliberate
        is_cut = message.text.endswith("net::ERR_INTERNET_DISCONNECTED")  # by a journey, on purpose
        if message.type == "error" and not is_answer and not is_cut:
            complaints.append(f"{opened.url}: {message.text}")

    def on_request(request: "Request") -> None:
        if not request.url.startswith((demo.url, demo.url_by_name, "data:", "blob:")):
            complaints.append(f"{opened.url}: asks {request.url}")

    opened.on("pageerror", lambda error: complaints.append(f"{opened.url}: {error}"))
    opened.on("response", on_response)
    opened.on("console", on_console)
    opened.on("request", on_request)
