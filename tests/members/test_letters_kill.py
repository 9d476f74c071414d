"""Kill -9 of the worker at any moment of sending letters: nobody gets one twice, and none is lost unseen.

A real worker, a real mail server, a real database.
"""

import random
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from members.enums import MailState
from members.models import OutgoingMail
from members.tasks import written
from tests.config.processes import PATIENCE
from tests.launching import kill, launcher
from tests.mail_server import MailServer, mail_server

LETTERS, KILLS = 120, 15
LONGEST = 0.5  # seconds from the start of the worker to its end
OPEN = (MailState.WAITING, MailState.SENDING)


@pytest.mark.django_db(transaction=True)
def test_a_kill_doubles_no_letter_and_loses_none_unseen(tmp_path: Path) -> None:
    people = [f"persoon{number}@example.org" for number in range(LETTERS)]
    OutgoingMail.objects.bulk_create(written("Bonjour", "Réunion", address) for address in people)
    chance = random.Random(5)  # noqa: S311  # no secret

    with mail_server() as server, launcher(tmp_path, SMTP_PORT=str(server.port)) as site:
        server.is_slow = True
        for _kill in range(KILLS):
            site.run("letters_resume")
            worker = site.start("worker")
            until_it_sends(server)
            time.sleep(chance.random() * LONGEST)
            kill(worker)
            let_a_minute_pass()
        worker = site.start("worker")
        site.run("letters_resume")
        until_nothing_waits()
        kill(worker)

    taken = Counter(str(letter["To"]) for letter in server.letters)
    stuck = set(OutgoingMail.objects.values_list("recipient", flat=True))
    assert max(taken.values()) == 1, "somebody got a letter twice"
    assert set(people) - set(taken) <= stuck, "a letter was lost"
    assert 0 < len(stuck) <= KILLS, "no kill came while a letter was being sent"
    assert {row.state for row in OutgoingMail.objects.all()} == {MailState.UNCERTAIN}
    assert len({letter["Message-ID"] for letter in server.letters}) == len(server.letters)
    print(f"{len(taken)} taken, {len(stuck)} shown, of which {len(stuck & set(taken))} were taken")


def until_it_sends(server: MailServer) -> None:
    """Until this worker handed in its first letter, or nothing waits any more."""
    before, until = len(server.letters), time.monotonic() + PATIENCE
    while len(server.letters) == before and OutgoingMail.objects.due().exists() and time.monotonic() < until:
        time.sleep(0.005)


def let_a_minute_pass() -> None:
    """For what the killed worker had begun."""
    OutgoingMail.objects.filter(state=MailState.SENDING).update(began_at=timezone.now() - timedelta(minutes=2))


def until_nothing_waits() -> None:
    until = time.monotonic() + PATIENCE
    while OutgoingMail.objects.filter(state__in=OPEN).exists():
        assert time.monotonic() < until, "letters are stuck"
        time.sleep(0.05)
