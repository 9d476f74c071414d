"""Reusable pieces of the search."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from laces.components import Component

from home.languages import current_language
from library.enums import TextState
from library.models import Tool
from library.search.passages import Passage, Piece


@dataclass(frozen=True)
class Result:
    """A tool that was found, with what was searched for marked in it."""

    tool: Tool
    title: Sequence[Piece]
    summary: Sequence[Piece]
    passage: Passage | None = None

    @property
    def has_no_text(self) -> bool:
        """Tell whether search knows nothing of what the file says."""
        version = self.tool.current_version
        return bool(version and version.stored_file.text_state in (TextState.EMPTY, TextState.UNREADABLE))

    @property
    def passage_address(self) -> str:
        """The newest file, at the page of the passage where the format has pages."""
        page = f"#page={self.passage.page}" if self.passage and self.has_pages else ""
        return reverse("library:file", args=[self.tool.slug]) + page

    @property
    def has_pages(self) -> bool:
        """Tell whether the number of the page means something to people."""
        version = self.tool.current_version
        return bool(version and version.format == "PDF")


@dataclass(frozen=True)
class ResultList(Component):
    """Tools that were found, best first, each with where it is written."""

    results: Sequence[Result]

    template_name = "components/result_list.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template shows."""
        return {"results": self.results, "language": current_language()}
