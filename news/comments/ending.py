"""A conversation ends with the last page of its article, in whatever way that was deleted."""

from typing import Any

from django.db.models.signals import post_delete

from members.tasks import take_back_about
from news.letters import subjects
from news.models import Comment, GroupNewsPage, MutedThread


def connect() -> None:
    """Follow what is deleted of articles."""
    post_delete.connect(end_conversation, sender=GroupNewsPage, dispatch_uid="end_conversation")


def end_conversation(sender: Any, instance: GroupNewsPage, **kwargs: Any) -> None:
    """Delete what was said about an article of which no page is left, letters of it, and what people chose."""
    key = instance.translation_key
    if not GroupNewsPage.objects.filter(translation_key=key).exists():
        Comment.objects.filter(article_key=key).delete()
        take_back_about(subjects.of_thread(key))
        MutedThread.objects.filter(article_key=key).delete()
