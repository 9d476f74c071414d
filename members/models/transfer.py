"""Somebody goes on to work for another association of the alliance."""

from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT_FOR = timedelta(days=90)  # after the answer, as the privacy page says


class TransferQuerySet(models.QuerySet["Transfer"]):
    """Transfers by state and by who may see them."""

    def open(self) -> Self:
        """Transfers that wait for an answer, of people whose account works."""
        return self.filter(answered_at__isnull=True, person__is_active=True)

    def expired(self) -> Self:
        """Transfers that were answered so long ago that nobody asks about them any more."""
        return self.filter(answered_at__lt=timezone.now() - KEPT_FOR)

    def visible_to(self, user: Any) -> Self:
        """Editors see all, delegates those to their association, others none."""
        if not user.is_authenticated:
            return self.none()
        if user.is_editor:
            return self
        return self.filter(to=user.association) if user.is_delegate else self.none()


class Transfer(models.Model):
    """A delegate's proposal that another association takes a colleague over; that association decides."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="transfers", verbose_name=_("person")
    )
    to = models.ForeignKey(
        "members.Association", models.CASCADE, related_name="transfers", verbose_name=_("new association")
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("proposed by")
    )
    proposed_at = models.DateTimeField(_("proposed at"), default=timezone.now)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    objects = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        ordering = ["proposed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(answered_at__isnull=True), name="one_open_transfer_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} → {self.to}"
