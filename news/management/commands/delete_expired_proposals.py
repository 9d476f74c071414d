"""Keeps the promise of the privacy page: run it every day."""

from typing import Any

from django.core.management.base import BaseCommand

from news.models import MembershipProposal


class Command(BaseCommand):
    """Deletes who asked to join working groups and who was invited, long after the answer."""

    help = "Deletes requests and invitations to working groups 90 days after the answer, or after a year without one."

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete them and say how many there were."""
        number, _by_model = MembershipProposal.objects.expired().delete()
        self.stdout.write(f"{number} expired requests and invitations to working groups deleted.")
