"""What comes back: every command that must is in the table, is due at its times, and stops no other when it fails."""

from datetime import datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command, get_commands

from config import periodic
from config.periodic import JOBS, Job, run_due
from home.models import PeriodicRun

BRUSSELS = ZoneInfo("Europe/Brussels")
OURS = ("config", "home", "library", "members", "news")
# Who runs these is a person, who has a reason.
BY_HAND = {
    *("compilemessages", "demo", "messages", "restore", "seed"),
    *("backup", "periodic"),  # which have timers of their own
    "static_tidy",  # which site/deploy/upgrade runs
    *("finder_eval", "finder_fit", "library_eval", "library_import", "library_meaning"),
}
MONDAY = datetime(2026, 3, 2, 6, 2, tzinfo=BRUSSELS)


def test_every_command_of_ours_is_in_the_table_or_run_by_hand() -> None:
    ours = {name for name, app in get_commands().items() if app in OURS}
    listed = {job.command.split()[0] for job in JOBS}
    assert ours - BY_HAND - listed == set()
    assert listed & BY_HAND == set()
    assert listed <= set(get_commands())


@pytest.mark.parametrize(
    ("times", "since"),
    [
        ("*/5 * * * *", MONDAY.replace(minute=0)),
        ("2 6 * * *", MONDAY),
        ("20 3 * * *", MONDAY.replace(hour=3, minute=20)),
        ("0 6-10 * * 1", MONDAY.replace(minute=0)),
        ("5 7-20 * * *", datetime(2026, 3, 1, 20, 5, tzinfo=BRUSSELS)),
    ],
)
def test_a_job_is_due_since_its_last_time_in_brussels(times: str, since: datetime) -> None:
    assert Job(times, "x").due_since(MONDAY.astimezone(ZoneInfo("UTC"))) == since


@pytest.fixture
def ran(db: None, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Three jobs, of which the second fails, and what ran."""
    ran: list[str] = []

    def call(name: str) -> None:
        ran.append(name)
        if name == "breaks":
            raise RuntimeError("no")

    jobs = [Job("*/5 * * * *", "often"), Job("20 3 * * *", "breaks"), Job("20 3 * * *", "nightly")]
    monkeypatch.setattr(periodic, "JOBS", jobs)
    monkeypatch.setattr(periodic, "call_command", call)
    monkeypatch.setattr(periodic, "close_old_connections", lambda: None)  # the test's own transaction
    return ran


def test_each_runs_once_until_it_is_due_again(ran: list[str]) -> None:
    for minutes in (0, 1, 4):
        list(run_due(MONDAY + timedelta(minutes=minutes)))
    assert [name for name in ran if name != "breaks"] == ["often", "nightly", "often"]


def test_what_was_missed_is_made_up_for_once(ran: list[str]) -> None:
    PeriodicRun.objects.create(command="nightly", began_at=MONDAY - timedelta(days=9))
    list(run_due(MONDAY))
    list(run_due(MONDAY + timedelta(minutes=1)))
    assert ran.count("nightly") == 1


def test_one_that_fails_stops_no_other_and_is_tried_again(ran: list[str]) -> None:
    said = StringIO()
    with pytest.raises(CommandError, match="breaks"):
        call_command("periodic", stdout=said)
    with pytest.raises(CommandError, match="breaks"):
        call_command("periodic")
    assert said.getvalue().splitlines() == ["often: done", "breaks: no", "nightly: done"]
    assert ran.count("breaks") == 2


def test_of_two_servers_one_runs_it(ran: list[str]) -> None:
    due_since = JOBS[0].due_since(MONDAY)
    PeriodicRun.objects.create(command="often", began_at=due_since - timedelta(minutes=5))
    assert [PeriodicRun.objects.claim("often", due_since, MONDAY) for _server in range(2)] == [True, False]
