"""The library's models."""

from library.models.tool import Tool
from library.models.tool_version import ToolVersion
from library.models.vocabulary import Theme, ToolType

__all__ = ["Theme", "Tool", "ToolType", "ToolVersion"]
