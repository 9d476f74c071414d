"""The versions of a tool, oldest kept."""

from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from library.models.stored_file import AVAILABLE, StoredFile


class ToolVersionQuerySet(models.QuerySet["ToolVersion"]):
    """Versions by who may get them."""

    def available(self) -> Self:
        """Those whose file people may get."""
        return self.filter(stored_file__scan__in=AVAILABLE)

    def newest_first(self) -> Self:
        """With their files, the last one first."""
        return self.select_related("stored_file").order_by("-number")


class ToolVersion(models.Model):
    """One file of a tool, with what changed in it."""

    tool = ParentalKey("library.Tool", on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("number"))
    stored_file = models.ForeignKey(StoredFile, models.PROTECT, related_name="versions", verbose_name=_("file"))
    file_name = models.CharField(_("file name"), max_length=160, editable=False)
    note = models.CharField(_("what changed"), max_length=200, blank=True)
    added_on = models.DateField(_("added on"), default=timezone.localdate)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("added by")
    )

    objects = ToolVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["tool", "number"], name="one_version_per_number")]

    def __str__(self) -> str:
        return f"{self.tool} – {self.number}"

    def get_absolute_url(self) -> str:
        """Where the file can be taken by who may see the tool."""
        return reverse("library:download", args=[self.tool.slug, self.number])

    @property
    def format(self) -> str:
        """The file's kind as people call it: PDF, DOCX..."""
        return self.stored_file.format

    @property
    def size(self) -> int:
        """The size of the file in bytes."""
        return self.stored_file.size
