"""Registers the library app."""

from django.apps import AppConfig
from django.db.models import Exists
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    """The shared library of tools."""

    name = "library"

    def ready(self) -> None:
        """Put tools and requests on the dashboard and minutes on meetings, and tell the kernel of what is public."""
        from home import frame, health, sitemap, styleguide  # noqa: PLC0415  # needs the models
        from library.dashboard import newest_tools, requests_to_answer  # noqa: PLC0415  # needs the models
        from library.directory import tools_of_person  # noqa: PLC0415  # needs the models
        from library.health import scanner_away  # noqa: PLC0415  # needs the models
        from library.minutes.components import minutes_of  # noqa: PLC0415  # needs the models
        from library.models import Tool  # noqa: PLC0415  # needs the models
        from library.personal import HOLDING  # noqa: PLC0415  # needs the models
        from library.samples import samples  # noqa: PLC0415  # needs the models
        from library.search.tasks import watch_tools  # noqa: PLC0415  # needs the models
        from library.sitemap import SOURCES  # noqa: PLC0415  # needs the models
        from members.accounts import holdings  # noqa: PLC0415  # needs the models
        from members.dashboard import add_section  # noqa: PLC0415  # needs the models
        from members.directory.contributions import register_contribution  # noqa: PLC0415  # needs the models
        from news.meetings.parts import add_part  # noqa: PLC0415  # needs the models

        watch_tools()
        health.register(scanner_away)
        holdings.register(HOLDING)
        add_section(requests_to_answer, order=5)
        add_section(newest_tools, order=30)
        add_part(minutes_of)
        register_contribution(tools_of_person)
        frame.register("has_public_tools", Exists(Tool.objects.public()))
        for source in SOURCES:
            sitemap.register(source)
        styleguide.add_samples(_("Library"), samples)
