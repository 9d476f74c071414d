"""Registers the members app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    """Associations, services, needs, people and accounts."""

    name = "members"

    def ready(self) -> None:
        """Keep the rights of editors in step with the code, and tell the kernel of what we add."""
        from home import frame, health, outbox, sitemap, styleguide  # noqa: PLC0415  # models are loaded now
        from home.watching import metrics  # noqa: PLC0415
        from members.accounts import addresses, closing, holdings, personal  # noqa: PLC0415
        from members.audit import changes  # noqa: PLC0415
        from members.blocks import CharterArticleBlock  # noqa: PLC0415
        from members.components import association_orders  # noqa: PLC0415
        from members.dashboard import add_section  # noqa: PLC0415
        from members.directory.components import own_counterparts, reports_to_handle  # noqa: PLC0415
        from members.editors import sync_editors_once  # noqa: PLC0415
        from members.finder.encoder import remark  # noqa: PLC0415
        from members.health import letters_wait, nobody_works  # noqa: PLC0415
        from members.samples import samples  # noqa: PLC0415
        from members.sitemap import SOURCES  # noqa: PLC0415
        from members.tasks import send_later  # noqa: PLC0415
        from members.watching import gauges  # noqa: PLC0415

        post_migrate.connect(sync_editors_once, dispatch_uid="sync_editors")
        changes.connect()
        closing.connect()
        addresses.connect()
        holdings.register(personal.HOLDING)
        outbox.register(send_later)
        frame.register("association_orders", association_orders())
        add_section(reports_to_handle, order=6)
        add_section(own_counterparts, order=85)
        for source in SOURCES:
            sitemap.register(source)
        for said in (remark, nobody_works, letters_wait):
            health.register(said)
        metrics.register(gauges)
        styleguide.add_samples(_("Associations"), samples)
        styleguide.add_block(CharterArticleBlock())
