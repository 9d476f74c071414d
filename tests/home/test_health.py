"""What watchdogs are told, by whatever name and way they come."""

import shutil
from collections import namedtuple
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from home import health_checks
from members.enums import MailState
from members.models import OutgoingMail
from members.tasks import written

pytestmark = [pytest.mark.django_db]
Usage = namedtuple("Usage", "total used free")


@pytest.fixture(autouse=True)
def _much_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the disk of this machine looks like."""
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10**12, 0, 10**12))


def told(client: Client) -> tuple[int, str]:
    response = client.get("/health/ready")
    return response.status_code, response.content.decode()


def test_all_is_well_by_any_name_and_without_https(client: Client, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    for path in ("/health", "/health/ready", "/health/live"):
        response = client.get(path, headers={"Host": "10.0.0.7:8000"})
        assert (response.status_code, response.content.splitlines()[0]) == (200, b"ok")
        assert "no-store" in response["Cache-Control"]
        assert not response.cookies
    assert [line for line in told(client)[1].splitlines() if "finder" not in line] == ["ok"]


def test_tables_that_are_older_than_the_code(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health_checks, "_complete", set())
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM django_migrations WHERE app = 'library' AND name ="
            " (SELECT max(name) FROM django_migrations WHERE app = 'library')"
        )
    assert told(client) == (503, "the tables are older than the code: 1 migrations wait")
    assert client.get("/health/live").status_code == 200


def test_a_worker_that_is_dead(client: Client) -> None:
    task = DBTaskResult.objects.create(
        task_path="x", queue_name="files", backend_name="default", args_kwargs={}, run_after=timezone.now()
    )
    assert "worker" not in told(client)[1]
    DBTaskResult.objects.filter(pk=task.pk).update(enqueued_at=timezone.now() - timedelta(minutes=11))
    assert told(client)[0] == 200
    assert "worker of files alive" in told(client)[1]


def test_letters_that_do_not_leave(client: Client) -> None:
    letter = written("Bonjour", "…", "mira@example.org", written_at=timezone.now() - timedelta(minutes=31))
    letter.save()
    status, said = told(client)
    assert (status, "1 letters wait for the mail server" in said) == (200, True)
    assert "mira" not in said
    OutgoingMail.objects.update(state=MailState.FAILED)
    assert "1 letters need a decision" in told(client)[1]


def test_a_scanner_that_is_away(client: Client, settings: Any) -> None:
    settings.LIBRARY_CLAMD = "/nowhere/clamd.ctl"
    assert "virus scanner" in told(client)[1]
    assert "nowhere" not in told(client)[1]


def test_a_disk_that_is_nearly_full(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10**12, 0, 300 * 2**20))
    assert "little room on a disk: 300 MB" in told(client)[1]
