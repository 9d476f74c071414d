"""Writing, correcting and removing comments."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.models import User
from members.permissions import can_remove_comment
from members.tasks import take_back_about
from news.comments.letters import tell_correction, tell_thread
from news.letters import subjects
from news.models import Comment, GroupNewsPage

SAME_WITHIN = timedelta(minutes=5)


@dataclass(frozen=True)
class Words:
    """What a comment says: its text with marks for names, whom it names, and its language."""

    text: str
    language: str
    named: Collection[int] = ()


@transaction.atomic
def write(*, article: GroupNewsPage, by: Any, words: Words, answers: Comment | None = None) -> Comment:
    """Add a comment once, and write to whom it concerns; raises ValidationError when what it answers was removed.

    The same words by the same person at the same place within minutes are a second press of the button, at the same
    moment or after a break of the network; the person's row is locked, so that the second waits for the first.
    """
    author = _reader(article, by)
    parent = _thread_of(answers) if answers else None
    before = Comment.objects.under(article).filter(author=author, parent=parent, text=words.text)
    again = before.filter(written_at__gte=timezone.now() - SAME_WITHIN).first()
    if again:
        return again
    comment = Comment.objects.create(
        article_key=article.translation_key, parent=parent, author=author, text=words.text, language=words.language
    )
    comment.mentions.add(*words.named)
    tell_thread(comment=comment, article=article)
    return comment


@transaction.atomic
def edit(*, comment: Comment, article: GroupNewsPage, by: Any, words: Words) -> None:
    """Correct one's own comment while there is time, else raise ValidationError; tells whom it names and told not."""
    if comment.author_id != by.pk:
        raise PermissionDenied
    _reader(article, by)
    known = Comment.objects.select_for_update().filter(pk=comment.pk).first()
    if known is None or not known.is_editable:
        raise ValidationError(_("The 15 minutes to correct it are over: the comment stays as it is."), code="over")
    if (known.text, known.language) == (words.text, words.language):
        return
    known.text, known.language, known.edited_at = words.text, words.language, timezone.now()
    known.save(update_fields=["text", "language", "edited_at"])
    known.mentions.set(words.named)
    tell_correction(comment=known, article=article)


@transaction.atomic
def remove(*, comment: Comment, article: GroupNewsPage, by: Any) -> None:
    """Delete a comment for good; where others answered it, its place stays, without its text."""
    if not can_remove_comment(by, comment, article.group):
        raise PermissionDenied
    thread = comment.parent_id or comment.pk
    Comment.objects.select_for_update().filter(pk=thread).first()  # answers that are being written wait, or we do
    known = Comment.objects.standing().filter(pk=comment.pk).first()
    if known is None:
        return
    take_back_about(subjects.of_comment(known.pk))
    if known.replies.exists():
        known.text, known.removed_at, known.removed_by = "", timezone.now(), by
        known.save(update_fields=["text", "removed_at", "removed_by"])
        known.mentions.clear()
        known.told.clear()
        return
    known.delete()
    Comment.objects.filter(pk=thread, removed_at__isnull=False, replies__isnull=True).delete()


def _reader(article: GroupNewsPage, by: Any) -> User:
    """The person as of now, who may read the article, or raise PermissionDenied; both stay so until the end."""
    person = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    readable = GroupNewsPage.objects.visible_to(person).select_for_update(of=("self",), no_key=True)
    if not readable.filter(pk=article.pk).exists():
        raise PermissionDenied
    return person


def _thread_of(answers: Comment) -> Comment:
    """The comment under which an answer stands, locked so that nobody removes it meanwhile."""
    thread = answers.parent_id or answers.pk
    locked = Comment.objects.select_for_update(no_key=True).filter(pk=thread).first()
    if locked is None or not Comment.objects.standing().filter(pk=answers.pk).exists():
        raise ValidationError(
            _("The comment that you answer was removed meanwhile. Nothing is lost: send it as a new comment."),
            code="removed",
        )
    return locked
