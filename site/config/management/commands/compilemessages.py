"""Replaces Django's command of that name, which needs gettext on the machine."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from config.catalogues import compile_stale


class Command(BaseCommand):
    """``manage.py compilemessages``: compile our catalogues that changed."""

    help = "Compile the message catalogues of the interface."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Compile, and name what was compiled."""
        for folder in settings.LOCALE_PATHS:
            for catalogue in compile_stale(folder):
                self.stdout.write(f"{catalogue} compiled.")
