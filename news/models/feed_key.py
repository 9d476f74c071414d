"""The private part of the addresses under which somebody's calendar and feeds can be read without signing in."""

import secrets
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def new_token() -> str:
    """An address that cannot be guessed."""
    return secrets.token_urlsafe(32)


class FeedKeyQuerySet(models.QuerySet["FeedKey"]):
    """Keys by whose they are and whether they still open something."""

    def visible_to(self, user: Any) -> Self:
        """One's own."""
        return self.filter(owner=user) if user.is_authenticated else self.none()

    def working(self) -> Self:
        """Those of accounts that work; leaving ends them at once."""
        return self.filter(owner__is_active=True)


class FeedKey(models.Model):
    """One per person, made and taken away by its owner; opens the owner's groups and open ones, whatever the role."""

    wagtail_reference_index_ignore = True  # the CMS shows nowhere where it is used

    owner = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="feed_key")
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    created_at = models.DateTimeField(_("created at"), default=timezone.now)

    objects = FeedKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("private address")
        verbose_name_plural = _("private addresses")

    def __str__(self) -> str:
        return str(self.owner)  # never the token: it would stand in logs

    def get_absolute_url(self) -> str:
        """The owner's own calendar."""
        return reverse("news:own_calendar", args=[self.token])

    def is_visible_to(self, user: Any) -> bool:
        """Tell whether it is the user's own."""
        return self.owner_id == user.pk
