"""The public tools, for the sitemap."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import override

from home.sitemap import SitemapEntry
from library.models import Tool


def public_tool_entries() -> Iterator[SitemapEntry]:
    """Every public tool, and their list where there is one; the frame of the pages is in both languages."""
    tools = list(Tool.objects.public().newest_first())
    if tools:
        yield SitemapEntry.in_every_language(_list_path, tools[0].updated_on)
    for tool in tools:
        yield SitemapEntry.in_every_language(tool.get_public_url, tool.updated_on)


def _list_path(language: str) -> str:
    with override(language):
        return reverse("library:public_tools")
