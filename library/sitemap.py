"""The public tools and their list, for the sitemap; the frame of their pages is in both languages."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import override

from home.sitemap import SitemapEntry, Source
from library.models import Tool


def _tools() -> QuerySet[Tool]:
    return Tool.objects.public().newest_first()


def _tool_entries(tools: list[Tool]) -> Iterator[SitemapEntry]:
    for tool in tools:
        yield SitemapEntry.in_every_language(tool.get_public_url, tool.updated_on)


def _newest_tool() -> QuerySet[Tool]:
    return Tool.objects.filter(pk__in=_tools().values("pk")[:1])


def _list_entries(tools: list[Tool]) -> Iterator[SitemapEntry]:
    for newest in tools:
        yield SitemapEntry.in_every_language(_list_path, newest.updated_on)


def _list_path(language: str) -> str:
    with override(language):
        return reverse("library:public_tools")


SOURCES = (Source(_newest_tool, _list_entries), Source(_tools, _tool_entries))
