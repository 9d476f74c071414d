"""What conversations hold about a person; part of what news tells and erases."""

from typing import Any
from uuid import UUID

from members.models import User
from news.comments.words import plain, shown_name
from news.models import Comment, GroupNewsPage, MutedThread


def tell(person: User) -> dict[str, Any]:
    """What somebody said, where others named them, the latest letters, and the conversations without letters."""
    said = Comment.objects.standing().filter(author=person).prefetch_related("mentions")
    named = Comment.objects.filter(mentions=person).values_list("article_key", "written_at")
    told = Comment.objects.filter(told=person).values_list("article_key", "written_at")
    muted = MutedThread.objects.filter(person=person).values_list("article_key", flat=True)
    titles = _titles(person)
    return {
        "comments": [_told(one, person) | {"article": titles.get(one.article_key, "")} for one in said],
        "named_in_comments": [{"article": titles.get(key, ""), "written_at": at} for key, at in named],
        "letters_about_comments": [{"article": titles.get(key, ""), "written_at": at} for key, at in told],
        "conversations_without_letters": [titles.get(key, "") for key in muted],
    }


def left_behind(person: Any) -> list[dict[str, Any]]:
    """What somebody said under articles that they may not read any more, without what these are called."""
    readable = Comment.objects.visible_to(person).values("pk")
    said = Comment.objects.standing().filter(author=person).exclude(pk__in=readable).prefetch_related("mentions")
    return [_told(one, person) | {"pk": one.pk, "language": one.language} for one in said]


def erase(person: User) -> None:
    """Nobody is named or told any more, nor chose anything; what they said stays, under “former colleague”."""
    for people in (Comment.mentions.through, Comment.told.through):
        people.objects.filter(user=person).delete()
    MutedThread.objects.filter(person=person).delete()


def _told(comment: Comment, person: User) -> dict[str, Any]:
    known = {one.pk: one for one in comment.mentions.all()}
    text = plain(comment.text, lambda pk: shown_name(known.get(pk), person))
    return {"text": text, "written_at": comment.written_at, "edited_at": comment.edited_at}


def _titles(person: User) -> dict[UUID, str]:
    """What the articles are called that the person may still read."""
    return dict(GroupNewsPage.objects.visible_to(person).values_list("translation_key", "title"))
