"""Registers the members app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class MembersConfig(AppConfig):
    """Associations, services, needs, people and accounts."""

    name = "members"

    def ready(self) -> None:
        """Keep the rights of editors in step with the code, and tell the sitemap of our records."""
        from home import sitemap  # noqa: PLC0415  # models are loaded now
        from members.editors import sync_editors_once  # noqa: PLC0415
        from members.sitemap import record_entries  # noqa: PLC0415

        post_migrate.connect(sync_editors_once, dispatch_uid="sync_editors")
        sitemap.register(record_entries)
