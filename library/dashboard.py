"""What the library adds to the dashboard."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from laces.components import Component

from home.trail import Step
from library.asking.components import RequestList
from library.components import ToolList
from library.models import Tool, ToolRequest
from members.dashboard import DashboardSection

SHOWN = 5


def requests_to_answer(user: Any) -> Component | None:
    """What the delegate's association is asked for; nothing for others, and where nobody asks."""
    if not user.is_delegate:
        return None
    requests = list(ToolRequest.objects.filter(association=user.association_id).open().for_lists(user)[:SHOWN])
    if not requests:
        return None
    return DashboardSection(
        title=_("Tools that colleagues ask you for"),
        body=RequestList(requests, user, is_closable=False),
        is_empty=False,
        nothing="",
        more=Step(_("All requests"), reverse("library:requests")),
    )


def newest_tools(user: Any) -> Component:
    """The tools that were added or changed last, among those that this person may see."""
    tools = list(Tool.objects.visible_to(user).newest_first().for_lists()[:SHOWN])
    return DashboardSection(
        title=_("New in the library"),
        body=ToolList(tools),
        is_empty=not tools,
        nothing=_("The library is still empty."),
        more=Step(_("The whole library"), reverse("library:tools")),
    )
