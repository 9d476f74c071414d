"""Tells people what newly fits the searches they saved: run it every day."""

from typing import Any

from django.core.management.base import BaseCommand

from library.models import SavedSearch
from library.search.saving import tell_news


class Command(BaseCommand):
    """``manage.py library_notices``."""

    help = "Write to the owners of saved searches what newly fits them, once; nothing new, no letter."

    def handle(self, *args: Any, **options: Any) -> None:
        """Look at every saved search, and say how many letters were written."""
        letters = tell_news(SavedSearch.objects.order_by("owner", "pk"))
        self.stdout.write(f"{letters} letters of new matches.")
