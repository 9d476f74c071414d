"""In the making."""

from django.contrib.syndication.views import Feed


class NewsFeed(Feed):
    """In the making."""
