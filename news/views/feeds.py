"""The public news as an Atom feed, one per language."""

import uuid
from datetime import datetime, time
from typing import Any

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from home.languages import current_language
from news.models import NewsIndexPage, NewsPage

FEED_SIZE = 20


class MarkedAtomFeed(Atom1Feed):
    """An Atom feed in which an entry in another language says so."""

    def item_attributes(self, item: dict[str, Any]) -> dict[str, Any]:
        """Mark the entry's language where it is not the feed's."""
        language = item["language"]
        return {} if language == self.feed["language"] else {"xml:lang": language}


class NewsFeed(Feed):
    """The newest public articles, the same list as on the news page."""

    feed_type = MarkedAtomFeed

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

    def item_title(self, item: NewsPage) -> str:
        """The article's title; the feed escapes it itself."""
        return item.title

    def item_description(self, item: NewsPage) -> str:
        """The summary, as the HTML that feed readers take it for; the article itself is one step away."""
        return escape(item.summary)

    def item_link(self, item: NewsPage) -> str:
        """Where to read it."""
        return item.url

    def item_guid(self, item: NewsPage) -> str:
        """An identity that outlives a change of address."""
        return _identity(f"{item.translation_key}/{item.locale.language_code}")

    def item_pubdate(self, item: NewsPage) -> datetime:
        """The day that the article bears."""
        return timezone.make_aware(datetime.combine(item.date, time.min))

    def item_updateddate(self, item: NewsPage) -> datetime:
        """When it was last published."""
        return item.last_published_at or self.item_pubdate(item)

    def item_extra_kwargs(self, item: NewsPage) -> dict[str, Any]:
        """Its language, for the mark."""
        return {"language": item.locale.language_code}


def _identity(name: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"https://otonom/{name}").urn
