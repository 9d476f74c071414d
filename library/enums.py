"""Choices with their labels."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SharingLevel(models.TextChoices):
    """Who sees a tool, chosen by the association that owns it."""

    ASSOCIATION = "association", _("my association")
    GROUP = "group", _("a working group")
    ALLIANCE = "alliance", _("the whole alliance")


class Licence(models.TextChoices):
    """What others may do with a tool."""

    CC_BY_SA = "cc-by-sa", _("CC BY-SA 4.0: adapt and share alike, naming the author")
    CC_BY = "cc-by", _("CC BY 4.0: adapt and share, naming the author")
    ALLIANCE = "alliance", _("Use inside the alliance only")
