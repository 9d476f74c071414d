"""Makes the project package an app, so that its commands are found."""

from django.apps import AppConfig
from django.core import checks

from config.checks import check_register


class ProjectConfig(AppConfig):
    """The project itself; it holds the commands and checks that concern every app."""

    name = "config"

    def ready(self) -> None:
        """Have the register of personal data checked with everything else."""
        checks.register(check_register)
