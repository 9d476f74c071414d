"""Reusable pieces that show tools."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from laces.components import Component

from library.models import Tool, ToolVersion


@dataclass(frozen=True)
class ToolList(Component):
    """Tools, one after the other: title, what it is for, from whom, in which language and format."""

    tools: Sequence[Tool]
    level: int = 3

    template_name = "components/tool_list.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template shows."""
        return {"tools": self.tools, "level": self.level}


@dataclass(frozen=True)
class RelatedTools(Component):
    """Tools that come from this one or from which it comes; only those that the reader may see."""

    tool: Tool
    visible: Sequence[Tool]

    template_name = "components/related_tools.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template shows: each relation with its tools, empty ones left out."""
        tool = self.tool
        return {
            "sources": [other for other in self.visible if other.pk == tool.derived_from_id],
            "adaptations": [other for other in self.visible if other.derived_from_id == tool.pk],
            "translations": [other for other in self.visible if self._is_translation(other)],
        }

    def _is_translation(self, other: Tool) -> bool:
        return other.pk == self.tool.translation_of_id or other.translation_of_id == self.tool.pk


@dataclass(frozen=True)
class DownloadButton(Component):
    """The newest version of a tool, ready to take, with its format, size and date."""

    version: ToolVersion

    template_name = "components/download_button.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template shows."""
        return {"version": self.version}
