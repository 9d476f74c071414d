"""What each person saw of the working groups, in the site or in a digest."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.db import connections, models
from django.db.models import Q
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# An older article that somebody did not open did not interest them: a mark would only be noise.
UNREAD_FOR = timedelta(days=60)
KEPT_FOR = timedelta(days=90)  # longer than anything counts as new
READ_NOW = """
    INSERT INTO news_seen (person_id, key, read_at) VALUES (%s, %s, %s)
    ON CONFLICT (person_id, key) DO UPDATE SET read_at = EXCLUDED.read_at
"""


class SeenQuerySet(models.QuerySet["Seen"]):
    """Rows by person."""

    def visible_to(self, user: Any) -> Self:
        """One's own."""
        return self.filter(person=user) if user.is_authenticated else self.none()

    def read(self) -> Self:
        """What was opened, and not only told."""
        return self.filter(read_at__isnull=False)

    def expired(self, still_new: Iterable[UUID]) -> Self:
        """Rows that nobody needs any more; those of things that may still be told stay."""
        last = Greatest("read_at", "told_at")  # PostgreSQL leaves out what is not there
        old = self.annotate(last_at=last).filter(last_at__lt=timezone.now() - KEPT_FOR)
        return old.exclude(key__in=list(still_new))

    def note(self, rows: Iterable["Seen"], *fields: str) -> None:
        """Write rows in one statement, whether or not they are there, also while others write the same.

        Always in one order, so that two who write the same rows wait for each other and never both.
        """
        ordered = sorted(rows, key=lambda row: (row.person_id, row.key))
        self.bulk_create(ordered, update_conflicts=True, unique_fields=["person", "key"], update_fields=list(fields))

    def note_read(self, person: Any, key: UUID) -> None:
        """Note that a person reads one thing now; asks the database once, where ``note`` opens a transaction too."""
        with connections[self.db].cursor() as cursor:
            cursor.execute(READ_NOW, [person.pk, key, timezone.now()])


class Seen(models.Model):
    """One person and one thing: an article, by its translation key, or a meeting, by the identity in its calendar."""

    wagtail_reference_index_ignore = True  # the CMS shows nowhere where it is used

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="seen")
    key = models.UUIDField(_("what"), db_index=True)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    told_at = models.DateTimeField(_("told in a digest at"), null=True, blank=True)

    objects = SeenQuerySet.as_manager()

    class Meta:
        verbose_name = _("thing seen")
        verbose_name_plural = _("things seen")
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="seen_once_a_person_and_thing"),
            models.CheckConstraint(
                condition=Q(read_at__isnull=False) | Q(told_at__isnull=False), name="seen_was_read_or_told"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.key}"

    def is_visible_to(self, user: Any) -> bool:
        """Tell whether this is the user's own."""
        return self.person_id == user.pk


def is_unread_by(user: Any) -> Q:
    """The condition under which an article is new to somebody: published since they joined, by a colleague."""
    since = max(user.date_joined, timezone.now() - UNREAD_FOR)
    opened = Seen.objects.read().filter(person=user.pk, key=models.OuterRef("translation_key"))
    return Q(first_published_at__gt=since) & ~Q(owner=user.pk) & ~Q(models.Exists(opened))
