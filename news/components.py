"""Reusable pieces that show news."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from laces.components import Component

from home.languages import current_language
from news.models import GroupNewsPage, Meeting, NewsPage


@dataclass(frozen=True)
class NewsList(Component):
    """Public articles, newest first, each marked with its language where it is not the reader's."""

    articles: Sequence[NewsPage]
    level: int = 3
    columns: bool = False

    template_name = "components/news_list.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template shows."""
        return {
            "articles": self.articles,
            "level": self.level,
            "columns": self.columns,
            "language": current_language(),
        }


@dataclass(frozen=True)
class GroupNewsList(Component):
    """Articles of working groups, newest first, each marked with its language where it is not the reader's."""

    articles: Sequence[GroupNewsPage]
    level: int = 3
    with_group: bool = True

    template_name = "components/group_news_list.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template shows."""
        return {
            "articles": self.articles,
            "level": self.level,
            "with_group": self.with_group,
            "language": current_language(),
        }


@dataclass(frozen=True)
class MeetingList(Component):
    """Meetings of working groups: when, where, what about."""

    meetings: Sequence[Meeting]
    level: int = 3
    with_group: bool = True

    template_name = "components/meeting_list.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template shows."""
        return {"meetings": self.meetings, "level": self.level, "with_group": self.with_group}
