"""What search engines read: schema.org facts, the same that the page shows."""

import json
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

# Inside a script element no character may end it; the same table as Django's json_script.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def as_script(*things: dict[str, Any]) -> SafeString:
    """A JSON-LD script of these things; what is empty is left out."""
    graph = {"@context": "https://schema.org", "@graph": [known(thing) for thing in things]}
    text = json.dumps(graph, ensure_ascii=False, default=str).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')


def known(thing: dict[str, Any]) -> dict[str, Any]:
    """Only the facts that are known."""
    return {name: value for name, value in thing.items() if value not in (None, "", [], {})}


def breadcrumbs(request: HttpRequest, steps: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The way to the page as (title, path) pairs, home first."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": title, "item": request.build_absolute_uri(path)}
            for place, (title, path) in enumerate(steps, start=1)
        ],
    }
