"""What an association is asked to share."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.access import is_member
from library.enums import Answer
from library.models.tool import Tool
from library.models.vocabulary import Theme, ToolType
from members.models import Association


class ToolRequestQuerySet(models.QuerySet["ToolRequest"]):
    """Requests by who may see and answer them."""

    def visible_to(self, user: Any) -> Self:
        """All of them for every member: what is asked for is no secret among members."""
        return self if is_member(user) else self.none()

    def answerable_by(self, user: Any) -> Self:
        """Those to the association whose delegate one is; all for editors."""
        if not is_member(user):
            return self.none()
        if user.is_editor:
            return self
        return self.filter(association=user.association_id) if user.is_delegate else self.none()

    def open(self) -> Self:
        """Those that nobody answered or closed."""
        return self.filter(answer=Answer.OPEN)

    def answered(self) -> Self:
        """Those that were answered or closed, the last one first."""
        return self.exclude(answer=Answer.OPEN).order_by("-answered_at")

    def for_lists(self, user: Any) -> Self:
        """With what a list shows to this person; a tool that is hidden from them is left out."""
        known = self.select_related("type", "theme", "association", "asked_by", "asked_for", "answered_by")
        return known.prefetch_related(models.Prefetch("tool", Tool.objects.visible_to(user)))


class ToolRequest(models.Model):
    """Somebody asks another association for its tool of a type, or of a type about a theme; once until it answers."""

    wagtail_reference_index_ignore = True  # the CMS shows nowhere where it is used

    type = models.ForeignKey(ToolType, models.CASCADE, related_name="requests", verbose_name=_("type"))
    theme = models.ForeignKey(
        Theme, models.CASCADE, null=True, blank=True, related_name="requests", verbose_name=_("theme")
    )
    association = models.ForeignKey(
        Association, models.CASCADE, related_name="requests_received", verbose_name=_("asked of")
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("asked by")
    )
    asked_for = models.ForeignKey(
        Association, models.SET_NULL, null=True, related_name="requests_sent", verbose_name=_("asked for")
    )
    message = models.TextField(_("message"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("asked at"), default=timezone.now)
    answer = models.CharField(_("answer"), max_length=12, choices=Answer.choices, default=Answer.OPEN)
    answer_note = models.TextField(_("word with the answer"), max_length=500, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    tool = models.ForeignKey(
        "library.Tool", models.SET_NULL, null=True, blank=True, related_name="requests", verbose_name=_("tool")
    )

    objects = ToolRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for a tool")
        verbose_name_plural = _("requests for tools")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["type", "theme", "association"],
                condition=models.Q(answer=Answer.OPEN),
                nulls_distinct=False,
                name="asked_once_until_answered",
            ),
            models.CheckConstraint(
                condition=models.Q(answer=Answer.OPEN, answered_at__isnull=True)
                | (~models.Q(answer=Answer.OPEN) & models.Q(answered_at__isnull=False)),
                name="answer_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} – {self.association}"

    @property
    def subject(self) -> str:
        """What is asked for, in the reader's language: the type, and the theme where there is one."""
        return f"{self.type} – {self.theme}" if self.theme else str(self.type)

    @property
    def is_open(self) -> bool:
        """Tell whether it waits for an answer."""
        return self.answer == Answer.OPEN
