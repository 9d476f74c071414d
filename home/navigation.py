"""The menu of the site, read from the page tree of one language in one query and remembered between changes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Self

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.http import HttpRequest
from wagtail.models import Page, get_page_models

from home.languages import current_language
from home.page_cache.memory import MEMORY

FIND_HELP = "needindexpage"
NEWS = "newsindexpage"
# The order of the menu by type of page; a standard page enters it when its editor says so.
MENU_ORDER = (FIND_HELP, "standardpage", "charterpage", "associationindexpage", NEWS, "contactpage")
KINDS = ("homepage", *MENU_ORDER)
LEVELS = (2, 3)  # depths in the tree: the home page, and what is below it


@dataclass(frozen=True)
class Entry:
    """One link of the menu or the footer."""

    title: str
    url: str
    kind: str
    is_in_menu: bool
    is_current: bool = False


@dataclass(frozen=True)
class Menu:
    """The first level of the site in one language."""

    entries: tuple[Entry, ...] = ()

    @classmethod
    def of(cls, entries: Iterable[Entry], request: HttpRequest) -> Self:
        """The menu of these links, with the way to the page that was asked for."""
        return cls(tuple(replace(entry, is_current=_leads_to(entry, request)) for entry in entries))

    @property
    def main(self) -> list[Entry]:
        """The links of the header, in order, without the way to help."""
        found = [entry for entry in self.entries if entry.is_in_menu and entry.kind != FIND_HELP]
        return sorted(found, key=lambda entry: MENU_ORDER.index(entry.kind))

    @property
    def footer(self) -> list[Entry]:
        """What every site must say: legal notice, privacy, accessibility."""
        return [entry for entry in self.entries if entry.kind == "standardpage" and not entry.is_in_menu]

    @property
    def home_url(self) -> str:
        """The first page of this language."""
        return self._url("homepage") or f"/{current_language()}/"

    @property
    def find_help(self) -> Entry | None:
        """The way to help, the first thing that one can do."""
        return next((entry for entry in self.entries if entry.kind == FIND_HELP), None)

    @property
    def news_url(self) -> str:
        """The list of public news."""
        return self._url(NEWS)

    @property
    def associations_url(self) -> str:
        """The list of associations."""
        return self._url("associationindexpage")

    @property
    def contact_url(self) -> str:
        """The contact page."""
        return self._url("contactpage")

    def _url(self, kind: str) -> str:
        return next((entry.url for entry in self.entries if entry.kind == kind), "")


def entries_of_menu() -> list[Entry]:
    """Links to the first levels of the active language, its live pages; remembered until something public changes."""
    return menu_and_way([])[0]


def menu_and_way(way: Sequence[str]) -> tuple[list[Entry], list[Page]]:
    """The links of the menu, and the live pages at these places of the tree, in one query at most."""
    read: list[Page] = []

    def read_both() -> tuple[list[Page], list[Entry]]:
        read.extend(_live(_of_menu() | _at(way)))
        pages = [page for page in read if _is_of_menu(page)]
        return pages, [_entry(page) for page in pages]

    pages, entries = MEMORY.value(f"menu {current_language()}", read_both)
    found = [page for page in read or pages if page.url_path in way]
    if len(found) < len(way) and not read:
        found = _live(_at(way))
    return entries, found


def _live(wanted: Q) -> list[Page]:
    return list(Page.objects.live().filter(wanted).select_related("content_type", "locale").order_by("path"))


def _of_menu() -> Q:
    """The kinds of page come first: there is an index of them, and none of depths, so that articles cost nothing."""
    models = (model for model in get_page_models() if model._meta.model_name in KINDS)
    kinds = [kind.pk for kind in ContentType.objects.get_for_models(*models).values()]
    return Q(content_type__in=kinds, depth__in=LEVELS, locale__language_code=current_language())


def _is_of_menu(page: Page) -> bool:
    is_first = page.depth in LEVELS and page.content_type.model in KINDS
    return is_first and page.locale.language_code == current_language()


def _at(way: Sequence[str]) -> Q:
    """There is an index of slugs and none of paths."""
    return Q(slug__in={address.rstrip("/").rpartition("/")[2] for address in way}, url_path__in=way)


def _entry(page: Page) -> Entry:
    kind = page.content_type.model
    is_in_menu = kind in MENU_ORDER and (kind != "standardpage" or page.show_in_menus)
    return Entry(page.title, page.url or "", kind, is_in_menu)


def _leads_to(entry: Entry, request: HttpRequest) -> bool:
    return bool(entry.url) and request.path.startswith(entry.url)


def menu_of(request: HttpRequest) -> Menu:
    """The menu of this request, read once."""
    found: Menu | None = getattr(request, "menu", None)
    if found is None:
        found = request.menu = Menu.of(entries_of_menu(), request)  # type: ignore[attr-defined]  # kept for the rest of the page
    return found
