"""What can be attacked: the pages that a role reaches."""

from collections import Counter
from urllib.parse import urljoin, urlsplit

from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from home import throttling
from tests.crawling import links, view_name

PAGES_OF_A_VIEW = 2  # of the same kind, per language
STARTS = ("/fr/", "/nl/", "/fr/espace/", "/nl/ruimte/", "/fr/compte/2fa/", "/fr/compte/email/", "/fr/compte/login/")


def explore(client: Client, limit: int = 600) -> dict[str, str]:
    """The pages of every kind that a role reaches by links, by address."""
    queue, seen, kinds = list(STARTS), {}, Counter[tuple[str, str]]()
    while queue and len(seen) < limit:
        url = queue.pop(0)
        kind = (url[1:3], view_name(url))
        if url in seen or kinds[kind] >= PAGES_OF_A_VIEW * (5 if kind[1] == "wagtail_serve" else 1):
            continue
        kinds[kind] += 1
        response = client.get(url)
        seen[url] = text_of(response)
        if location := response.headers.get("Location"):
            queue.append(urlsplit(urljoin(url, location)).path)
        queue += links(seen[url].encode(), url)
    return {url: text for url, text in seen.items() if text}


def text_of(response: HttpResponse) -> str:
    """What a browser would show of an answer; nothing of a file."""
    if response.streaming:
        b"".join(response.streaming_content)
        return ""
    return response.content.decode() if "html" in response.headers.get("Content-Type", "") else ""


def forget_counts() -> None:
    """Start counting anew who used what how often, so that no limit hides what lies behind it."""
    cache.clear()
    throttling._limiter.cache_clear()
