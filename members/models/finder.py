"""What the finder keeps besides the needs: meanings already worked out, what is not for us, what found nothing."""

from datetime import timedelta
from typing import Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UnrelatedPhrase(models.Model):
    """What people also type, and for which the alliance has nothing; keeps the finder from a false match."""

    text = models.CharField(_("words"), max_length=120, unique=True)

    class Meta:
        verbose_name = _("phrase that is not for us")
        verbose_name_plural = _("phrases that are not for us")
        ordering = ["text"]

    def __str__(self) -> str:
        return self.text


class UnansweredQueryQuerySet(models.QuerySet["UnansweredQuery"]):
    """Queries by age."""

    def kept(self) -> Self:
        """Those that may still be read."""
        return self.filter(last_asked_on__gt=timezone.localdate() - UnansweredQuery.KEPT_FOR)

    def expired(self) -> Self:
        """Those to delete."""
        return self.filter(last_asked_on__lte=timezone.localdate() - UnansweredQuery.KEPT_FOR)


class UnansweredQuery(models.Model):
    """Words that found nothing, without who typed them; ``members.finder.unanswered`` says which words are kept."""

    KEPT_FOR = timedelta(days=90)
    MOST_KEPT = 2000  # nobody fills the database by typing nonsense

    words = models.CharField(_("words"), max_length=200)
    language = models.CharField(_("language of the page"), max_length=2, choices=settings.LANGUAGES)
    times = models.PositiveIntegerField(_("times"), default=1)
    last_asked_on = models.DateField(_("last asked on"), default=timezone.localdate)

    objects = UnansweredQueryQuerySet.as_manager()

    class Meta:
        verbose_name = _("search that found nothing")
        verbose_name_plural = _("searches that found nothing")
        ordering = ["-times", "-last_asked_on"]
        constraints = [models.UniqueConstraint(fields=["words", "language"], name="unanswered_query_once")]

    def __str__(self) -> str:
        return self.words


class PhraseVector(models.Model):
    """The meaning of a phrase, worked out once for every process; safe to empty."""

    key = models.CharField(primary_key=True, max_length=64)
    vector = models.BinaryField()

    class Meta:
        verbose_name = _("meaning of a phrase")
        verbose_name_plural = _("meanings of phrases")

    def __str__(self) -> str:
        return self.key


class FinderVersion(models.Model):
    """One row that the database itself changes with every change of a phrase, so that every process notices."""

    value = models.UUIDField(default=uuid4)

    class Meta:
        verbose_name = _("version of the finder")
        verbose_name_plural = _("versions of the finder")

    def __str__(self) -> str:
        return str(self.value)
