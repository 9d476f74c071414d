"""Registers the kernel."""

from django.apps import AppConfig
from django.core.checks import Tags, register


class HomeConfig(AppConfig):
    """The shared kernel and the editorial pages."""

    name = "home"

    def ready(self) -> None:
        """Keep translations and memory in step, start the CMS without inline scripts, say what a watchdog is told."""
        from home import (  # noqa: PLC0415
            checks,
            health,
            health_checks,
            inline_scripts,
            pictures,
            shared_store,
            site_roots,
            translation,
        )
        from home.page_cache import memory  # noqa: PLC0415

        translation.connect()
        site_roots.connect()
        inline_scripts.connect()
        pictures.connect()
        health.register_need(health_checks.database_away)
        health.register_need(health_checks.tables_behind)
        health.register(health_checks.little_room)
        health.register(shared_store.remark)
        health.register(memory.remark)
        register(checks.counts_together, Tags.security, deploy=True)
