"""What can be attacked: the pages that a role reaches, and their forms."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, quote_plus, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override
from wagtail.models import Page

from home import throttling
from tests.access_table import named_patterns
from tests.crawling import links, view_name

# The suite tries a little, as few roles and the same each time; ATTACKS=300 tries as many of each, as every role.
IS_LONG = "ATTACKS" in os.environ
EXAMPLES = int(os.environ.get("ATTACKS", "2"))
LANGUAGES = ("fr", "nl")
PAGES_OF_A_VIEW = 2  # of the same kind, per language
STARTS = ("/fr/", "/nl/", "/fr/espace/", "/nl/ruimte/", "/fr/compte/2fa/", "/fr/compte/email/", "/fr/compte/login/")
FAILS_ON_PURPOSE = {"wagtailadmin_error_test"}  # an administrator asks Wagtail for an error, to see who is told
TYPED = "textarea[name], input[name]:not([type]), " + ", ".join(
    f"input[type={kind}][name]" for kind in ("text", "email", "search", "tel", "url")
)


@dataclass(frozen=True)
class Form:
    """A form as somebody met it: where it stands, where it leads, and what its fields hold."""

    page: str
    action: str
    method: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...] = ()
    typed: tuple[str, ...] = ()  # the fields that one types into

    @property
    def key(self) -> tuple[Any, ...]:
        """What makes two forms alike."""
        return self.action[1:3], view_name(self.action), self.method, tuple(sorted({name for name, _ in self.fields}))


def explore(client: Any, limit: int = 600, languages: Iterable[str] = LANGUAGES) -> dict[str, str]:
    """The pages of every kind that a role reaches by links, by address."""
    queue, seen, kinds = list(STARTS), {}, Counter[tuple[str, str]]()
    while queue and len(seen) < limit:
        url = queue.pop(0)
        kind = (url[1:3], view_name(url))
        is_enough = kinds[kind] >= PAGES_OF_A_VIEW * (5 if kind[1] == "wagtail_serve" else 1)
        if url in seen or url[1:3] not in languages or is_enough:
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


def forms_of(pages: dict[str, str]) -> list[Form]:
    """One of each kind of form on these pages."""
    found: dict[tuple[Any, ...], Form] = {}
    for url, text in pages.items():
        for tag in BeautifulSoup(text, "html.parser").select("form"):
            form = _form(url, tag)
            found.setdefault(form.key, form)
    return list(found.values())


def _form(url: str, tag: Tag) -> Form:
    fields = [(str(one["name"]), _value(one)) for one in tag.select("[name]") if "__prefix__" not in one["name"]]
    files = tuple(str(one["name"]) for one in tag.select("input[type=file][name]"))
    fields = [(name, value) for name, value in fields if name not in files and name != "csrfmiddlewaretoken"]
    action = urlsplit(urljoin(url, str(tag.get("action", ""))))
    typed = tuple(str(one["name"]) for one in tag.select(TYPED))
    return Form(url, action.path or url, str(tag.get("method", "get")).lower(), tuple(fields), files, typed)


def _value(tag: Tag) -> str:
    if tag.name == "select":
        chosen = tag.select_one("option[selected]") or tag.select_one("option[value]:not([value=''])")
        return str(chosen.get("value", "")) if chosen else ""
    return tag.text.strip() if tag.name == "textarea" else str(tag.get("value", ""))


def plain_addresses(*more: Any) -> Iterator[str]:
    """Every address that takes nothing, or one of these and a page's number."""
    root = Page.objects.get(depth=1).pk
    for language in LANGUAGES:
        with override(language):
            for name in {name for name, _pattern in named_patterns()} - FAILS_ON_PURPOSE:
                for arguments in ([], [root], *([one] for one in more)):
                    try:
                        yield reverse(name, args=arguments)
                    except NoReverseMatch:
                        continue


def urlencoded(fields: list[tuple[str, str]]) -> bytes:
    """A form as bytes, whatever its values; a browser would refuse to send half a character."""
    pairs = (f"{quote_plus(name)}={quote(value.encode('utf-8', 'surrogatepass'))}" for name, value in fields)
    return "&".join(pairs).encode()


def send(client: Client, form: Form, fields: list[tuple[str, str]]) -> HttpResponse:
    """Send a form and undo what it did; an error in the site reaches the test."""
    if form.method == "post":
        kind = "application/x-www-form-urlencoded"
        return undone(client, lambda: client.post(form.action, urlencoded(fields), content_type=kind))
    return undone(client, lambda: client.get(f"{form.action}?{urlencoded(fields).decode()}"))


def undone(client: Client, ask: Callable[[], HttpResponse]) -> HttpResponse:
    """An answer, read to its end, after which everything is as before: rows, cookies, counts."""
    forget_counts()
    cookies, before = client.cookies.copy(), transaction.savepoint()  # letters are sent in no block but the test's
    try:
        response = ask()
        text_of(response)
    finally:
        transaction.set_rollback(False)
        transaction.savepoint_rollback(before)
        client.cookies = cookies
    return response


def forget_counts() -> None:
    """Start counting anew who used what how often, so that no limit hides what lies behind it."""
    cache.clear()
    throttling._limiter.cache_clear()
