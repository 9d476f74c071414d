"""Registers the news app."""

from django.apps import AppConfig


class NewsConfig(AppConfig):
    """Public news, working groups, their news and meetings."""

    name = "news"
