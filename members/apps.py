"""Registers the members app."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    """Associations, services, needs, people and accounts."""

    name = "members"
