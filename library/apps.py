"""Registers the library app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    """The shared library of tools."""

    name = "library"

    def ready(self) -> None:
        """Put the newest tools on the dashboard."""
        from home import styleguide  # noqa: PLC0415  # needs the models
        from library.dashboard import newest_tools  # noqa: PLC0415  # needs the models
        from library.samples import samples  # noqa: PLC0415  # needs the models
        from members.dashboard import add_section  # noqa: PLC0415  # needs the models

        add_section(newest_tools, order=30)
        styleguide.add_samples(_("Library"), samples)
