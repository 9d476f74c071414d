"""Making and ending the private addresses of somebody's calendar and feeds."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_save

from members.models import User
from news.models import FeedKey


@transaction.atomic
def renew_key(*, by: Any) -> FeedKey:
    """Give a person new private addresses; those given before open nothing from now on."""
    User.objects.select_for_update().get(pk=by.pk)  # two clicks at once make one
    end_key(by=by)
    return FeedKey.objects.create(owner=by)


def end_key(*, by: Any) -> None:
    """End a person's private addresses."""
    FeedKey.objects.filter(owner=by).delete()


def connect() -> None:
    """Follow what is saved of people."""
    post_save.connect(_end_with_account_or_password, sender=User, dispatch_uid="end_feed_key")


def _end_with_account_or_password(sender: Any, instance: User, raw: bool = False, **kwargs: Any) -> None:
    """End the addresses of a closed account: opened again, it does not bring back what a lost telephone knows.

    A new password ends them too: whoever sets one fears that somebody else got in, and may have copied them.
    """
    is_new_password = getattr(instance, "_password") is not None  # noqa: B009  # Django's own mark: no better hash
    if not raw and (is_new_password or not instance.is_active):
        end_key(by=instance)
