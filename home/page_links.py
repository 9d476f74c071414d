"""Links from texts and buttons to our own pages: all those of a drawn page are looked up in one query.

Wagtail asks three times for each text that has such a link, and once for each button.
"""

import re
from collections.abc import Callable, Collection
from contextvars import ContextVar
from secrets import token_hex
from typing import Any

from django.db.models import Q
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler as WagtailPageLinkHandler

from home.languages import current_language


class _Drawing:
    """What is being drawn: each address has a place in it until all of them are known."""

    def __init__(self) -> None:
        self._mark = f"page-{token_hex(16)}-"  # that nobody can type
        self._linked: set[int] = set()

    def place(self, key: int) -> str:
        """Stands for the address of a page."""
        self._linked.add(key)
        return f"{self._mark}{key}-"

    def filled(self, html: str) -> SafeString:
        """With the addresses in their places; a link to a page that is no more leads nowhere."""
        if self._linked:
            addresses = _addresses(self._linked)
            html = re.sub(rf' href="{self._mark}(\d+)-"', lambda found: _href(addresses.get(int(found[1]))), html)
        return mark_safe(html)  # as it was drawn


_DRAWING: ContextVar[_Drawing | None] = ContextVar("drawing", default=None)


def with_links(draw: Callable[[], str]) -> SafeString:
    """What this draws, with the addresses of its pages looked up at once."""
    drawing = _Drawing()
    token = _DRAWING.set(drawing)
    try:
        html = draw()
    finally:
        _DRAWING.reset(token)
    return drawing.filled(html)


def address_of(key: int) -> str | None:
    """The address of a page in the reader's language, or its place in what is being drawn; for ``href`` only."""
    drawing = _DRAWING.get()
    return drawing.place(key) if drawing else _addresses([key]).get(key)


class PageLinkHandler(WagtailPageLinkHandler):
    """The links that editors set in a text."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        """The opening tag of each link."""
        keys = [_key(attrs.get("id", "")) for attrs in attrs_list]
        drawing = _DRAWING.get()
        addresses = {key: drawing.place(key) for key in keys} if drawing else _addresses(keys)
        return [f"<a{_href(addresses.get(key))}>" for key in keys]


def _key(typed: str) -> int:
    """A page's key as a text has it; the CMS takes any text for one, and no page has the key 0."""
    return int(typed) if re.fullmatch("[1-9][0-9]{0,8}", typed) else 0


def _href(address: str | None) -> str:
    return f' href="{escape(address)}"' if address else ""


def _addresses(keys: Collection[int]) -> dict[int, str]:
    """Where these pages are, or their translation where a live one is there; a page without an address has none."""
    language = current_language()
    linked = Page.objects.filter(pk__in=keys)
    found = (
        Page.objects.filter(translation_key__in=linked.values("translation_key"))
        .filter(Q(pk__in=keys) | Q(locale__language_code=language, live=True))
        .select_related("locale")
        .only("url_path", "live", "translation_key", "locale__language_code")
    )
    translated = {page.translation_key: page for page in found if page.live and page.locale.language_code == language}
    shown = {page.pk: translated.get(page.translation_key, page) for page in found if page.pk in keys}
    return {key: url for key, page in shown.items() if (url := page.get_url())}
