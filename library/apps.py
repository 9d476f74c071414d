"""Registers the library app."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """The shared library of tools."""

    name = "library"

    def ready(self) -> None:
        """Put the newest tools on the dashboard, and let files go with their versions."""
        from library import signals  # noqa: PLC0415  # needs the models
        from library.dashboard import newest_tools  # noqa: PLC0415  # needs the models
        from members.dashboard import add_section  # noqa: PLC0415  # needs the models

        add_section(newest_tools, order=30)
        signals.connect()
