"""The files of a tool, oldest kept."""

import hashlib
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey


def private_storage() -> Any:
    """Where files lie that only the download view may give."""
    return storages["private"]


def version_path(version: "ToolVersion", name: str) -> str:
    """A place per tool and version; the reader never sees it."""
    return f"library/{version.tool_id}/{version.number}{PurePath(name).suffix.lower()}"


class ToolVersion(models.Model):
    """One file of a tool, with what changed in it."""

    tool = ParentalKey("library.Tool", on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("number"))
    file = models.FileField(_("file"), storage=private_storage, upload_to=version_path)
    file_name = models.CharField(_("file name"), max_length=160, editable=False)
    size = models.PositiveIntegerField(_("size in bytes"), editable=False)
    checksum = models.CharField(_("SHA-256 of the file"), max_length=64, editable=False)
    note = models.CharField(_("what changed"), max_length=200, blank=True)
    added_on = models.DateField(_("added on"), default=timezone.localdate)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("added by")
    )

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
        return PurePath(self.file_name).suffix.removeprefix(".").upper()


def checksum(file: Any) -> str:
    """The SHA-256 of an open file, in hexadecimal; the file is rewound."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
