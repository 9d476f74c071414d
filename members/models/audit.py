"""What was changed about people's rights, and what was taken out: written once, changed by nobody."""

from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.enums import AuditAction, Role

KEPT_FOR = timedelta(days=3 * 365)  # the database refuses to delete what is younger: migration 0004


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    """Entries by age and by who may read them."""

    def expired(self) -> Self:
        """Entries that were kept as long as the privacy page says."""
        return self.filter(at__lt=timezone.now() - KEPT_FOR)

    def visible_to(self, user: Any) -> Self:
        """Administrators read the log, nobody else."""
        return self if user.is_authenticated and user.is_active and user.is_superuser else self.none()


def loose_key(to: str, label: Any, related_name: str) -> Any:
    """A reference that outlives what it names: no row of the log changes when a person is erased."""
    return models.ForeignKey(
        to,
        models.DO_NOTHING,
        null=True,
        blank=True,
        db_constraint=False,
        related_name=related_name,
        verbose_name=label,
    )


class AuditEntry(models.Model):
    """Who did what about whom, and when; names stand with the person, so that erasing one leaves no name here."""

    wagtail_reference_index_ignore = True  # the CMS shows nowhere where it is used

    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    action = models.CharField(_("what"), max_length=12, choices=AuditAction.choices)
    by = loose_key(settings.AUTH_USER_MODEL, _("who"), "audit_by")
    person = loose_key(settings.AUTH_USER_MODEL, _("about whom"), "audit_about")
    invitation = loose_key("members.Invitation", _("invitation"), "+")
    association = loose_key("members.Association", _("association"), "+")
    detail = models.CharField(_("detail"), max_length=200, blank=True)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the audit log")
        verbose_name_plural = _("audit log")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.what}".strip()

    @property
    def what(self) -> str:
        """The right or the file that the action is about, roles in words of the active language."""
        role, colon, holder = self.detail.partition(": ")
        return f"{Role(role).label}{colon}{holder}" if role in Role.values else self.detail
