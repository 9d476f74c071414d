"""Wanting no letters about one conversation."""

from typing import Any
from uuid import UUID

from members.tasks import take_back_about
from news.letters import subjects
from news.models import MutedThread


def mute(*, article_key: UUID, person: Any) -> None:
    """No letters about this conversation any more, nor those that still wait; said again it changes nothing."""
    MutedThread.objects.get_or_create(article_key=article_key, person=person)
    take_back_about(subjects.of_thread(article_key), people=[person])


def unmute(*, article_key: UUID, person: Any) -> None:
    """Letters about this conversation again."""
    MutedThread.objects.filter(article_key=article_key, person=person).delete()


def is_muted(*, article_key: UUID, person: Any) -> bool:
    """Tell whether the person wants no letters about it."""
    return MutedThread.objects.filter(article_key=article_key, person=person).exists()
