"""What follows when a version is deleted."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete

from library.models import ToolVersion


def connect() -> None:
    """Follow every deletion, also of a whole tool."""
    post_delete.connect(delete_file, sender=ToolVersion, dispatch_uid="delete_file_of_version")


def delete_file(sender: Any, instance: ToolVersion, **kwargs: Any) -> None:
    """Delete the file of a deleted version, once the deletion is certain."""
    transaction.on_commit(partial(instance.file.storage.delete, instance.file.name))
