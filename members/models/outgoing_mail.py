"""Letters on their way: each is written together with what it speaks of, and kept until the mail server has it."""

import uuid
from collections.abc import Collection
from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from home.access import is_member
from members.enums import MailState

STUCK = (MailState.UNCERTAIN, MailState.FAILED)
KEPT_FOR = timedelta(days=14)  # what could not be sent; what was sent leaves nothing behind
SIGN_OF_LIFE_AFTER = timedelta(minutes=1)  # from the beginning until the row is locked, which takes milliseconds


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    """Letters by what became of them."""

    def visible_to(self, user: Any) -> Self:
        """All for administrators: letters hold private links."""
        return self if is_member(user) and user.is_superuser else self.none()

    def about(self, *subjects: str) -> Self:
        """Those about one of these things."""
        return self.filter(about__overlap=list(subjects))

    def waiting(self) -> Self:
        """Those whose sending did not begin."""
        return self.filter(state=MailState.WAITING)

    def due(self) -> Self:
        """Those to send now; letters to many let those pass that somebody waits for."""
        now = timezone.now()
        waiting = self.waiting().filter(next_try_at__lte=now).exclude(not_after__lte=now)
        return waiting.order_by("is_bulk", "next_try_at", "pk")

    def outdated(self) -> Self:
        """Those whose time is over before anybody had them: nobody is to send them again either."""
        return self.unsent().filter(not_after__lte=timezone.now())

    def abandoned(self) -> Self:
        """Those whose sending began and that no living process holds any more, locked for the caller."""
        begun = self.filter(state=MailState.SENDING, began_at__lt=timezone.now() - SIGN_OF_LIFE_AFTER)
        return begun.select_for_update(skip_locked=True)

    def failed(self) -> Self:
        """Those that were refused or given up: certainly nobody has them."""
        return self.filter(state=MailState.FAILED)

    def stuck(self) -> Self:
        """Those that are not sent any more by themselves."""
        return self.filter(state__in=STUCK)

    def unheard(self) -> Self:
        """Those that certainly nobody has, and that no process is sending."""
        return self.filter(state__in=(MailState.WAITING, MailState.FAILED))

    def undelivered(self, subjects: Collection[str]) -> set[str]:
        """The subjects among these of which a letter was refused or given up."""
        found = self.failed().about(*subjects).values_list("about", flat=True)
        return {subject for about in found for subject in about}.intersection(subjects)

    def unsent(self) -> Self:
        """Those that nobody has, and that can be left out; nobody can stop the one that is being sent."""
        return self.exclude(state=MailState.SENDING)

    def expired(self) -> Self:
        """Those that nobody sent again in time."""
        return self.stuck().filter(written_at__lt=timezone.now() - KEPT_FOR)


class OutgoingMail(models.Model):
    """One letter of plain text to one address; its row goes in the transaction that learns that it was sent."""

    wagtail_reference_index_ignore = True  # the CMS shows nowhere where it is used

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # its Message-ID, the same on every try
    recipient = models.EmailField(pgettext_lazy("letter", "to"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person"),
    )  # whose account it is, where there is one: it goes nowhere once that is closed
    about = ArrayField(models.CharField(max_length=60), default=list, blank=True)  # by which it can be taken back
    subject = models.TextField(_("subject"))
    body = models.TextField(_("text"))
    headers = models.JSONField(default=dict, blank=True)
    is_bulk = models.BooleanField(_("letter to many"), default=False)
    # that something was done with an account: it stays with the address that the account had
    is_notice = models.BooleanField(_("notice to one address"), default=False, db_default=False)
    state = models.CharField(_("state"), max_length=9, choices=MailState.choices, default=MailState.WAITING)
    written_at = models.DateTimeField(_("written at"), default=timezone.now)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_try_at = models.DateTimeField(_("next try at"), default=timezone.now)
    not_after = models.DateTimeField(_("of no use after"), null=True, blank=True)
    began_at = models.DateTimeField(_("sending began at"), null=True, blank=True)
    problem = models.TextField(_("what went wrong"), blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter not sent")
        verbose_name_plural = _("letters not sent")
        ordering = ["-written_at", "-pk"]
        indexes = [
            models.Index(
                fields=["is_bulk", "next_try_at", "id"],
                condition=models.Q(state=MailState.WAITING),
                name="letters_that_wait",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state=MailState.SENDING) | models.Q(began_at__isnull=False),
                name="letter_being_sent_has_begun",
            )
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"  # never the address or the subject: it would stand in logs

    def is_visible_to(self, user: Any) -> bool:
        """Tell whether this is an administrator; agrees with the queryset."""
        return is_member(user) and bool(user.is_superuser)

    @property
    def is_stuck(self) -> bool:
        """Tell whether it is not sent any more by itself; agrees with the queryset."""
        return self.state in STUCK
