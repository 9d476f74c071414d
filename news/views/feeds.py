"""News as Atom feeds, one per language: the public news, and each group's for those who may read it."""

import uuid
from datetime import datetime, time
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from home.languages import current_language, preferred_translations
from news.models import GroupNewsPage, NewsIndexPage, NewsPage, WorkingGroup
from news.views.calendars import owner_of

FEED_SIZE = 20


class MarkedAtomFeed(Atom1Feed):
    """An Atom feed in which an entry in another language says so."""

    def item_attributes(self, item: dict[str, Any]) -> dict[str, Any]:
        """Mark the entry's language where it is not the feed's."""
        language = item["language"]
        return {} if language == self.feed["language"] else {"xml:lang": language}


class ArticleFeed(Feed):
    """What the feeds of articles have in common."""

    feed_type = MarkedAtomFeed

    def item_title(self, item: NewsPage | GroupNewsPage) -> str:
        """The article's title; the feed escapes it itself."""
        return item.title

    def item_description(self, item: NewsPage | GroupNewsPage) -> str:
        """The summary, as the HTML that feed readers take it for; the article itself is one step away."""
        return escape(item.summary)

    def item_link(self, item: NewsPage | GroupNewsPage) -> str:
        """Where to read it."""
        return item.url

    def item_guid(self, item: NewsPage | GroupNewsPage) -> str:
        """An identity that outlives a change of address."""
        return _identity(f"{item.translation_key}/{item.locale.language_code}")

    def item_pubdate(self, item: NewsPage | GroupNewsPage) -> datetime:
        """The day that the article bears."""
        return timezone.make_aware(datetime.combine(item.date, time.min))

    def item_updateddate(self, item: NewsPage | GroupNewsPage) -> datetime:
        """When it was last published."""
        return item.last_published_at or self.item_pubdate(item)

    def item_extra_kwargs(self, item: NewsPage | GroupNewsPage) -> dict[str, Any]:
        """Its language, for the mark."""
        return {"language": item.locale.language_code}


class NewsFeed(ArticleFeed):
    """The newest public articles, the same list as on the news page."""

    def title(self) -> str:
        """What a feed reader calls it."""
        return _("News of Alliance Otonom")

    def subtitle(self) -> str:
        """What it holds."""
        return _("What the associations of the alliance do together.")

    def link(self) -> str:
        """The page that the feed belongs to."""
        index = NewsIndexPage.objects.live().filter(locale__language_code=current_language()).first()
        return index.url if index else reverse("wagtail_serve", args=[""])

    def feed_guid(self) -> str:
        """An identity that outlives a change of address."""
        return _identity(f"feed/{current_language()}")

    def items(self) -> Any:
        """Each article once, in the reader's language if there is one."""
        return NewsPage.objects.listed().newest_first()[:FEED_SIZE]


class GroupFeed(ArticleFeed):
    """The newest articles of a group that is open or the owner's own, by a private address."""

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep every answer out of shared caches and search engines."""
        response = super().__call__(request, *args, **kwargs)
        add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex"
        return response

    def get_object(self, request: HttpRequest, token: str, pk: int) -> tuple[Any, WorkingGroup]:
        """The owner of the address, and the group."""
        owner = owner_of(token)
        return owner, get_object_or_404(WorkingGroup.objects.open_or_joined_by(owner), pk=pk)

    def title(self, found: tuple[Any, WorkingGroup]) -> str:
        """What a feed reader calls it."""
        return str(found[1].name)

    def subtitle(self, found: tuple[Any, WorkingGroup]) -> str:
        """What the group is for."""
        return str(found[1].purpose)

    def link(self, found: tuple[Any, WorkingGroup]) -> str:
        """The group's page."""
        return found[1].get_absolute_url()

    def feed_guid(self, found: tuple[Any, WorkingGroup]) -> str:
        """An identity that outlives a change of address."""
        return _identity(f"group/{found[1].pk}/{current_language()}")

    def items(self, found: tuple[Any, WorkingGroup]) -> Any:
        """Each article once, in the reader's language if there is one."""
        owner, group = found
        articles = GroupNewsPage.objects.visible_to(owner).filter(group=group)
        return preferred_translations(articles).for_lists()[:FEED_SIZE]


def _identity(name: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"https://otonom/{name}").urn
