"""Where a public fact comes from and when somebody verified it."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class VerifiedQuerySet(models.QuerySet):
    """Facts by whether they may be published."""

    def published(self) -> Self:
        """Facts that somebody verified; the others wait, hidden."""
        return self.filter(verified_on__isnull=False)


class Provenance(models.Model):
    """The source of a fact; without a verification date the fact is not shown to the public."""

    source_url = models.URLField(_("source"), max_length=500, blank=True)
    source_date = models.CharField(
        _("date of the source"), max_length=10, blank=True, help_text=_("For example 2025 or 2025-09.")
    )
    verified_on = models.DateField(
        _("verified on"), null=True, blank=True, help_text=_("Empty: not verified, and not shown to the public.")
    )

    class Meta:
        abstract = True
