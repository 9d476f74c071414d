"""Reusable pieces that show tools."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
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
    is_public: bool = False

    template_name = "components/related_tools.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template shows: each relation with its tools, empty ones left out."""
        tool = self.tool
        return {
            "is_public": self.is_public,
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


@dataclass(frozen=True)
class PagePictures(Component):
    """The first pages of a version as pictures."""

    version: ToolVersion

    template_name = "components/page_pictures.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template shows."""
        return {"version": self.version, "numbers": range(1, self.version.stored_file.preview_count + 1)}


@dataclass(frozen=True)
class VersionList(Component):
    """The versions of a tool, newest first; each can be compared with the one before."""

    tool: Tool
    versions: Sequence[ToolVersion]

    template_name = "components/version_list.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template shows: each version with the one before it, the first one with None."""
        return {"tool": self.tool, "versions": list(pairwise([*self.versions, None]))}
