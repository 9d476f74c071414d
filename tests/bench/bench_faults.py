"""Faults under load, each done for real to an installed site: what people see, how long it lasts, what is lost.

``.venv/bin/pytest -n0 tests/bench/bench_faults.py -s`` as root, who may lay small disks. ``BENCH_FAULTS`` is how often
each is done. Meanwhile people read pages, remembered ones and others, write to the team, change their name and hand in
files. Each fault prints one line. Nothing that was answered with thanks may be lost or be there twice, whoever
was refused must have read it with what they typed, and remembered pages never fail.
"""

import json
import os
import re
import shutil
import statistics
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import psycopg
import pytest

from config.postgres import DATABASE_NAME, SUPERUSER
from tests.bench.fault_visitors import FaultVisitors, fault_visitors
from tests.bench.faults import FAULTS, Fault, Site, Supervisor, can_mount, small_disks, wait_until
from tests.deploy.conftest import CONTENT
from tests.deploy.server import NAME, NEEDED, Server, running_server

TIMES = int(os.environ.get("BENCH_FAULTS", "20"))
SLOWEST_RECOVERY = 60  # seconds, on a machine that does other things too
SLOWEST_ANSWER = 30  # seconds
CALM = 3  # seconds before the next one
SUBJECT = re.compile(r"Numéro \w{16}")
CONTACT_PAGE = """
from home.models import HomePage
from tests.factories.home import ContactPageFactory, in_both
homes = {page.locale.language_code: page for page in HomePage.objects.all()}
in_both(ContactPageFactory, homes, fr="contact", nl="contact")
"""
FILES = """
import hashlib, json
from library.models import Draft
def mark(draft):
    with draft.stored_file.file.open() as file:
        return hashlib.sha256(file.read()).hexdigest()
print(json.dumps({draft.file_name: mark(draft) for draft in Draft.objects.select_related("stored_file")}))
Draft.objects.all().delete()  # nobody may have more than some hundreds
"""


@pytest.fixture(scope="module")
def site(django_db_setup: None) -> Iterator[Site]:
    if missing := [program for program in NEEDED if not shutil.which(program)] or ([] if can_mount() else ["root"]):
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"not on this machine: {', '.join(missing)}")
    with running_server(disks=small_disks, DJANGO_SETTINGS_MODULE="tests.deploy.faults_settings") as server:
        rows(server, "ALTER DATABASE otonom SET synchronous_commit = on")  # as in production
        server.manage("shell", "--verbosity", "0", "-c", CONTENT + CONTACT_PAGE)
        server.restart()
        supervisor = Supervisor(server)
        supervisor.start()
        yield Site(server, supervisor)
        supervisor.is_over.set()
        supervisor.join()


def rows(server: Server, query: str) -> list[Any]:
    """What the database says, asked beside the site."""
    host = server.database.django_settings()["HOST"]
    with psycopg.connect(host=host, user=SUPERUSER, dbname=DATABASE_NAME, autocommit=True) as asking:
        found = asking.execute(query)
        return found.fetchall() if found.description else []


def is_well(server: Server, people: FaultVisitors) -> bool:
    """Tell whether both processes are ready, Redis counts, a message is taken and its letter leaves."""
    told = ("-H", f"Host: {NAME}", "-H", "X-Forwarded-Proto: https", "-m", "5")
    with suppress(Exception):
        ready = [server.curl(f"http://127.0.0.1:{port}/health/ready", *told).stdout.decode() for port in server.ports]
        if not all(said.startswith("ok") and "Redis" not in said for said in ready) or not people.write():
            return False
        return has_left(server, people.saved[-1])
    return False


def has_left(server: Server, subject: str, seconds: float = 10) -> bool:
    """Tell whether the worker handed in the letter about a message."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if any(subject in str(letter["Subject"]) for letter in server.mail.letters[-500:]):
            return True
        time.sleep(0.1)
    return False


def once(site: Site, fault: Fault, people: FaultVisitors) -> float:
    """Let it happen, end it, and wait until all is well; seconds from its end."""
    fault.happen(site)
    time.sleep(fault.seconds)
    fault.end(site)
    seconds = wait_until(lambda: is_well(site.server, people))
    time.sleep(CALM)
    return seconds


def lost(server: Server, people: FaultVisitors) -> list[str]:
    """What was answered with thanks and is not there exactly once, with its letter; and what a member had saved."""
    server.manage("letters_resume")
    kept = dict(rows(server, "SELECT subject, count(*) FROM home_contactmessage GROUP BY subject"))
    found = [f"{subject}: {kept.get(subject, 0)} times" for subject in people.saved if kept.get(subject) != 1]
    waiting = [subject for (subject,) in rows(server, "SELECT subject FROM members_outgoingmail")]
    taken = Counter(SUBJECT.findall(" ".join(str(letter["Subject"]) for letter in list(server.mail.letters))))
    letters = {*taken, *SUBJECT.findall(" ".join(waiting))}
    found += [f"{one}: no letter" for one in people.saved if one not in letters]
    found += [f"{one}: {number} letters" for one, number in taken.items() if number > 1]
    ((name,),) = rows(server, "SELECT first_name FROM members_user WHERE email = 'mira@example.org'")
    if name not in (people.name, people.maybe_name):
        found.append(f"the member is called {name}")
    files = {
        key.removesuffix(".txt"): mark for key, mark in json.loads(server.manage("shell", "-v0", "-c", FILES)).items()
    }
    return found + [f"{name}: {files.get(name)}" for name, mark in people.files.items() if files.get(name) != mark]


def line(fault: Fault, people: FaultVisitors, seconds: list[float], gone: list[str]) -> str:
    """One row of the table."""
    asked = ", ".join(f"{kind} {people.asked[kind]} {dict(failed) or ''}" for kind, failed in people.failures.items())
    return (
        f"\n{fault.name}, {len(seconds)} times: {asked}; slowest answer {people.slowest:.1f} s; "
        f"well again after {statistics.median(seconds):.1f} s, at most {max(seconds):.1f} s; lost {len(gone)}"
    )


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.name.replace(" ", "-") for fault in FAULTS])
def test_fault(site: Site, fault: Fault, capsys: pytest.CaptureFixture[str]) -> None:
    with fault_visitors(site.server) as people:
        wait_until(lambda: is_well(site.server, people))
        seconds = [once(site, fault, people) for _time in range(TIMES)]
    gone = lost(site.server, people)
    with capsys.disabled():
        print(line(fault, people, seconds, gone))
    assert gone == []
    assert people.untold == [], people.troubles[-5:]
    assert not people.failures["cached"], people.troubles[-5:]
    assert not any("untold" in said for failed in people.failures.values() for said in failed), people.troubles[-5:]
    assert max(seconds) < SLOWEST_RECOVERY
    assert people.slowest < SLOWEST_ANSWER
    assert not fault.is_unseen or not any(people.failures.values())
    assert not fault.felt_by or sum(people.failures[fault.felt_by].values()) >= TIMES, people.failures
