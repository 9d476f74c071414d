"""When a working group meets."""

from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField

from home.languages import Bilingual
from news.models.working_group import WorkingGroup


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings by time and by who may see them."""

    def visible_to(self, user: Any) -> Self:
        """Meetings of the groups that this user may see."""
        return self.filter(group__in=WorkingGroup.objects.visible_to(user))

    def upcoming(self) -> Self:
        """Meetings that are not over yet, next first."""
        return self.filter(ends_at__gte=timezone.now()).order_by("starts_at")

    def past(self) -> Self:
        """Meetings that are over, last first."""
        return self.filter(ends_at__lt=timezone.now()).order_by("-starts_at")


class Meeting(models.Model):
    """A meeting of a working group."""

    group = models.ForeignKey(WorkingGroup, models.CASCADE, related_name="meetings", verbose_name=_("working group"))
    title = Bilingual(models.CharField(_("title"), max_length=160))
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    place = Bilingual(models.CharField(_("place"), max_length=200, blank=True))
    link = models.URLField(_("link of the online meeting"), blank=True)
    agenda = Bilingual(RichTextField(_("agenda"), blank=True, features=["bold", "ul", "ol", "link"]))
    is_cancelled = models.BooleanField(_("cancelled"), default=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="meeting_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.title
