"""Draws what pages show of the editors' pictures where it is missing: run it every hour."""

import logging
from typing import Any

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.progress import track
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

from home.outage.kinds import outage_of
from home.pictures import draw, with_renditions

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """What a killed worker left, and what a new version of the site wants in other widths."""

    help = "Draws the editors' pictures in every width and format that pages offer, where that is missing."

    def handle(self, *args: Any, **options: Any) -> None:
        """Draw, and say how many; a picture that cannot be read holds up no other, and fails no timer."""
        images = list(get_image_model().objects.prefetch_related(with_renditions()).order_by("pk"))
        console = Console(stderr=True)
        bar = track(images, description="Pictures", console=console, disable=not console.is_terminal)
        drawn = [_draw(image) for image in bar]
        self.stdout.write(f"{sum(filter(None, drawn))} drawings made.")
        if None in drawn:
            self.stderr.write(f"Not to be read: {drawn.count(None)}. The log says which.")


def _draw(image: AbstractImage) -> int | None:
    """Draw what is missing; None where the file is gone or damaged, which is logged."""
    try:
        return draw(image)
    except OSError as error:
        if outage_of(error):
            raise
        logger.exception("Picture %s cannot be drawn.", image.pk)
        return None
