"""The weekly letter about the working groups, and who wants which letters."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.models.seen import KEPT_FOR


class DigestQuerySet(models.QuerySet["Digest"]):
    """Notes of letters by age."""

    def expired(self) -> Self:
        """Those of weeks that are over for long: no run of the command concerns them."""
        return self.filter(week__lt=timezone.localdate() - KEPT_FOR)


class Digest(models.Model):
    """One letter to one person for one week; its row is written with the letter, so that there is never a second."""

    wagtail_reference_index_ignore = True  # the CMS shows nowhere where it is used

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="digests")
    week = models.DateField(_("week"))  # its Monday
    written_at = models.DateTimeField(_("written at"), default=timezone.now)

    objects = DigestQuerySet.as_manager()

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        constraints = [models.UniqueConstraint(fields=["person", "week"], name="one_digest_a_person_and_week")]

    def __str__(self) -> str:
        return f"{self.person}: {self.week}"


class LetterChoiceQuerySet(models.QuerySet["LetterChoice"]):
    """Choices by person."""

    def visible_to(self, user: Any) -> Self:
        """One's own."""
        return self.filter(person=user) if user.is_authenticated else self.none()


class LetterChoice(models.Model):
    """Which letters about the groups a person wants; who never chose gets them all."""

    wagtail_reference_index_ignore = True  # the CMS shows nowhere where it is used

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="letter_choice")
    gets_digest = models.BooleanField(_("the week of the working groups, once a week"), default=True)
    gets_comments = models.BooleanField(_("comments in the conversations that I take part in"), default=True)

    objects = LetterChoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("choice of letters")
        verbose_name_plural = _("choices of letters")

    def __str__(self) -> str:
        return str(self.person)

    def is_visible_to(self, user: Any) -> bool:
        """Tell whether this is the user's own."""
        return self.person_id == user.pk
