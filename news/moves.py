"""An article belongs to the group under which it stands, also after it was moved."""

from typing import Any

from wagtail.models import Page
from wagtail.signals import post_page_move

from news.models import GroupNewsPage


def connect() -> None:
    """Follow every move of a page."""
    post_page_move.connect(join_new_group, sender=GroupNewsPage, dispatch_uid="join_new_group")


def join_new_group(sender: Any, instance: Page, **kwargs: Any) -> None:
    """Give a moved article the group of its new place, which decides who reads it."""
    article = GroupNewsPage.objects.get(pk=instance.pk)
    article.save()  # full_clean takes the group from the page above
