"""What an attacker finds by walking: the CMS, and the addresses that forms are sent to."""

from collections import Counter
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

from tests.attacks.surface import FAILS_ON_PURPOSE, text_of
from tests.crawling import view_name

ADMIN = "/admin/"
# One view for all kinds of pages: several of each.
MANY = {"wagtailadmin_pages:edit": 8, "wagtailadmin_explore": 6}


def explore_back_office(client: Any, limit: int = 400) -> dict[str, str]:
    """The pages of every kind that a role reaches in the CMS, by address."""
    queue, seen, kinds = [ADMIN], {}, Counter[str]()
    while queue and len(seen) < limit:
        url = queue.pop(0)
        kind = view_name(url)
        if url in seen or kind in FAILS_ON_PURPOSE or kinds[kind] >= MANY.get(kind, 1):
            continue
        kinds[kind] += 1
        response = client.get(url)
        seen[url] = text_of(response)
        queue += addresses_in(seen[url], ADMIN)
    return {url: text for url, text in seen.items() if text}


def addresses_in(html: str, *starts: str) -> list[str]:
    """Whatever in a page leads below these paths: links, forms, and what its scripts ask for."""
    values = (
        value
        for tag in BeautifulSoup(html, "html.parser").find_all(True)
        for name, value in tag.attrs.items()
        if name in ("href", "action", "formaction") or "url" in name
    )
    return [urlsplit(value).path for value in values if isinstance(value, str) and value.startswith(starts)]
