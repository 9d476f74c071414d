"""Every public address, in every language it is really written in.

Apps whose records have addresses of their own register them with ``register`` when they are ready, so that
the kernel need not know them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import override

from home.access import public_pages
from home.languages import DEFAULT_LANGUAGE, LANGUAGES


@dataclass(frozen=True)
class SitemapEntry:
    """One page of the site: its path in each language, and when it last changed in each."""

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


Source = Callable[[], Iterable[SitemapEntry]]
_sources: list[Source] = []


def register(source: Source) -> Source:
    """Add a function that gives the addresses of an app's records; once, however often it is called."""
    if source not in _sources:
        _sources.append(source)
    return source


def entries() -> Iterator[SitemapEntry]:
    """Everything that the site offers to the public."""
    yield from page_entries()
    yield SitemapEntry.in_every_language(_site_map_path, None)
    for source in _sources:
        yield from source()


def page_entries() -> Iterator[SitemapEntry]:
    """Every public page, with its live translations together."""
    together = defaultdict(list)
    for page in public_pages().select_related("locale").order_by("path"):
        together[page.translation_key].append(page)
    for pages in together.values():
        by_language = {page.locale.language_code: page for page in pages}
        yield SitemapEntry(
            {language: page.url for language, page in by_language.items()},
            {language: page.last_published_at for language, page in by_language.items()},
        )


def _site_map_path(language: str) -> str:
    with override(language):
        return reverse("home:site_map")
