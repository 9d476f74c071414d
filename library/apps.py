"""Registers the library app."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """The shared library of tools."""

    name = "library"
