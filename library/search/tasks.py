"""Work of the search outside the request."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django_tasks import task

from library.models import Tool
from library.search.meaning import has_room, learn


@task()
def learn_meaning(pk: int) -> None:
    """Keep what a tool means; one that is gone, or a database without room for it, is no fault."""
    if has_room():
        list(learn(Tool.objects.filter(pk=pk)))


def watch_tools() -> None:
    """Learn what a tool means whenever it is saved; called once when the apps are ready."""
    post_save.connect(_learn_later, sender=Tool, dispatch_uid="library.search")


def _learn_later(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        transaction.on_commit(partial(learn_meaning.enqueue, instance.pk))
