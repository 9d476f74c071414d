"""Choices with their labels."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SharingLevel(models.TextChoices):
    """Who sees a tool, chosen by the association that owns it; only an editor makes one public."""

    ASSOCIATION = "association", _("my association")
    GROUPS = "groups", _("working groups")
    ALLIANCE = "alliance", _("the whole alliance")
    PUBLIC = "public", _("everybody, also outside the alliance")


class Licence(models.TextChoices):
    """What others may do with a tool."""

    CC_BY_SA = "cc-by-sa", _("CC BY-SA 4.0: adapt and share alike, naming the author")
    CC_BY = "cc-by", _("CC BY 4.0: adapt and share, naming the author")
    ALLIANCE = "alliance", _("Use inside the alliance only")


class ScanState(models.TextChoices):
    """What the virus scanner said of a file; nobody gets one that waits or was refused."""

    WAITING = "waiting", _("waiting for the virus scanner")
    CLEAN = "clean", _("no virus found")
    INFECTED = "infected", _("a virus was found")
    SKIPPED = "skipped", _("not scanned: this site has no virus scanner")


class TextState(models.TextChoices):
    """Whether search knows what is written in a file."""

    WAITING = "waiting", _("waiting to be read")
    READ = "read", _("read")
    EMPTY = "empty", _("no text in it: a scan, or pictures")
    UNREADABLE = "unreadable", _("no text could be read, the file is kept")


class TextFault(models.TextChoices):
    """Why search knows nothing, or not everything, of what is written in a file."""

    DAMAGED = "damaged", _("it is damaged or incomplete")
    MISLABELLED = "mislabelled", _("it is not what its name says")
    ENCRYPTED = "encrypted", _("it is protected by a password")
    MACROS = "macros", _("it contains macros")
    HOSTILE = "hostile", _("it is built in a way that may do harm")
    BOMB = "bomb", _("unpacked, it is far too large")
    MEMORY = "memory", _("reading it needs too much memory")
    SLOW = "slow", _("reading it takes too long")
    FAILED = "failed", _("the program that reads files failed on it")
    LOST = "lost", _("it is missing from the storage")
    INFECTED = "infected", _("a virus was found in it")
    PAGES = "pages", _("it is so long that only its first pages were read")


class Answer(models.TextChoices):
    """What became of a request for a tool."""

    OPEN = "open", _("waiting for an answer")
    GIVEN = "given", _("answered with a tool")
    NONE = "none", _("they have none")
    CLOSED = "closed", pgettext_lazy("a request", "closed")
