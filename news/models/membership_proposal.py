"""Somebody asks to join a working group, or is invited into it; the other side answers."""

from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models import User
from members.models.user import EDITORS_GROUP
from news.models.working_group import WorkingGroup

LONGEST = 300  # characters
KEPT_FOR = timedelta(days=90)  # after the answer, as the privacy page says
LATELY = timedelta(days=30)
TWO_CLICKS = timedelta(seconds=30)
A_DAY = timedelta(days=1)
MOST_A_DAY = 3  # of one person and one group, made and taken back; each is a letter
WAITS_AT_MOST = timedelta(days=365)


class MembershipProposalQuerySet(models.QuerySet["MembershipProposal"]):
    """Proposals by state and by whose answer they wait for."""

    def open(self) -> Self:
        """Those that wait for an answer: of people whose account works, and by people who may still invite.

        A group that closed is not there any more for those who asked to join it.
        """
        leads = WorkingGroup.coordinators.through.objects.filter(
            workinggroup=OuterRef("group"), user=OuterRef("proposed_by")
        )
        editors = User.objects.active().filter(Q(is_superuser=True) | Q(groups__name=EDITORS_GROUP))
        may_invite = Q(proposed_by__is_active=True) & (Exists(leads) | Q(proposed_by__in=editors.values("pk")))
        waiting = self.filter(answered_at__isnull=True, person__is_active=True)
        return waiting.filter(Q(proposed_by=F("person"), group__is_open=True) | may_invite)

    def declined_lately(self) -> Self:
        """Those to which the other side said no in the last weeks."""
        return self.filter(is_accepted=False, answered_at__gt=timezone.now() - LATELY)

    def of_today(self) -> Self:
        """Those that were made within a day."""
        return self.filter(proposed_at__gt=timezone.now() - A_DAY)

    def answered_long_ago(self) -> Self:
        """Those that nobody asks about any more."""
        return self.filter(answered_at__lt=timezone.now() - KEPT_FOR)

    def waited_too_long(self) -> Self:
        """Those that nobody answered for very long."""
        return self.filter(proposed_at__lt=timezone.now() - WAITS_AT_MOST)

    def requests(self) -> Self:
        """Those that the person made."""
        return self.filter(proposed_by=F("person"))

    def invitations(self) -> Self:
        """Those that a coordinator or an editor made."""
        return self.exclude(proposed_by=F("person"))

    def waiting_for(self, user: Any) -> Self:
        """Those that this person is to answer: their invitations, and requests to the groups that they coordinate.

        Requests to a group without a coordinator wait for the editors, who get the letter.
        """
        own = Q(person=user) & ~Q(proposed_by=user)
        mine = Q(group__in=user.coordinated_groups.values("pk"))
        if user.is_editor:
            mine |= ~Q(group__in=WorkingGroup.objects.filter(coordinators__is_active=True).values("pk"))
        return self.open().filter(own | (mine & Q(proposed_by=F("person"))))

    def visible_to(self, user: Any) -> Self:
        """One's own, and those of the groups that one coordinates."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        if user.is_editor:
            return self
        return self.filter(Q(person=user) | Q(group__in=user.coordinated_groups.values("pk")))


class MembershipProposal(models.Model):
    """A request where the person proposed it, else an invitation; at most one is open for a person and a group."""

    wagtail_reference_index_ignore = True  # the CMS shows nowhere where it is used

    group = models.ForeignKey(WorkingGroup, models.CASCADE, related_name="proposals", verbose_name=_("working group"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="group_proposals", verbose_name=_("person")
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("proposed by")
    )
    # an address that was typed, or a name that was found
    invited_as = models.CharField(_("as whom"), max_length=320, blank=True, default="", db_default="")
    message = models.CharField(_("a word with it"), max_length=LONGEST, blank=True)
    proposed_at = models.DateTimeField(_("proposed at"), default=timezone.now)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    is_accepted = models.BooleanField(_("accepted"), null=True, blank=True)  # None: no answer, or withdrawn

    is_undelivered = False  # whether the letter of an invitation failed: the page that shows it asks

    objects = MembershipProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("request or invitation to a working group")
        verbose_name_plural = _("requests and invitations to working groups")
        ordering = ["proposed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person"],
                condition=Q(answered_at__isnull=True),
                name="one_open_proposal_per_person_and_group",
            ),
            models.CheckConstraint(
                condition=Q(is_accepted__isnull=True) | Q(answered_at__isnull=False),
                name="accepted_proposal_is_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} → {self.group}"

    def get_absolute_url(self) -> str:
        """Where the person who is invited answers."""
        return reverse("news:proposal", args=[self.pk])

    def is_visible_to(self, user: Any) -> bool:
        """Tell whether it is the user's own, or of a group that the user coordinates."""
        return MembershipProposal.objects.visible_to(user).filter(pk=self.pk).exists()

    @property
    def is_answered(self) -> bool:
        """Tell whether it waits no more."""
        return self.answered_at is not None

    @property
    def is_request(self) -> bool:
        """Tell a request from an invitation."""
        return self.proposed_by_id == self.person_id

    def is_repeated_by(self, user: Any) -> bool:
        """Tell whether this person made it just now, as whoever clicks twice did."""
        return self.proposed_by_id == user.pk and self.proposed_at > timezone.now() - TWO_CLICKS

    @property
    def quoted(self) -> str:
        """The word with it, marked in letters as what somebody said: nobody writes in the name of the site."""
        return "\n".join(f"> {line}".rstrip() for line in self.message.splitlines())

    @property
    def invited(self) -> str:
        """Whom the coordinators invited: as the directory names them, else as the coordinators knew them then."""
        if self.person.is_in_directory:
            return str(self.person)
        return self.invited_as or str(_("Somebody who is not in the directory"))
