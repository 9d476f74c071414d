"""Pieces that show people of the directory."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from laces.components import Component

from home.trail import Step
from members.dashboard import DashboardSection
from members.models import DirectoryReport, User

SHOWN = 4


@dataclass(frozen=True)
class CounterpartList(Component):
    """People, one after the other: who they are, and the number to press."""

    people: Iterable[User]
    level: int = 3

    template_name = "components/counterpart_list.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template shows."""
        return {"people": self.people, "level": self.level}


@dataclass(frozen=True)
class ReportList(Component):
    """What colleagues told about the directory; the buttons need the page's own token."""

    reports: Iterable[DirectoryReport]

    template_name = "components/directory_report_list.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template shows."""
        return {"reports": self.reports, "csrf_token": parent_context.get("csrf_token", "") if parent_context else ""}


def own_counterparts(user: Any) -> Component:
    """Colleagues of other associations with the same job, to call at once."""
    others = User.objects.visible_to(user).listed().exclude(pk=user.pk)
    same = others.filter(job_function=user.job_function_id).exclude(association=user.association_id)
    people = list(same.for_directory().by_name()[:SHOWN]) if user.job_function_id else []
    return DashboardSection(
        title=_("Your counterparts"),
        body=CounterpartList(people),
        is_empty=not people,
        nothing=_("Nobody of another association is listed for your job yet.")
        if user.job_function_id
        else _("Say in your profile what your job is, and you see your counterparts here."),
        more=Step(_("All counterparts"), reverse("members:counterparts")),
    )


def reports_to_handle(user: Any) -> Component | None:
    """What colleagues told the delegate about the directory; nothing for others, and where nothing waits."""
    if not user.is_delegate:
        return None
    known = DirectoryReport.objects.visible_to(user).filter(association=user.association_id)
    waiting = list(known.open().for_lists()[:SHOWN])
    if not waiting:
        return None
    return DashboardSection(
        title=_("About your colleagues in the directory"),
        body=ReportList(waiting),
        is_empty=False,
        nothing="",
        more=Step(_("All reports about the directory"), reverse("members:directory_reports")),
    )
