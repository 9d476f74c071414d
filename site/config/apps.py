"""Makes the project package an app, so that its commands are found."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """The project itself; it holds the commands that concern every app."""

    name = "config"
