"""Every public address, in every language it is really written in.

Apps whose records have addresses of their own register them with ``register`` when they are ready, so that the
kernel need not know them. What is too much for one file is told in parts of at most ``PART`` pages and records, so
that none takes longer than another, however large the site.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet, Value
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page

from home.access import public_pages
from home.languages import DEFAULT_LANGUAGE, LANGUAGES

PART = 500  # pages and records


@dataclass(frozen=True)
class SitemapEntry:
    """One page of the site: its path in each language, and when those changed that this entry tells of."""

    paths: dict[str, str]
    changed: dict[str, date | None]

    @property
    def default_path(self) -> str:
        """What to offer somebody whose language is unknown."""
        return self.paths.get(DEFAULT_LANGUAGE) or next(iter(self.paths.values()))

    @classmethod
    def in_every_language(cls, path: Callable[[str], str], changed: date | None) -> "SitemapEntry":
        """A page that exists in every language at once; ``path`` gives its address in one."""
        return cls({language: path(language) for language in LANGUAGES}, dict.fromkeys(LANGUAGES, changed))


class Source(NamedTuple):
    """Records that have public addresses, in an order that stays, and what to tell of some of them."""

    records: Callable[[], QuerySet[Any]]
    entries: Callable[[list[Any]], Iterable[SitemapEntry]]


_sources: list[Source] = []


def register(source: Source) -> None:
    """Add the records of an app; once, however often it is called."""
    if source not in _sources:
        _sources.append(source)


def number_of_parts() -> int:
    """How many files the whole takes; never none."""
    return max(1, ceil(sum(_numbers()) / PART))


def entries(part: int) -> Iterator[SitemapEntry]:
    """What one part tells, counted from 1; the first also has the page that is no record."""
    if part == 1:
        yield SitemapEntry.in_every_language(_site_map_path, None)
    first = (part - 1) * PART  # counted from the first record of each source in turn
    for source, number in zip(_sources, _numbers(), strict=True):
        if -PART < first < number:
            yield from source.entries(list(source.records()[max(first, 0) : first + PART]))
        first -= number


def _numbers() -> list[int]:
    """How many records each source has, counted in one query."""
    counts = [
        source.records().order_by().annotate(place=Value(place)).values("place").annotate(number=Count("pk"))
        for place, source in enumerate(_sources)
    ]
    found = dict(counts[0].union(*counts[1:], all=True).values_list("place", "number"))
    return [found.get(place, 0) for place in range(len(_sources))]


def _pages() -> QuerySet[Page]:
    return public_pages().select_related("locale").order_by("path")


def _page_entries(pages: list[Page]) -> Iterator[SitemapEntry]:
    """Each public page, with its live translations."""
    together: dict[Any, dict[str, str]] = defaultdict(dict)
    for page in _pages().filter(translation_key__in={page.translation_key for page in pages}):
        together[page.translation_key][page.locale.language_code] = page.url
    for page in pages:
        yield SitemapEntry(together[page.translation_key], {page.locale.language_code: page.last_published_at})


register(Source(_pages, _page_entries))


def _site_map_path(language: str) -> str:
    with override(language):
        return reverse("home:site_map")
