"""Somebody asks to join a working group, or is invited into it; the other side answers."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MembershipProposalQuerySet(models.QuerySet["MembershipProposal"]):
    """Proposals by state and by whose answer they wait for."""

    def open(self) -> Self:
        """Those that wait for an answer, of people whose account works."""
        return self.filter(answered_at__isnull=True, person__is_active=True)

    def requests(self) -> Self:
        """Those that the person made."""
        return self.filter(proposed_by=models.F("person"))

    def invitations(self) -> Self:
        """Those that a coordinator or an editor made."""
        return self.exclude(proposed_by=models.F("person"))

    def visible_to(self, user: Any) -> Self:
        """One's own, and those of the groups that one coordinates."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        if user.is_editor:
            return self
        return self.filter(models.Q(person=user) | models.Q(group__in=user.coordinated_groups.values("pk")))


class MembershipProposal(models.Model):
    """A request where the person proposed it, else an invitation; at most one is open for a person and a group."""

    wagtail_reference_index_ignore = True  # the CMS shows nowhere where it is used

    group = models.ForeignKey(
        "news.WorkingGroup", models.CASCADE, related_name="proposals", verbose_name=_("working group")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="group_proposals", verbose_name=_("person")
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("proposed by")
    )
    message = models.CharField(_("a word with it"), max_length=300, blank=True)
    proposed_at = models.DateTimeField(_("proposed at"), default=timezone.now)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    is_accepted = models.BooleanField(_("accepted"), null=True, blank=True)  # None: no answer, or withdrawn

    objects = MembershipProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("request or invitation to a working group")
        verbose_name_plural = _("requests and invitations to working groups")
        ordering = ["proposed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person"],
                condition=models.Q(answered_at__isnull=True),
                name="one_open_proposal_per_person_and_group",
            ),
            models.CheckConstraint(
                condition=models.Q(is_accepted__isnull=True) | models.Q(answered_at__isnull=False),
                name="accepted_proposal_is_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} → {self.group}"

    def is_visible_to(self, user: Any) -> bool:
        """Tell whether it is the user's own, or of a group that the user coordinates."""
        return MembershipProposal.objects.visible_to(user).filter(pk=self.pk).exists()

    @property
    def is_request(self) -> bool:
        """Tell a request from an invitation."""
        return self.proposed_by_id == self.person_id
