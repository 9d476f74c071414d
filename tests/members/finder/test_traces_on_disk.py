"""What somebody types is in no file: not of the web server, not of nginx in front of it, not of the database."""

import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.urls import reverse

from tests.config.processes import PATIENCE, ROOT, environment, free_port, manage
from tests.nginx_conf import adapted, nginx_command

MARKER = "qzxmarkerjwv"
FEW_PHRASES = """
from members.models import Need, UnrelatedPhrase
Need.objects.update(synonyms_fr=[], synonyms_nl=[], synonyms_other=[])
UnrelatedPhrase.objects.all().delete()
UnrelatedPhrase.objects.create(text="météo de demain")
"""  # the meaning of thousands would take its time to work out
PREPARATION = (
    ("migrate", "--verbosity", "0"),
    ("collectstatic", "--noinput", "--verbosity", "0"),
    ("seed",),
    ("shell", "--verbosity", "0", "-c", FEW_PHRASES),
)
# PostgreSQL writes down every statement with its parameters, which no server of ours does.
TALKATIVE = "-c log_statement=all -c log_min_duration_statement=0 -c log_parameter_max_length=-1"


@dataclass
class Site:
    """A running site: where it answers, and the folder in which all its files are."""

    address: str
    folder: Path

    def ask(self, words: str, **headers: str) -> str:
        """Send a question as a browser does."""
        body = urllib.parse.urlencode({"words": words}).encode()
        request = urllib.request.Request(self.address + reverse("members:finder"), body, headers)  # noqa: S310  # our own
        with urllib.request.urlopen(request, timeout=PATIENCE) as response:  # noqa: S310
            return str(response.read().decode())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[Site]:
    """Granian with its access log, and before it nginx as deployed."""
    if not shutil.which("nginx"):
        reason = "no nginx on this machine: install the package nginx to read what it leaves on disk"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    for command in PREPARATION:
        done = manage(*command, env=environment(folder, DEBUG="0"))
        assert done.returncode == 0, done.stderr
    ports = free_port(), free_port()
    running = [_granian(folder, ports[0]), _nginx(folder, *ports)]
    address = f"http://127.0.0.1:{ports[1]}"
    try:
        _wait_for(address)
        yield Site(address, folder)
    finally:
        for process in reversed(running):
            process.terminate()
            process.wait(PATIENCE)


def _granian(folder: Path, port: int) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "config.serve", "--interface", "wsgi", "--port", str(port), "--access-log"]
    more = {"DJANGO_SETTINGS_MODULE": "config.settings.dev", "DEBUG": "0", "PGOPTIONS": TALKATIVE}
    path = f"{ROOT}:{ROOT / 'site'}"
    with (folder / "granian.log").open("wb") as log:
        return subprocess.Popen(
            [*command, "--log-level", "debug", "config.wsgi:application"],
            cwd=folder,
            env=environment(folder, PYTHONPATH=path, **more),
            stdout=log,
            stderr=subprocess.STDOUT,
        )


def _nginx(folder: Path, site: int, port: int) -> "subprocess.Popen[bytes]":
    text = adapted(folder, port, site)
    assert text.count("error.log crit;") == 1
    return subprocess.Popen(nginx_command(folder, text.replace("error.log crit;", "error.log debug;")))


def _wait_for(address: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{address}/fr/", timeout=PATIENCE).close()  # noqa: S310
        except urllib.error.HTTPError as error:
            assert error.code == 503, "nginx answers, the site behind it does not"
            time.sleep(0.3)
        except OSError:
            time.sleep(0.3)
        else:
            return
    raise AssertionError(f"{address} does not answer.")


def files_with(folder: Path, word: str) -> list[str]:
    """The files below a folder in which the word stands."""
    found = []
    for file in folder.rglob("*"):
        try:
            if file.is_file() and word.encode() in file.read_bytes().lower():
                found.append(str(file.relative_to(folder)))
        except FileNotFoundError:
            continue
    return sorted(found)


def test_no_file_knows_what_was_typed(site: Site) -> None:
    for headers in ({}, {"X-Live": "typing"}, {"X-Live": "asked"}):
        page = site.ask(f"météo de demain {MARKER}", **headers)
        assert (MARKER in page) == (not headers)  # the field keeps it; the answer alone does not repeat it
        site.ask(f"mon mari me frappe {MARKER}", **headers)
    with pytest.raises(urllib.error.HTTPError, match="422"):
        site.ask(f"{MARKER} " * 10_000)
    time.sleep(1)  # the logs are written
    asked = f"POST {reverse('members:finder')}"

    assert files_with(site.folder, MARKER) == []
    log = (site.folder / "granian.log").read_text()
    assert log.count(asked) >= 7
    statements = files_with(site.folder, 'insert into "members_unknownword"')
    assert any(name.endswith(".log") for name in statements)  # the database did write down what it was told
    assert (site.folder / "otonom.log").read_text().count(asked) >= 7
