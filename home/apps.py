"""Registers the kernel."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The shared kernel and the editorial pages."""

    name = "home"
