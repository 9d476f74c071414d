"""The public addresses of associations and needs, for the sitemap."""

from collections.abc import Iterator

from home.sitemap import SitemapEntry
from members.models import Association, Need


def record_entries() -> Iterator[SitemapEntry]:
    """Every public record; each is written in both languages."""
    for association in Association.objects.visible_to(None).in_order():
        changed = association.last_published_at or association.verified_on
        yield SitemapEntry.in_every_language(association.get_absolute_url, changed)
    for need in Need.objects.visible_to(None).in_order():
        yield SitemapEntry.in_every_language(need.get_absolute_url, need.last_published_at)
