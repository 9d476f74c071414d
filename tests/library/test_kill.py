"""Kill -9 of the web server, the worker or the database at any moment of an upload: a whole version, or none.

Real processes, a real database, uploads over HTTP, 50 kills.
"""

import hashlib
import http.client
import json
import os
import random
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from tests.own_site import OwnSite

KILLS = int(os.environ.get("OTONOM_KILLS", "50"))
LONGEST = 0.25  # seconds from the beginning of an upload to the kill
VICTIMS = ("web", "database", "worker")


@pytest.fixture
def site(tmp_path: Path, django_db_setup: None) -> Iterator[OwnSite]:
    made = OwnSite(tmp_path / "site")
    try:
        (facts,) = (line for line in made.run("prepare") if line.startswith("{"))
        made.facts = json.loads(facts)
        made.start("web")
        made.start("worker")
        made.wait()
        yield made
    finally:
        made.end()


class Upload(threading.Thread):
    """Hands in a file as a version of the tool, then shares it; notes how far it was told that it came."""

    def __init__(self, site: OwnSite, content: bytes) -> None:
        super().__init__()
        self.site, self.content = site, content
        self.checksum = hashlib.sha256(content).hexdigest()
        self.is_handed_in = self.is_shared = False

    def run(self) -> None:
        with suppress(OSError, http.client.HTTPException, psycopg.Error):
            status = self.site.request(
                "POST", self.site.facts["upload"], {"tool": self.site.facts["tool"]}, self.content
            )
            self.is_handed_in = status == 201
            if self.is_handed_in:
                self.is_shared = self.site.request("POST", self.site.facts["drafts"], self._form()) == 302

    def _form(self) -> dict[str, str]:
        key = self.site.rows(DRAFT, [self.checksum])[0][0].hex
        return {"draft": key, f"{key}-is_chosen": "on", f"{key}-note": "", "action": "share"}


def test_a_kill_leaves_a_whole_version_or_none_and_no_orphan(site: OwnSite) -> None:
    chance = random.Random(8)  # noqa: S311  # no secret
    uploads = []
    for number in range(KILLS):
        victim = VICTIMS[number % len(VICTIMS)]
        upload = Upload(site, f"Texte {number} ".encode() * chance.randrange(10, 100_000))
        uploads.append(upload)
        upload.start()
        time.sleep(chance.random() * LONGEST)
        site.kill(victim)
        upload.join()
        site.start(victim)
        site.wait()
    assert_whole(site, uploads)


def grow_old(site: OwnSite) -> None:
    """Let what lies there be older than the day of grace."""
    site.rows("UPDATE library_storedfile SET received_at = received_at - interval '2 days' RETURNING id")
    before = time.time() - 2 * 86_400
    for path in (site.folder / "private").rglob("*.*"):
        os.utime(path, (before, before))


def assert_whole(site: OwnSite, uploads: list[Upload]) -> None:
    site.run("library_examine")
    grow_old(site)
    site.run("forget")
    kept = {
        name: (checksum, size)
        for name, checksum, size in site.rows("SELECT file, checksum, size FROM library_storedfile")
    }
    there = {f"library/{path.name}": path.read_bytes() for path in (site.folder / "private" / "library").iterdir()}
    assert {name: (hashlib.sha256(content).hexdigest(), len(content)) for name, content in there.items()} == kept
    used = {row[0] for row in site.rows(USED)}
    assert used == {checksum for checksum, _size in kept.values()}
    assert {upload.checksum for upload in uploads if upload.is_handed_in} <= used, "an upload was lost"
    versions = site.rows(VERSIONS)
    assert {upload.checksum for upload in uploads if upload.is_shared} <= {
        checksum for _n, checksum, _state in versions
    }
    assert [number for number, _checksum, _state in versions] == list(range(1, len(versions) + 1))
    assert {state for _number, _checksum, state in versions} <= {"read"}
    assert site.rows(
        "SELECT number FROM library_toolversion v JOIN library_tool t ON t.current_version_id = v.id"
    ) == [(len(versions),)]
    told = [(upload.is_handed_in, upload.is_shared) for upload in uploads]
    assert len(set(told)) == 3, "every kill came at the same moment"
    print({how: told.count(how) for how in set(told)}, len(versions))


DRAFT = "SELECT d.id FROM library_draft d JOIN library_storedfile s ON s.id = d.stored_file_id WHERE s.checksum = %s"
USED = (
    "SELECT checksum FROM library_storedfile WHERE id IN"
    " (SELECT stored_file_id FROM library_toolversion UNION SELECT stored_file_id FROM library_draft)"
)
VERSIONS = (
    "SELECT v.number, s.checksum, s.text_state FROM library_toolversion v"
    " JOIN library_storedfile s ON s.id = v.stored_file_id ORDER BY v.number"
)
