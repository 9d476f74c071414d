"""What the finder keeps besides the needs: meanings already worked out, what is not for us, what found nothing."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
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


class PassingQuerySet(models.QuerySet[Any]):
    """What is kept for a while only, and never more than so many rows."""

    def kept(self) -> Self:
        """Those that may still be read."""
        return self.filter(last_asked_on__gt=timezone.localdate() - Passing.KEPT_FOR)

    def expired(self) -> Self:
        """Those to delete."""
        return self.filter(last_asked_on__lte=timezone.localdate() - Passing.KEPT_FOR)

    def make_room(self, rows: int) -> None:
        """Delete what is too old, and of too many the rarest: nobody fills the database by typing nonsense."""
        surplus = self.order_by(*self.model._meta.ordering)[Passing.MOST_KEPT - rows :]
        self.filter(Q(pk__in=self.expired().values("pk")) | Q(pk__in=surplus.values("pk"))).delete()


class Passing(models.Model):
    """Something that people typed, with the day of the last time and no hour."""

    KEPT_FOR = timedelta(days=90)
    MOST_KEPT = 2000

    last_asked_on = models.DateField(_("last asked on"), default=timezone.localdate)

    class Meta:
        abstract = True


class UnansweredQueryQuerySet(PassingQuerySet):
    """Searches that found nothing."""

    def count_one(self, words: str, language: str) -> None:
        """Count these words once more; two processes that do so at the same time both count."""
        self.make_room(1)
        self.bulk_create([self.model(words=words, language=language, times=0)], ignore_conflicts=True)
        same = self.filter(words=words, language=language)
        same.update(times=models.F("times") + 1, last_asked_on=timezone.localdate())


class UnansweredQuery(Passing):
    """Words that found nothing, without who typed them; ``members.finder.unanswered`` says which words are kept."""

    # A number would tell which of two came first.
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    words = models.CharField(_("words"), max_length=400)
    language = models.CharField(_("language of the page"), max_length=2, choices=settings.LANGUAGES)
    times = models.PositiveIntegerField(_("times"), default=1)

    objects = UnansweredQueryQuerySet.as_manager()

    class Meta:
        verbose_name = _("search that found nothing")
        verbose_name_plural = _("searches that found nothing")
        ordering = ["-times", "-last_asked_on"]
        constraints = [models.UniqueConstraint(fields=["words", "language"], name="unanswered_query_once")]

    def __str__(self) -> str:
        return self.words


class UnknownWordQuerySet(PassingQuerySet):
    """Words that the finder does not know."""

    def count_day(self, keys: Iterable[str]) -> dict[str, int]:
        """Count today once for each word; returns on how many days each was typed."""
        today, keys = timezone.localdate(), sorted(keys)
        if not keys:
            return {}
        self.make_room(len(keys))
        self.bulk_create([self.model(key=key, last_asked_on=today) for key in keys], ignore_conflicts=True)
        typed = self.filter(pk__in=keys)
        typed.filter(last_asked_on__lt=today).update(days=models.F("days") + 1, last_asked_on=today)
        return dict(typed.values_list("pk", "days"))


class UnknownWord(Passing):
    """On how many days a word was typed that the finder does not know; the word itself cannot be read from it."""

    key = models.CharField(primary_key=True, max_length=64)
    days = models.PositiveSmallIntegerField(default=1)

    objects = UnknownWordQuerySet.as_manager()

    class Meta:
        verbose_name = _("word that the finder does not know")
        verbose_name_plural = _("words that the finder does not know")
        ordering = ["-days", "-last_asked_on"]

    def __str__(self) -> str:
        return self.key


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
