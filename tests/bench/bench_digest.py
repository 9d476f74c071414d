"""How long the digests of a large alliance take: 5,000 people, 100 groups, 5,000 articles over two years.

``.venv/bin/pytest tests/bench/bench_digest.py -s`` prints how many letters were written, in how many seconds by the
clock and of this process, and the same of a second run, which has nothing to write. It fails above a minute of the
process: a busy machine is not a slow command. ``BENCH_DIVIDED_BY`` makes the alliance smaller for a look.
"""

import os
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import Avg, F, Value
from django.db.models.functions import Length
from django.utils import timezone
from wagtail.models import Page

from members.models import OutgoingMail, User
from news.models import GroupNewsPage, Meeting, Seen
from tests.bench.alliance_data import alliance_of
from tests.bench.people_data import LARGE, Alliance
from tests.template_database import _template

DIVIDED_BY = int(os.environ.get("BENCH_DIVIDED_BY", "1"))
LONGEST = 60  # seconds
YEARS = 730  # days over which the articles were published


@pytest.fixture
def alliance(django_db_setup: None, django_db_blocker: Any) -> Iterator[Alliance]:
    with django_db_blocker.unblock(), alliance_of(_template(), LARGE.divided_by(DIVIDED_BY)) as made:
        _let_two_years_pass()
        yield made


def _let_two_years_pass() -> None:
    """Everybody has been here for long, and one article in fifty is of the last two weeks."""
    now = timezone.now()
    User.objects.update(date_joined=now - timedelta(days=YEARS + 1))
    age = Value(timedelta(days=1)) * (F("pk") % YEARS)
    Page.objects.filter(pk__in=GroupNewsPage.objects.values("pk")).update(first_published_at=now - age)


def test_digests(alliance: Alliance, settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "files"]}}
    runs = [_run() for _number in range(2)]
    letters, told = OutgoingMail.objects.count(), Seen.objects.filter(told_at__isnull=False).count()
    size = OutgoingMail.objects.aggregate(size=Avg(Length("body")))["size"]
    meetings = Meeting.objects.upcoming().count()
    print(f"\n{User.objects.count()} people, {GroupNewsPage.objects.count()} articles, {meetings} meetings to come")
    print(f"{letters} letters of {size:.0f} characters, {told} things told")
    for clock, process in runs:
        print(f"{clock:.1f} s, of which {process:.1f} s of the process")
    assert letters == User.objects.active().count()
    assert runs[0][1] < LONGEST


def _run() -> tuple[float, float]:
    """Seconds by the clock, and of this process."""
    began = time.perf_counter(), time.process_time()
    call_command("news_digest")
    return time.perf_counter() - began[0], time.process_time() - began[1]
