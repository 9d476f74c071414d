"""What each person saw of the working groups, in the site or in a digest."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SeenQuerySet(models.QuerySet["Seen"]):
    """Rows by person."""

    def visible_to(self, user: Any) -> Self:
        """One's own."""
        return self.filter(person=user) if user.is_authenticated else self.none()


class Seen(models.Model):
    """One person and one thing: an article, by its translation key, or a meeting, by the identity in its calendar."""

    wagtail_reference_index_ignore = True  # the CMS shows nowhere where it is used

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="seen")
    key = models.UUIDField(_("what"), db_index=True)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    told_at = models.DateTimeField(_("told in a digest at"), null=True, blank=True)

    objects = SeenQuerySet.as_manager()

    class Meta:
        verbose_name = _("thing seen")
        verbose_name_plural = _("things seen")
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="seen_once_a_person_and_thing"),
            models.CheckConstraint(
                condition=Q(read_at__isnull=False) | Q(told_at__isnull=False), name="seen_was_read_or_told"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.key}"

    def is_visible_to(self, user: Any) -> bool:
        """Tell whether this is the user's own."""
        return self.person_id == user.pk
