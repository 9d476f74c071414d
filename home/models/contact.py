"""What people write to the alliance."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ContactMessageQuerySet(models.QuerySet["ContactMessage"]):
    """Messages by age."""

    def expired(self) -> "ContactMessageQuerySet":
        """Messages older than the privacy page promises to keep them."""
        return self.filter(sent_at__lt=timezone.now() - ContactMessage.KEPT_FOR)


class ContactMessage(models.Model):
    """A message from the contact form, kept for twelve months."""

    KEPT_FOR = timedelta(days=365)

    name = models.CharField(_("your name"), max_length=120)
    email = models.EmailField(_("your e-mail address"))
    subject = models.CharField(_("subject"), max_length=160)
    message = models.TextField(_("your message"), max_length=5000)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    sent_at = models.DateTimeField(_("sent at"), default=timezone.now)
    is_handled = models.BooleanField(_("handled"), default=False)

    objects = ContactMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message received")
        verbose_name_plural = _("messages received")
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return f"{self.name} – {self.subject}"
