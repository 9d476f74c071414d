"""Searches that somebody wants to hear of again."""

from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    """Saved searches by whose they are."""

    def visible_to(self, user: Any) -> Self:
        """One's own."""
        return self.filter(owner=user) if user.is_authenticated else self.none()


class SavedSearch(models.Model):
    """A search with its filters, as they stand in the address; its owner is told what newly fits it."""

    wagtail_reference_index_ignore = True  # the CMS shows nowhere where it is used

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches")
    query = models.CharField(_("search"), max_length=600)  # a query string without the page, keys in order
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    told_at = models.DateTimeField(_("new matches told up to"), default=timezone.now)

    told = ArrayField(models.BigIntegerField(), default=list)  # tools that its owner knows of

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["-created_at"]
        constraints = [models.UniqueConstraint(fields=["owner", "query"], name="a_search_is_saved_once")]

    def __str__(self) -> str:
        return self.query

    def is_visible_to(self, user: Any) -> bool:
        """Tell whether this is the user's own; agrees with the queryset."""
        return self.owner_id == user.pk
