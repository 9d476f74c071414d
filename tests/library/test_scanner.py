"""Files with a virus: asked of a real ClamAV, which knows one virus, the harmless EICAR."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command
from django.test import Client

from library.actions import add_version, store_file
from library.enums import ScanState, TextState
from library.examination.work import examine_all
from library.models import Draft, StoredFile, Tool, ToolVersion
from tests.factories.library import ToolFactory
from tests.factories.people import UserFactory

CLAMD = shutil.which("clamd", path=f"{os.environ['PATH']}:/usr/sbin")
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not CLAMD and os.environ.get("CI") != "true", reason="clamd is not installed"),
]

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SIGNATURE = f"Otonom.Eicar:0:0:{EICAR.hex()}\n"  # name, any kind of file, at its beginning, these bytes
CONFIGURATION = """
Foreground yes
DatabaseDirectory {folder}
LocalSocket {folder}/clamd.sock
StreamMaxLength 30M
"""
PATIENCE = 30  # seconds


@pytest.fixture(scope="module")
def clamd() -> Iterator[str]:
    """The socket of a ClamAV that knows EICAR only."""
    assert CLAMD, "clamd is not installed: apt-get install clamav-daemon"
    with TemporaryDirectory(prefix="clamd-") as folder:
        Path(folder, "eicar.ndb").write_text(SIGNATURE)
        Path(folder, "clamd.conf").write_text(CONFIGURATION.format(folder=folder))
        Path(folder).chmod(0o755)
        process = subprocess.Popen(
            [CLAMD, "--config-file", f"{folder}/clamd.conf"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        socket, until = Path(folder, "clamd.sock"), time.monotonic() + PATIENCE
        while not socket.exists() and time.monotonic() < until and process.poll() is None:
            time.sleep(0.05)
        yield str(socket)
        process.kill()
        process.wait()


@pytest.fixture
def scanned(clamd: str, settings: Any) -> None:
    settings.LIBRARY_CLAMD = clamd


def handed_in(content: bytes, name: str = "note.txt", **fields: Any) -> ToolVersion:
    stored = store_file(ContentFile(content, name=name))
    return add_version(tool=ToolFactory(), stored_file=stored, file_name=name, **fields)


@pytest.mark.usefixtures("scanned")
def test_nobody_gets_a_file_before_it_was_scanned(client: Client) -> None:
    version = handed_in(b"Un texte.")
    client.force_login(UserFactory())

    assert Tool.objects.get().current_version is None
    assert client.get(version.get_absolute_url()).status_code == 404

    examine_all(StoredFile.objects.waiting())

    assert Tool.objects.get().current_version == version
    assert client.get(version.get_absolute_url()).status_code == 200
    assert StoredFile.objects.get().scan == ScanState.CLEAN


@pytest.mark.usefixtures("scanned")
def test_a_virus_is_found_and_its_content_deleted(client: Client) -> None:
    version = handed_in(EICAR)
    client.force_login(UserFactory())
    name = version.stored_file.file.name

    examine_all(StoredFile.objects.waiting())

    stored = StoredFile.objects.get()
    assert (stored.scan, stored.text_state) == (ScanState.INFECTED, TextState.UNREADABLE)
    assert "Eicar" in stored.virus
    assert not storages["private"].exists(name)
    assert Tool.objects.get().current_version is None
    assert client.get(version.get_absolute_url()).status_code == 404


@pytest.mark.usefixtures("scanned")
def test_who_handed_in_a_virus_is_told(django_capture_on_commit_callbacks: Any) -> None:
    giver, drafter = UserFactory(), UserFactory()
    version = handed_in(EICAR, "salaires.txt", by=giver)
    Draft.objects.create(owner=drafter, stored_file=version.stored_file, file_name="brouillon.txt")

    with django_capture_on_commit_callbacks(execute=True):
        examine_all(StoredFile.objects.waiting())

    letters = {letter.to[0]: letter.body for letter in mail.outbox}
    assert set(letters) == {giver.email, drafter.email}
    assert "salaires.txt" in letters[giver.email]
    assert "brouillon.txt" not in letters[giver.email]
    assert "Eicar" in letters[drafter.email]


@pytest.mark.usefixtures("scanned")
def test_the_same_virus_is_refused_at_once_the_next_time() -> None:
    handed_in(EICAR)
    examine_all(StoredFile.objects.waiting())

    with pytest.raises(ValidationError) as refusal:
        store_file(ContentFile(EICAR, name="autre.txt"))

    assert refusal.value.code == "infected"


@pytest.mark.usefixtures("scanned")
def test_the_version_before_stays_when_a_virus_comes() -> None:
    first = handed_in(b"Un texte.")
    examine_all(StoredFile.objects.waiting())
    add_version(tool=first.tool, stored_file=store_file(ContentFile(EICAR, name="a.txt")), file_name="a.txt")

    examine_all(StoredFile.objects.waiting())

    assert Tool.objects.get().current_version == first


@pytest.mark.usefixtures("scanned")
def test_a_large_file_passes_whole() -> None:
    handed_in(b"mot " * 5_000_000 + EICAR)

    examine_all(StoredFile.objects.waiting())

    assert StoredFile.objects.get().scan == ScanState.CLEAN  # EICAR counts at the beginning only


def test_a_file_waits_while_the_scanner_is_away(clamd: str, settings: Any) -> None:
    settings.LIBRARY_CLAMD = f"{clamd}.away"
    version = handed_in(b"Un texte.")

    call_command("library_examine")
    assert StoredFile.objects.get().scan == ScanState.WAITING
    assert StoredFile.objects.get().text_state == TextState.WAITING

    settings.LIBRARY_CLAMD = clamd
    call_command("library_examine")
    assert Tool.objects.get().current_version == version


def test_an_answer_that_says_nothing_lets_a_file_wait(clamd: str, settings: Any) -> None:
    settings.LIBRARY_CLAMD = clamd
    handed_in(b"mot " * 5_000_000)
    settings.LIBRARY_MAX_FILE_SIZE = 40 * 2**20
    too_long = store_file(ContentFile(b"mots " * 7_000_000, name="long.txt"))  # longer than StreamMaxLength

    examine_all(StoredFile.objects.waiting())

    assert list(StoredFile.objects.waiting()) == [too_long]
