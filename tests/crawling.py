"""Walks through the site by its links, as a role sees it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve
from django.utils.translation import override

CARDS = ("/carte/", "/kaart/")  # of their papers and languages one is enough here: test_cards.py tries them all

# A page for each gap of the map, all alike: one in each language is enough here; test_reports.py tries them.
ONCE = ("members:suggest_counterpart",)


@dataclass(frozen=True)
class Seen:
    """What a role got at an address, and with how many queries; the text of pages only."""

    status: int
    queries: int
    text: str = ""


Crawls = dict[str, dict[str, Seen]]


def crawl(role: str, as_role: dict[str, Client], crawls: Crawls, limit: int = 1500) -> dict[str, Seen]:
    """Every address that a role reaches by links; nothing that changes something is followed."""
    if role not in crawls:
        crawls[role] = _crawl(as_role[role], ["/fr/", "/nl/", "/fr/espace/", "/nl/ruimte/"], limit)
    return crawls[role]


def _crawl(client: Client, queue: list[str], limit: int) -> dict[str, Seen]:
    seen: dict[str, Seen] = {}
    done: set[tuple[str, str]] = set()
    while queue and len(seen) < limit:
        url = queue.pop()
        view = (url[1:3], view_name(url))
        if url in seen or view in done:
            continue
        if view[1] in ONCE:
            done.add(view)
        response, queries = counted(client, url)
        seen[url] = Seen(response.status_code, queries)
        if response.streaming:
            b"".join(response.streaming_content)
            continue
        location = response.headers.get("Location")
        if location:
            queue.append(urlsplit(location)._replace(fragment="").geturl())
        if "html" in response.headers.get("Content-Type", ""):
            seen[url] = Seen(response.status_code, queries, response.content.decode())
            queue += links(response.content, url)
    assert len(seen) < limit, "the crawl ends before everything was seen"
    return seen


def counted(client: Client, url: str) -> tuple[Any, int]:
    """The answer of an address, and its queries."""
    with CaptureQueriesContext(connection) as asked:
        response = client.get(url)
    return response, len(asked)


def view_name(url: str) -> str:
    """The name of what answers at an address, in the language of the address; empty where nothing does."""
    with override(url[1:3] if url[1:3] in ("fr", "nl") else "fr"):
        try:
            return resolve(urlsplit(url).path).view_name
        except Resolver404:
            return ""


def links(html: bytes, base: str) -> list[str]:
    found = []
    for at in (urlsplit(anchor["href"]) for anchor in BeautifulSoup(html, "html.parser").find_all("a", href=True)):
        if at.netloc in ("", "testserver") and at.scheme in ("", "http") and at.path.startswith(("/fr/", "/nl/")):
            is_followed = at.query and at.query.count("&") < 2 and not at.path.endswith(CARDS)
            found.append(unquote(at.path) + (f"?{at.query}" if is_followed else ""))
    return found
