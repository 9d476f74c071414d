"""The files that the library keeps, each once, and what was read in them."""

from pathlib import PurePath
from typing import Self
from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.private_files.storage import private_storage
from library.enums import ScanState, TextFault, TextState

AVAILABLE = (ScanState.CLEAN, ScanState.SKIPPED)
FOLDER, PREVIEWS = "library", "previews"


def stored_path(stored: "StoredFile", name: str) -> str:
    """A place that says nothing and that no other file ever had."""
    return f"{FOLDER}/{uuid4()}{PurePath(name).suffix.lower()}"


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    """Files by what may be done with them."""

    def available(self) -> Self:
        """Those that people may get: scanned and clean, or never to be scanned."""
        return self.filter(scan__in=AVAILABLE)

    def waiting(self) -> Self:
        """Those that wait for the scanner or for being read."""
        return self.filter(models.Q(scan=ScanState.WAITING) | models.Q(text_state=TextState.WAITING))

    def unused(self) -> Self:
        """Those that no version and no draft refers to."""
        return self.filter(versions=None, drafts=None)


class StoredFile(models.Model):
    """One content: however often it is handed in, it lies in the storage once, and is read once.

    Versions and drafts refer to it; ``manage.py forget`` removes it when none does any more.
    """

    wagtail_reference_index_ignore = True  # the CMS shows nowhere where it is used

    file = models.FileField(_("file"), storage=private_storage, upload_to=stored_path)
    checksum = models.CharField(_("SHA-256 of the file"), max_length=64, unique=True)
    size = models.PositiveIntegerField(_("size in bytes"))
    suffix = models.CharField(_("format"), max_length=5)  # with its dot; decided by the content
    has_macros = models.BooleanField(_("contains macros"), default=False)
    received_at = models.DateTimeField(_("received at"), default=timezone.now)

    scan = models.CharField(_("virus scan"), max_length=12, choices=ScanState.choices, default=ScanState.WAITING)
    virus = models.CharField(_("virus that was found"), max_length=200, blank=True)
    text_state = models.CharField(_("text"), max_length=12, choices=TextState.choices, default=TextState.WAITING)
    text_fault = models.CharField(_("why it could not be read"), max_length=200, blank=True)
    language = models.CharField(_("language of the text, as guessed"), max_length=2, blank=True)
    page_count = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    preview_count = models.PositiveSmallIntegerField(_("pictures of pages"), default=0)
    likeness = models.BigIntegerField(
        _("fingerprint of the text"), null=True, blank=True
    )  # 64 bits, alike for alike texts

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("stored file")
        verbose_name_plural = _("stored files")

    def __str__(self) -> str:
        return str(self.file.name)

    @property
    def is_available(self) -> bool:
        """Tell whether people may get the file."""
        return self.scan in AVAILABLE

    @property
    def fault(self) -> str:
        """Why no text, or not all of it, could be read, in plain words; empty when nothing is wrong."""
        return str(TextFault(self.text_fault).label) if self.text_fault else ""

    @property
    def format(self) -> str:
        """The file's kind as people call it: PDF, DOCX..."""
        return self.suffix.removeprefix(".").upper()

    def preview_path(self, page: int) -> str:
        """Where the picture of a page lies in the private storage."""
        return f"{PREVIEWS}/{PurePath(str(self.file.name)).stem}-{page}.webp"


class FilePage(models.Model):
    """The text of one page; files without pages have one."""

    wagtail_reference_index_ignore = True  # the CMS shows nowhere where it is used

    stored_file = models.ForeignKey(StoredFile, models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField(_("page"))
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("page of a file")
        verbose_name_plural = _("pages of files")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["stored_file", "number"], name="one_text_per_page")]

    def __str__(self) -> str:
        return f"{self.stored_file} – {self.number}"
