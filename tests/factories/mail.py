"""Letters on their way."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from members.models import OutgoingMail
from tests.mail_server import MailServer

TO = "lies@example.org"


def letter(to: str = TO, **fields: Any) -> OutgoingMail:
    return OutgoingMail.objects.create(recipient=to, subject="Bonjour", body="Réunion à 10 h", **fields)


def in_a_while(minutes: int = 10_000) -> None:
    """Let time pass for the letters that wait."""
    OutgoingMail.objects.update(next_try_at=timezone.now() - timedelta(minutes=minutes))


def recipients(server: MailServer) -> list[str]:
    return [str(taken["To"]) for taken in server.letters]
