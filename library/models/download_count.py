"""How often tools are taken, by association and never by person."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models import Association


class DownloadCount(models.Model):
    """How often people of one association took a tool in one month."""

    wagtail_reference_index_ignore = True  # the CMS shows nowhere where it is used

    tool = models.ForeignKey("library.Tool", models.CASCADE, related_name="download_counts", verbose_name=_("tool"))
    association = models.ForeignKey(
        Association,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="download_counts",
        verbose_name=_("taken by"),
        help_text=_("Empty: by the public, or by somebody without an association."),
    )
    month = models.DateField(_("month"))  # its first day
    number = models.PositiveIntegerField(_("downloads"), default=0)

    class Meta:
        verbose_name = _("count of downloads")
        verbose_name_plural = _("counts of downloads")
        constraints = [
            models.UniqueConstraint(
                fields=["tool", "association", "month"], name="one_count_a_month", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.tool} – {self.month:%Y-%m}"
