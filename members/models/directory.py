"""What colleagues tell the delegates about the directory of counterparts."""

from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.access import is_member
from members.enums import ReportOutcome

KEPT_FOR = timedelta(days=90)  # after it was handled; the privacy page says so


class DirectoryReportQuerySet(models.QuerySet["DirectoryReport"]):
    """Reports by who may read and handle them."""

    def visible_to(self, user: Any) -> Self:
        """All for editors, those about the own association for delegates, none for others; nobody's about oneself."""
        if not is_member(user):
            return self.none()
        others = self.exclude(person=user)
        if user.is_editor:
            return others
        return others.filter(association=user.association_id) if user.is_delegate else self.none()

    def open(self) -> Self:
        """Those that nobody handled yet; somebody whose account is closed needs no answer any more."""
        return self.filter(outcome=ReportOutcome.OPEN).exclude(person__is_active=False)

    def handled(self) -> Self:
        """Those that are done with, the last one first."""
        return self.exclude(outcome=ReportOutcome.OPEN).order_by("-handled_at")

    def expired(self) -> Self:
        """Those that were handled so long ago that their words are deleted."""
        return self.filter(handled_at__lt=timezone.now() - KEPT_FOR)

    def suggestions(self) -> Self:
        """Gaps that somebody would fill. That a gap is reported is no secret among members; the words are."""
        return self.filter(person__isnull=True)

    def for_lists(self) -> Self:
        """With what a list shows."""
        return self.select_related("association", "job_function", "person", "reported_by", "handled_by")


class DirectoryReport(models.Model):
    """A gap in the directory that an association could fill, or somebody in it who left; each once until handled."""

    wagtail_reference_index_ignore = True  # the CMS shows nowhere where it is used

    association = models.ForeignKey(
        "members.Association", models.CASCADE, null=True, related_name="+", verbose_name=_("association")
    )
    job_function = models.ForeignKey(
        "members.JobFunction", models.CASCADE, null=True, related_name="+", verbose_name=_("job function")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+", verbose_name=_("who left")
    )
    message = models.TextField(_("message"), max_length=500, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("reported by")
    )
    created_at = models.DateTimeField(_("reported at"), default=timezone.now)
    outcome = models.CharField(_("outcome"), max_length=12, choices=ReportOutcome.choices, default=ReportOutcome.OPEN)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("handled by")
    )
    handled_at = models.DateTimeField(_("handled at"), null=True, blank=True)

    objects = DirectoryReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report about the directory")
        verbose_name_plural = _("reports about the directory")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=True, job_function__isnull=False, association__isnull=False)
                | models.Q(person__isnull=False, job_function__isnull=True),
                name="report_is_a_gap_or_a_departure",
            ),
            models.UniqueConstraint(
                fields=["association", "job_function"],
                condition=models.Q(outcome=ReportOutcome.OPEN, person__isnull=True),
                name="one_open_suggestion_per_gap",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(outcome=ReportOutcome.OPEN),
                name="one_open_departure_per_person",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome=ReportOutcome.OPEN, handled_at__isnull=True)
                | (~models.Q(outcome=ReportOutcome.OPEN) & models.Q(handled_at__isnull=False)),
                name="handled_report_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person or f"{self.job_function} – {self.association}")

    @property
    def is_open(self) -> bool:
        """Tell whether it waits for somebody."""
        return self.outcome == ReportOutcome.OPEN
