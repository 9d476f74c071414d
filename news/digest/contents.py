"""What a digest may tell: new articles and meetings, as they read in one language."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from home.languages import OWN_NAMES
from news.models import GroupNewsPage, Meeting, WorkingGroup

TOLD_WITHIN = timedelta(days=14)  # two weeks: what a missed run left out comes with the next one


@dataclass(frozen=True)
class Item:
    """An article or a meeting, in words of one language."""

    key: UUID
    title: str
    lines: str  # what the letter says of it; written once for all its readers
    new_since: datetime
    owner_id: int | None = None


@dataclass(frozen=True)
class GroupNews:
    """A working group and what is new in it; ``is_mine`` is told for each reader."""

    pk: int
    name: str
    items: list[Item]
    is_mine: bool = False

    @property
    def line(self) -> str:
        """What stands below its name in plain text."""
        return "=" * len(self.name)


@dataclass
class News:
    """What is new for anybody: the pages of the new articles in every language, and the meetings to come."""

    since: datetime = field(default_factory=lambda: timezone.now() - TOLD_WITHIN)
    pages: list[GroupNewsPage] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)

    @classmethod
    def now(cls) -> "News":
        """Read it: articles first published lately, and meetings planned or changed lately."""
        news = cls()
        live = GroupNewsPage.objects.live()
        new = live.order_by().filter(first_published_at__gt=news.since).values("translation_key")
        news.pages = list(live.filter(translation_key__in=new).for_lists())
        planned = Meeting.objects.upcoming().filter(is_cancelled=False, changed_at__gt=news.since)
        news.meetings = list(planned.select_related("group"))
        return news

    @property
    def groups(self) -> dict[int, WorkingGroup]:
        """The groups in which something is new."""
        news: list[Any] = [*self.pages, *self.meetings]
        return {item.group_id: item.group for item in news}

    @property
    def keys(self) -> set[UUID]:
        """What readers may have seen of it."""
        return {page.translation_key for page in self.pages} | {meeting.key for meeting in self.meetings}

    def edition(self, language: str) -> list[GroupNews]:
        """By group, in the order of their names: articles, the newest first, then meetings, the next one first."""
        items: dict[int, list[Item]] = defaultdict(list)
        with override(language):
            for page in self._preferred(language):
                if page.first_published_at > self.since:
                    items[page.group_id].append(_article(page, language))
            for meeting in self.meetings:
                items[meeting.group_id].append(_meeting(meeting))
            groups = self.groups
            told = (GroupNews(pk, groups[pk].name, of_group) for pk, of_group in items.items())
            return sorted(told, key=attrgetter("name"))

    def _preferred(self, language: str) -> Iterator[Any]:
        """Each article once: in this language if there is one, else in its own."""
        chosen: dict[UUID, Any] = {}
        for page in self.pages:
            if page.translation_key not in chosen or page.locale.language_code == language:
                chosen[page.translation_key] = page
        yield from chosen.values()


def _article(page: Any, language: str) -> Item:
    own = page.locale.language_code
    words = {"page": page, "site": settings.WAGTAILADMIN_BASE_URL, "marked": "" if own == language else OWN_NAMES[own]}
    lines = render_to_string("emails/digest_article.txt", words).strip()
    return Item(page.translation_key, page.title, lines, page.first_published_at, page.owner_id)


def _meeting(meeting: Meeting) -> Item:
    words = {"meeting": meeting, "site": settings.WAGTAILADMIN_BASE_URL}
    lines = render_to_string("emails/digest_meeting.txt", words).strip()
    return Item(meeting.key, meeting.title, lines, meeting.changed_at)
