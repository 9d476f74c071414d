"""Choices with their labels."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Joining(models.TextChoices):
    """How one becomes a member of a working group."""

    OPEN = "open", _("whoever wants to joins at once")
    ON_REQUEST = "on_request", _("one asks, a coordinator answers")
    BY_INVITATION = "by_invitation", _("a coordinator invites")
