"""Registers the kernel."""

from django.apps import AppConfig
from django.core.checks import Tags, register


class HomeConfig(AppConfig):
    """The shared kernel and the editorial pages."""

    name = "home"

    def ready(self) -> None:
        """Keep translations in step, start the CMS without inline scripts, and say what a watchdog is told."""
        from home import checks, health, health_checks, inline_scripts, shared_store, translation  # noqa: PLC0415

        translation.connect()
        inline_scripts.connect()
        health.register_need(health_checks.database_away)
        health.register_need(health_checks.tables_behind)
        health.register(health_checks.little_room)
        health.register(shared_store.remark)
        register(checks.counts_together, Tags.security, deploy=True)
