"""The menu of the site, read from the page tree of one language in one query, with the way to the page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.http import HttpRequest
from wagtail.models import Page, get_page_models

from home.languages import current_language

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
    is_current: bool


@dataclass(frozen=True)
class Menu:
    """The first level of the site in one language."""

    entries: tuple[Entry, ...] = ()

    @classmethod
    def of(cls, pages: Iterable[Page], request: HttpRequest) -> Self:
        """The pages of the active language among these that belong to a menu."""
        language = current_language()
        first = (page for page in pages if page.depth in LEVELS and page.content_type.model in KINDS)
        return cls(tuple(_entry(page, request) for page in first if page.locale.language_code == language))

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


def pages_of_menu(and_also: Q | None = None) -> list[Page]:
    """The live pages of the first levels of the active language, and those that are asked for with them.

    The kinds of page come first: there is an index of them, and none of depths, so that thousands of articles cost
    nothing.
    """
    wanted = Q(content_type__in=_kinds(), depth__in=LEVELS, locale__language_code=current_language())
    pages = Page.objects.live().filter(wanted | and_also if and_also else wanted)
    return list(pages.select_related("content_type", "locale").order_by("path"))


def _kinds() -> list[int]:
    models = (model for model in get_page_models() if model._meta.model_name in KINDS)
    return [kind.pk for kind in ContentType.objects.get_for_models(*models).values()]


def _entry(page: Page, request: HttpRequest) -> Entry:
    kind = page.content_type.model
    url = page.url or ""
    is_in_menu = kind in MENU_ORDER and (kind != "standardpage" or page.show_in_menus)
    return Entry(page.title, url, kind, is_in_menu, bool(url) and request.path.startswith(url))


def menu_of(request: HttpRequest) -> Menu:
    """The menu of this request, read once."""
    found: Menu | None = getattr(request, "menu", None)
    if found is None:
        found = request.menu = Menu.of(pages_of_menu(), request)  # type: ignore[attr-defined]  # kept for the rest of the page
    return found
