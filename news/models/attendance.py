"""Who said that they come to a meeting, or that they do not."""

from datetime import date, datetime, time, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT_FOR = timedelta(days=365)  # after the meeting, as the privacy page says


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    """Answers by what they say and whether they still count."""

    def coming_to(self, meeting: Any) -> Self:
        """Those who come: their account works, and they may still see the meeting."""
        return self.filter(meeting=meeting, is_coming=True, person__in=meeting.group.readers())

    def to_remind(self, today: date) -> Self:
        """Those who come tomorrow, did not hear of that day yet, and did not answer only today."""
        tomorrow = today + timedelta(days=1)
        midnight = timezone.make_aware(datetime.combine(today, time.min))
        coming = self.filter(is_coming=True, answered_at__lt=midnight).exclude(reminded_for=tomorrow)
        return coming.filter(meeting__starts_at__date=tomorrow, meeting__is_cancelled=False)

    def expired(self) -> Self:
        """Answers that nobody needs any more."""
        return self.filter(meeting__ends_at__lt=timezone.now() - KEPT_FOR)


class Attendance(models.Model):
    """One person's answer to one meeting, changeable until it starts."""

    wagtail_reference_index_ignore = True  # the CMS shows nowhere where it is used

    meeting = models.ForeignKey("news.Meeting", models.CASCADE, related_name="attendances", verbose_name=_("meeting"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="attendances", verbose_name=_("person")
    )
    is_coming = models.BooleanField(_("comes"))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)  # of the reminder
    answered_at = models.DateTimeField(_("answered at"), default=timezone.now)
    reminded_for = models.DateField(_("day of which a reminder was sent"), null=True, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer to a meeting")
        verbose_name_plural = _("answers to meetings")
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="one_answer_a_person_and_meeting")]

    def __str__(self) -> str:
        return f"{self.person}: {self.meeting}"

    def is_visible_to(self, user: Any) -> bool:
        """Tell whether this is the user's own answer."""
        return self.person_id == user.pk
