"""Registers the kernel."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The shared kernel and the editorial pages."""

    name = "home"

    def ready(self) -> None:
        """Keep translations in step with their source, and say what a watchdog is told."""
        from home import health, health_checks, translation  # noqa: PLC0415  # models are loaded now

        translation.connect()
        health.register_need(health_checks.database_away)
        health.register_need(health_checks.tables_behind)
        health.register(health_checks.little_room)
