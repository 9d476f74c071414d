"""A closed account is closed everywhere at once, wherever it was closed: here, in the CMS, by a command."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.db.models.signals import post_save

from members.models import User


def connect() -> None:
    """Follow what is saved of people."""
    post_save.connect(_end_sessions, sender=User, dispatch_uid="end_sessions")


def _end_sessions(sender: Any, instance: User, raw: bool = False, **kwargs: Any) -> None:
    """Sign somebody out on every device; whatever else opens something by itself asks for ``is_active``."""
    if raw or instance.is_active:
        return
    for session in UserSession.objects.filter(user=instance):
        session.end()
