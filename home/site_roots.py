"""Where the home pages are, kept as long as nothing public changes.

Wagtail keeps it in Django's cache for an hour, which other processes than the one that changes it do not share
without Redis: a page made meanwhile would link to addresses that are no more. It also reads it there, a copy each
time, for every link of every page.
"""

from django.db import connection
from wagtail.models import Site
from wagtail.models.sites import SiteRootPath

from home.page_cache.memory import MEMORY

_from_cache = Site.get_site_root_paths
_clear_cache = Site.clear_site_root_paths_cache


def connect() -> None:
    """Stand in for Wagtail's two functions; where nobody tells of changes, its own answer."""
    Site.get_site_root_paths = staticmethod(site_root_paths)
    Site.clear_site_root_paths_cache = staticmethod(clear)


def site_root_paths() -> list[SiteRootPath]:
    """The home page of each site in each language, most specific path first."""
    if not MEMORY.is_told or connection.in_atomic_block:
        found: list[SiteRootPath] = _from_cache()
        return found
    return MEMORY.value("site_root_paths", _read)


def clear() -> None:
    """Whoever changes it sees the change before others do."""
    _clear_cache()
    MEMORY.forget()


def _read() -> list[SiteRootPath]:
    sites = Site.objects.select_related("root_page").order_by("-root_page__url_path", "-is_default_site", "hostname")
    return [
        SiteRootPath(site.pk, home.url_path, site.root_url, home.locale.language_code)
        for site in sites
        for home in site.root_page.get_translations(inclusive=True).select_related("locale")
    ]
