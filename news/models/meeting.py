"""When a working group meets."""

from datetime import date, timedelta
from typing import Any, Self
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.fields import RichTextField

from home.languages import Bilingual, current_language
from news.models.attendance import Attendance
from news.models.working_group import WorkingGroup

KEPT_IN_CALENDARS = timedelta(days=365)


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

    def with_answer_of(self, user: Any) -> Self:
        """With ``is_coming``: what the person said, None where they said nothing."""
        answers = Attendance.objects.filter(meeting=models.OuterRef("pk"), person=user.pk)
        return self.annotate(is_coming=models.Subquery(answers.values("is_coming")[:1]))

    def in_calendars(self) -> Self:
        """What a calendar shows, cancelled ones too: all to come, and those of the last year."""
        recent = self.filter(ends_at__gte=timezone.now() - KEPT_IN_CALENDARS)
        return recent.select_related("group").order_by("starts_at", "pk")

    def in_calendar_of(self, user: Any) -> Self:
        """Meetings of the person's groups unless they said no, and of other open groups where they said yes.

        No role counts here: whoever gets hold of the private address of an editor learns of no closed group from it.
        """
        mine = models.Q(group__in=user.working_groups.all()) | models.Q(group__in=user.coordinated_groups.all())
        known = self.filter(group__in=WorkingGroup.objects.open_or_joined_by(user)).with_answer_of(user)
        return known.filter(models.Q(is_coming=True) | (mine & models.Q(is_coming__isnull=True)))


class Meeting(models.Model):
    """A meeting of a working group; the database counts its changes, for calendars take the highest number."""

    group = models.ForeignKey(WorkingGroup, models.CASCADE, related_name="meetings", verbose_name=_("working group"))
    title = Bilingual(models.CharField(_("title"), max_length=160))
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    place = Bilingual(models.CharField(_("place"), max_length=200, blank=True))
    link = models.URLField(_("link of the online meeting"), blank=True)
    agenda = Bilingual(RichTextField(_("agenda"), blank=True, features=["bold", "ul", "ol", "link"]))
    is_cancelled = models.BooleanField(
        _("cancelled"),
        default=False,
        help_text=_("Calendars then strike the meeting out. A meeting that is deleted may stay in them."),
    )
    sequence = models.PositiveIntegerField(default=0, editable=False)  # both set by the trigger of migration 0002
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

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

    def get_absolute_url(self, language: str | None = None) -> str:
        """The meeting's page in the member area."""
        with override(language or current_language()):
            return reverse("news:meeting", args=[self.pk])

    def is_visible_to(self, user: Any) -> bool:
        """Tell whether this user may see the meeting; agrees with the queryset."""
        return self.group.is_visible_to(user)

    @property
    def key(self) -> UUID:
        """What it is called in calendars, and in what somebody has seen; the same for ever."""
        return uuid5(NAMESPACE_URL, f"https://otonom/meeting/{self.pk}")

    @property
    def starts_on(self) -> date:
        """The day in Brussels on which it begins."""
        return timezone.localdate(self.starts_at)

    @property
    def has_started(self) -> bool:
        """Tell whether it began, which ends the time to say whether one comes."""
        return self.starts_at <= timezone.now()

    @property
    def is_over(self) -> bool:
        """Tell whether it ended."""
        return self.ends_at < timezone.now()

    @property
    def is_open(self) -> bool:
        """Tell whether one can still say whether one comes."""
        return not self.is_cancelled and not self.has_started
