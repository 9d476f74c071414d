"""Two runs of the reminders at the same moment; apart, for it commits and finds no page of the site."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from news.meetings.reminders import remind
from tests.factories.groups import MeetingFactory
from tests.factories.meetings import AttendanceFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_runs_at_once_write_once() -> None:
    starts_at = timezone.now() + timedelta(days=1)
    given = AttendanceFactory(
        meeting=MeetingFactory(starts_at=starts_at), answered_at=timezone.now() - timedelta(days=3)
    )
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            other.set_autocommit(False)
            cursor.execute("SELECT 1 FROM news_attendance WHERE id = %s FOR UPDATE", [given.pk])
            assert not remind(attendance=given, today=timezone.localdate(starts_at) - timedelta(days=1))
            other.rollback()
    finally:
        other.close()
    assert remind(attendance=given, today=timezone.localdate(starts_at) - timedelta(days=1))
    assert len(mail.outbox) == 1
    assert not remind(attendance=given, today=timezone.localdate(starts_at) - timedelta(days=1))
