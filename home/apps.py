"""Registers the kernel."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The shared kernel and the editorial pages."""

    name = "home"

    def ready(self) -> None:
        """Keep translations in step with their source."""
        from home import translation  # noqa: PLC0415  # models are loaded now

        translation.connect()
