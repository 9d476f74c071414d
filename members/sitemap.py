"""The public addresses of associations and needs, for the sitemap; each is written in both languages."""

from collections.abc import Iterator

from django.db.models import QuerySet

from home.sitemap import SitemapEntry, Source
from members.models import Association, Need


def _associations() -> QuerySet[Association]:
    return Association.objects.visible_to(None).in_order()


def _association_entries(associations: list[Association]) -> Iterator[SitemapEntry]:
    for one in associations:
        yield SitemapEntry.in_every_language(one.get_absolute_url, one.last_published_at or one.verified_on)


def _needs() -> QuerySet[Need]:
    return Need.objects.visible_to(None).in_order()


def _need_entries(needs: list[Need]) -> Iterator[SitemapEntry]:
    for need in needs:
        yield SitemapEntry.in_every_language(need.get_absolute_url, need.last_published_at)


SOURCES = (Source(_associations, _association_entries), Source(_needs, _need_entries))
