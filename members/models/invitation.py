"""The only way to get an account."""

import secrets
from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

VALID_FOR = timedelta(days=14)


def new_token() -> str:
    """An address that cannot be guessed."""
    return secrets.token_urlsafe(32)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations by state and by who may see them."""

    def open(self) -> Self:
        """Invitations that can still be accepted."""
        return self.unanswered().filter(sent_at__gt=timezone.now() - VALID_FOR)

    def unanswered(self) -> Self:
        """Invitations that can still be accepted, and those that were not in time; neither were withdrawn."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True)

    def expired(self) -> Self:
        """Invitations that were never answered in time."""
        return self.unanswered().filter(sent_at__lte=timezone.now() - VALID_FOR)

    def visible_to(self, user: Any) -> Self:
        """Editors see all, delegates those of their association, others none."""
        if not user.is_authenticated:
            return self.none()
        if user.is_editor:
            return self
        return self.filter(association=user.association) if user.is_delegate else self.none()


class Invitation(models.Model):
    """A delegate's or an editor's invitation to a colleague, valid for fourteen days."""

    email = models.EmailField(_("e-mail address"))
    association = models.ForeignKey("members.Association", models.CASCADE, verbose_name=_("association"))
    language = models.CharField(_("language of the letter"), max_length=2, choices=settings.LANGUAGES)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="invitations_sent")
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    sent_at = models.DateTimeField(_("sent at"), default=timezone.now)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    is_undelivered = False  # whether its letter failed: the page that shows it asks

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-sent_at"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=models.Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="one_open_invitation_per_address",
            )
        ]

    def __str__(self) -> str:
        return self.email

    def get_absolute_url(self) -> str:
        """Where the colleague accepts, in the language of the letter."""
        with override(self.language):
            return reverse("members:accept_invitation", args=[self.token])

    @property
    def is_open(self) -> bool:
        """Tell whether it can still be accepted."""
        return not self.accepted_at and not self.revoked_at and self.sent_at > timezone.now() - VALID_FOR
