"""The minutes on the page of a meeting."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from laces.components import Component

from library.components import ToolList
from library.models import Tool
from news.models import Meeting


@dataclass(frozen=True)
class Minutes(Component):
    """The tools that are a meeting's minutes, and the way to choose them for who coordinates the group."""

    meeting: Meeting
    tools: Sequence[Tool]
    coordinates: bool

    template_name = "components/minutes.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template shows."""
        return {"meeting": self.meeting, "list": ToolList(self.tools), "coordinates": self.coordinates}


def minutes_of(meeting: Meeting, user: Any, coordinates: bool) -> Component | None:
    """What the person may see of the minutes; nothing before the meeting began."""
    if not meeting.has_started:
        return None
    tools = list(Tool.objects.visible_to(user).filter(minutes_of=meeting).newest_first().for_lists())
    return Minutes(meeting, tools, coordinates)
