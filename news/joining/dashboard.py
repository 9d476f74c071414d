"""What waits for somebody's answer, on the dashboard of whom it concerns."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from laces.components import Component

from home.trail import Step
from members.dashboard import DashboardSection
from news.models import MembershipProposal, WorkingGroup


@dataclass(frozen=True)
class WaitingProposals(Component):
    """Invitations into groups, and how many people ask to join the groups that one coordinates."""

    proposals: Sequence[MembershipProposal]

    template_name = "components/waiting_proposals.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template shows: each invitation, and each group with a number."""
        return {
            "invitations": [one for one in self.proposals if not one.is_request],
            "groups": list(self._asked().items()),
        }

    def _asked(self) -> dict[WorkingGroup, int]:
        return Counter(one.group for one in self.proposals if one.is_request)


def waiting_proposals(user: Any) -> Component | None:
    """A section for those whose answer somebody waits for; one query."""
    waiting = list(MembershipProposal.objects.waiting_for(user).select_related("group", "person", "proposed_by"))
    if not waiting:
        return None
    return DashboardSection(
        title=_("Waiting for your answer"),
        body=WaitingProposals(waiting),
        is_empty=False,
        nothing="",
        more=Step(_("All working groups"), reverse("news:groups")),
    )
