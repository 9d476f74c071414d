"""What somebody handed in and has not shared yet."""

from typing import Any, Self
from uuid import uuid4

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from library.models.stored_file import StoredFile


class DraftQuerySet(models.QuerySet["Draft"]):
    """Drafts by whose they are."""

    def visible_to(self, user: Any) -> Self:
        """One's own: nobody else sees a draft."""
        return self.filter(owner=user) if user.is_authenticated else self.none()


class Draft(models.Model):
    """A file that arrived, with what its owner has said of it so far; sharing it makes a tool or a version of it."""

    wagtail_reference_index_ignore = True  # the CMS shows nowhere where it is used

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    stored_file = models.ForeignKey(StoredFile, models.PROTECT, related_name="drafts", verbose_name=_("file"))
    file_name = models.CharField(_("file name"), max_length=160)
    tool = models.ForeignKey(
        "library.Tool", models.CASCADE, null=True, blank=True, related_name="drafts", verbose_name=_("new version of")
    )
    request = models.ForeignKey(
        "library.ToolRequest", models.SET_NULL, null=True, blank=True, related_name="drafts", verbose_name=_("answers")
    )
    typed = models.JSONField(_("what was typed so far"), default=dict, encoder=DjangoJSONEncoder)
    created_at = models.DateTimeField(_("created at"), default=timezone.now)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "stored_file", "tool"], name="a_file_is_handed_in_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return self.file_name

    def is_visible_to(self, user: Any) -> bool:
        """Tell whether this user may see the draft; agrees with the queryset."""
        return self.owner_id == user.pk
