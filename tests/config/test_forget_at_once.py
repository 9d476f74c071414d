"""Two runs of ``manage.py forget`` at the same time."""

from datetime import timedelta
from io import StringIO
from threading import Thread
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from home.models import ContactMessage
from home.retention import Rule

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_second_leaves_it_to_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    old = timezone.now() - timedelta(days=400)
    ContactMessage.objects.create(
        name="N", email="n@example.org", subject="?", message="?", language="fr", sent_at=old
    )

    def second() -> None:
        out = StringIO()
        call_command("forget", stdout=out)
        said.append(out.getvalue())
        connection.close()

    def meanwhile() -> Any:
        thread = Thread(target=second)
        thread.start()
        thread.join()
        return ContactMessage.objects.expired()

    monkeypatch.setattr("config.management.commands.forget.RULES", (Rule("x", "messages", timedelta(365), meanwhile),))
    out = StringIO()

    call_command("forget", stdout=out)
    call_command("forget", stdout=out)

    assert said == ["Another run is at it.\n"] * len(said)
    assert [line.split()[0] for line in out.getvalue().splitlines()] == ["1", "0"]
    assert not ContactMessage.objects.exists()
