"""What the dashboard shows; the apps above this one add their own sections, so that imports keep pointing home."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from laces.components import Component

from home.trail import Step
from members.permissions import can_invite_somebody, can_use_cms

Section = Callable[[Any], Component | None]
_sections: list[tuple[int, Section]] = []


def add_section(section: Section, *, order: int) -> None:
    """Show a section on every dashboard; called once for each when the apps are ready."""
    _sections.append((order, section))
    _sections.sort(key=lambda entry: entry[0])


def sections_for(user: Any) -> list[Component]:
    """The sections of this person's dashboard, in order; some are only for those whom they concern."""
    shown = [section(user) for _order, section in _sections]
    return [section for section in shown if section]


@dataclass(frozen=True)
class DashboardSection(Component):
    """One part of the dashboard: a heading, what is new, and the way to the rest."""

    title: str
    body: Component
    is_empty: bool
    nothing: str
    more: Step

    template_name = "components/dashboard_section.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template shows."""
        return {"section": self}


@dataclass(frozen=True)
class Shortcuts(Component):
    """What the person's role allows beyond reading, as links."""

    user: Any

    template_name = "components/shortcuts.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template shows."""
        return {"role": self.user.role.label, "links": list(self._links())}

    def _links(self) -> list[Step]:
        links = [Step(_("My profile"), reverse("members:profile"))]
        if can_invite_somebody(self.user):
            links.append(Step(_("Invite a colleague"), reverse("members:invitations")))
            links.append(Step(_("Accounts"), reverse("members:accounts")))
        if can_use_cms(self.user):
            links.append(Step(_("Write and publish"), reverse("wagtailadmin_home")))
        return links


add_section(Shortcuts, order=90)
