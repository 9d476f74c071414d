"""What members say under the articles of working groups."""

from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.models.group_pages import GroupNewsPage
from news.models.working_group import WorkingGroup

EDITABLE_FOR = timedelta(minutes=15)
LONGEST = 3000  # characters


class CommentQuerySet(models.QuerySet["Comment"]):
    """Comments by article and by who may see them."""

    def visible_to(self, user: Any) -> Self:
        """Those under the articles that this person may read."""
        articles = GroupNewsPage.objects.visible_to(user)
        return self.filter(article_key__in=articles.order_by().values("translation_key"))

    def removable_by(self, user: Any) -> Self:
        """Those that this person can ask to remove: what they may read, and their own wherever it stands."""
        return self.visible_to(user) | self.filter(author=user)

    def under(self, article: GroupNewsPage) -> Self:
        """The conversation about an article: one for all its translations."""
        return self.filter(article_key=article.translation_key)

    def in_closed(self, group: WorkingGroup) -> Self:
        """Those under the articles of a group, in which only its people could read them; none of an open group."""
        if group.pk is None or group.is_open:
            return self.none()
        return self.filter(article_key__in=group.articles.order_by().values("translation_key"))

    def standing(self) -> Self:
        """Those that nobody removed."""
        return self.filter(removed_at__isnull=True)

    def final(self) -> Self:
        """Those that nobody can correct any more."""
        return self.filter(written_at__lte=timezone.now() - EDITABLE_FOR)

    def by_thread(self) -> Self:
        """In the order in which they are shown: a comment, the answers to it, then the next comment."""
        return self.annotate(
            thread_at=Coalesce("parent__written_at", "written_at"),
            thread=Coalesce("parent_id", "pk", output_field=models.BigIntegerField()),
        ).order_by("thread_at", "thread", models.F("parent").asc(nulls_first=True), "written_at", "pk")

    def for_lists(self) -> Self:
        """With what a conversation shows."""
        return self.select_related("author__association")


class Comment(models.Model):
    """A comment, or a reply to one; a reply has no replies of its own (the database sees to it: migration 0003).

    Of a comment that was removed but has replies only its place stays, without its text.
    """

    wagtail_reference_index_ignore = True  # the CMS shows nowhere where it is used

    article_key = models.UUIDField(_("article"), db_index=True)  # the translation key, for every language has one talk
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="replies", verbose_name=_("reply to")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="comments", verbose_name=_("author")
    )
    text = models.TextField(_("comment"), max_length=LONGEST, blank=True)  # with marks for names: news.comments.words
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)  # in which it was written
    mentions = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="mentioned_in", verbose_name=_("colleagues named")
    )
    told = models.ManyToManyField(  # who had a letter about it: nobody gets two; forgotten once it is final
        settings.AUTH_USER_MODEL, blank=True, related_name="told_of", verbose_name=_("colleagues told")
    )
    written_at = models.DateTimeField(_("written at"), default=timezone.now)
    edited_at = models.DateTimeField(_("edited at"), null=True, blank=True)
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("removed by"),
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("pk")),
                name="comment_is_no_reply_to_itself",
            ),
            models.CheckConstraint(
                condition=models.Q(removed_at__isnull=True) | models.Q(text=""), name="removed_comment_has_no_text"
            ),
            models.CheckConstraint(
                condition=models.Q(removed_at__isnull=False) | ~models.Q(text=""), name="comment_has_text"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author or ''} {self.written_at:%Y-%m-%d}".strip()  # never the text: it would stand in logs

    def is_visible_to(self, user: Any) -> bool:
        """Tell whether this user may read the article that it is about; agrees with the queryset."""
        return Comment.objects.visible_to(user).filter(pk=self.pk).exists()

    @property
    def anchor(self) -> str:
        """Its place on the page of the article."""
        return f"comment-{self.pk}"

    @property
    def place(self) -> str:
        """What leads to it from the address of the article, on whichever page of the conversation it stands."""
        return f"?comment={self.pk}#{self.anchor}"

    @property
    def is_editable(self) -> bool:
        """Tell whether its author can still correct it."""
        return self.removed_at is None and timezone.now() < self.written_at + EDITABLE_FOR


class MutedThread(models.Model):
    """A person wants no letters about the conversation under one article."""

    wagtail_reference_index_ignore = True  # the CMS shows nowhere where it is used

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="muted_threads")
    article_key = models.UUIDField(_("article"))

    class Meta:
        verbose_name = _("conversation without letters")
        verbose_name_plural = _("conversations without letters")
        constraints = [models.UniqueConstraint(fields=["person", "article_key"], name="one_mute_a_person_and_thread")]

    def __str__(self) -> str:
        return str(self.person)
