"""Kill -9 of the command that writes digests, and two runs at once: one letter a person and week, or none."""

import random
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from members.models import OutgoingMail, User
from news.models import Digest, Seen
from tests.config.processes import PATIENCE
from tests.factories.groups import MeetingFactory
from tests.launching import kill, launcher

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE, MEETINGS, KILLS = 1_000, 3, 6
LONGEST = 0.3  # seconds from the start of a run, or from what it wrote first, to its end


def prepare() -> None:
    """People who know nothing yet, and meetings that all may see; no pages, which a test that commits takes away."""
    joined = timezone.now() - timedelta(days=400)
    addresses = (f"persoon{number}@example.org" for number in range(PEOPLE))
    User.objects.bulk_create(User(email=address, language="fr", date_joined=joined) for address in addresses)
    group = MeetingFactory().group
    for _number in range(MEETINGS - 1):
        MeetingFactory(group=group)


def assert_one_letter_each() -> None:
    letters = OutgoingMail.objects.values_list("recipient", flat=True)
    assert len(letters) == len(set(letters)) == PEOPLE
    assert Digest.objects.count() == PEOPLE
    assert Seen.objects.filter(told_at__isnull=False).count() == PEOPLE * MEETINGS


def test_a_run_that_is_killed_again_and_again_ends_with_one_letter_each(tmp_path: Path) -> None:
    prepare()
    chance, written = random.Random(3), []  # noqa: S311  # no secret
    with launcher(tmp_path) as site:
        for number in range(KILLS):
            group = site.start("news_digest")
            if number % 2:
                until_some_are_written()
            time.sleep(chance.random() * LONGEST)
            kill(group)
            site.wait()
            written.append(OutgoingMail.objects.count())
            assert Digest.objects.count() == written[-1], "a letter without its note, or the other way round"
        site.run("news_digest")

    assert_one_letter_each()
    assert any(0 < number < PEOPLE for number in written), f"no kill came in the middle: {written}"


def until_some_are_written() -> None:
    """Until this run has written to some more people, or to all."""
    before, until = OutgoingMail.objects.count(), time.monotonic() + PATIENCE
    while OutgoingMail.objects.count() == before < PEOPLE and time.monotonic() < until:
        time.sleep(0.01)


def test_two_runs_at_once_write_one_letter_each(settings: object) -> None:
    prepare()
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "files"]}}

    def run() -> None:
        call_command("news_digest", verbosity=0)
        connections.close_all()

    threads = [threading.Thread(target=run) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert_one_letter_each()
