"""Pieces that show requests, and the ways through the library."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from laces.components import Component

from home.trail import Step
from library.models import ToolRequest
from members.permissions import can_answer, can_close, can_see_usage


@dataclass(frozen=True)
class RequestList(Component):
    """Requests with their answers, and what the reader may do with each."""

    requests: Sequence[ToolRequest]
    user: Any
    is_closable: bool = True  # the buttons need the page's own token

    template_name = "components/request_list.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template shows: each request, whether the reader may answer it, and close it."""
        token = parent_context.get("csrf_token", "") if parent_context else ""
        return {"rows": [self._row(request) for request in self.requests], "csrf_token": token}

    def _row(self, request: ToolRequest) -> tuple[ToolRequest, bool, bool]:
        may_answer = request.is_open and can_answer(self.user, request)
        return request, may_answer, request.is_open and self.is_closable and can_close(self.user, request)


@dataclass(frozen=True)
class LibraryBar(Component):
    """The ways through the library: the list, side by side, requests, one's selection, and usage for some."""

    user: Any
    path: str
    selected: int

    template_name = "components/library_bar.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template shows: each way, and whether the reader is there."""
        return {"ways": [(step, step.url == self.path) for step in self._steps()]}

    def _steps(self) -> list[Step]:
        steps = [
            Step(_("All tools"), reverse("library:tools")),
            Step(_("Share a tool"), reverse("library:upload")),
            Step(_("Side by side"), reverse("library:types")),
            Step(_("Requests"), reverse("library:requests")),
            Step(_("My selection (%(count)s)") % {"count": self.selected}, reverse("library:selection")),
        ]
        return [*steps, Step(_("Usage"), reverse("library:usage"))] if can_see_usage(self.user) else steps
