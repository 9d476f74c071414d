"""Keeps the promises of the privacy page about accounts: run it every day."""

from typing import Any

from django.core.management.base import BaseCommand

from members.accounts.actions import erase
from members.accounts.retention import due_for_erasure, forgotten_invitations
from members.models import AuditEntry, OutgoingMail, User


class Command(BaseCommand):
    """Erases what names people whose time is over, and deletes what is kept for a while only."""

    help = "Erases closed accounts whose time is over, old invitations, audit entries and letters not sent."

    def handle(self, *args: Any, **options: Any) -> None:
        """Erase each in a transaction of its own, and say how many there were."""
        people = sum(erase(person=person) for person in due_for_erasure(User.objects.all()))
        invitations, _by_model = forgotten_invitations().delete()
        entries, _by_model = AuditEntry.objects.expired().delete()
        letters, _by_model = OutgoingMail.objects.expired().delete()
        deleted = f"{invitations} invitations, {entries} audit entries and {letters} letters"
        self.stdout.write(f"{people} people erased; {deleted} deleted.")
