"""A closed account is closed everywhere at once, wherever it was closed: here, in the CMS, by a command."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.db.models.signals import post_save

from members.models import OutgoingMail, User


def connect() -> None:
    """Follow what is saved of people."""
    post_save.connect(_close, sender=User, dispatch_uid="close_account")


def _close(sender: Any, instance: User, raw: bool = False, **kwargs: Any) -> None:
    """Sign somebody out on every device, and write nothing more to them; all else asks for ``is_active``."""
    if raw or instance.is_active:
        return
    for session in UserSession.objects.filter(user=instance):
        session.end()
    OutgoingMail.objects.unsent().filter(person=instance).delete()
