"""What a role may do with comments, for the table of roles; ``world`` is that of test_roles.py."""

from typing import Any

from django.urls import reverse

from news.models import Comment, GroupNewsPage
from tests.factories.groups import CommentFactory, GroupNewsPageFactory
from tests.factories.people import UserFactory


def articles_of_both(world: Any) -> list[GroupNewsPage]:
    return [GroupNewsPageFactory(group=group) for group in (world.own_group, world.other_group)]


def comments(world: Any) -> tuple[bool, bool]:
    """Names somebody who may read it."""
    editor = UserFactory(is_editor=True, first_name="Zoë", last_name="Sow")
    said = []
    for article in articles_of_both(world):
        words = {"text": "Merci @Zoë Sow", "language": "fr"}
        world.client.post(reverse("news:write_comment", args=[article.pk]), words)
        said.append(editor.mentioned_in.filter(article_key=article.translation_key).exists())
    return tuple(said)


def removes_comments(world: Any) -> tuple[bool, bool]:
    removed = []
    for article in articles_of_both(world):
        comment = CommentFactory(article=article)
        world.client.post(reverse("news:remove_comment", args=[comment.pk]))
        removed.append(not Comment.objects.filter(pk=comment.pk).exists())
    return tuple(removed)
