"""Keeps the files of pictures: written before their row, deleted after it, tidied away when neither happened."""

from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models.signals import post_delete

from home.private_files.storage import private_storage
from news.models import GroupPicture
from news.models.group_picture import FOLDER

GRACE = timedelta(days=1)  # a younger file may be on its way: it comes before its row


def connect() -> None:
    """Follow every deletion, also that of a whole group."""
    post_delete.connect(forget_files, GroupPicture, dispatch_uid="forget_files_of_picture")


def keep(picture: GroupPicture, made: dict[int, tuple[int, bytes]]) -> GroupPicture:
    """Save a new picture with what was drawn of it."""
    picture.width = max(made)
    picture.height = made[picture.width][0]
    for width, (_height, content) in made.items():
        private_storage().save(picture.path(width), ContentFile(content))
    picture.save()
    return picture


def forget_files(sender: Any, instance: GroupPicture, **kwargs: Any) -> None:
    """Delete the files once the row is gone for good."""
    names = [instance.path(width) for width in instance.widths]
    transaction.on_commit(lambda: [private_storage().delete(name) for name in names])


def orphans(before: datetime) -> list[str]:
    """The stored files older than that which belong to no picture."""
    storage = private_storage()
    try:
        _folders, names = storage.listdir(FOLDER)
    except FileNotFoundError:  # no picture was ever stored
        return []
    known = {picture.path(width) for picture in GroupPicture.objects.iterator() for width in picture.widths}
    paths = [f"{FOLDER}/{name}" for name in names]
    return [path for path in paths if path not in known and storage.get_modified_time(path) < before]
