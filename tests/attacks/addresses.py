"""An address of every pattern of the site, with something in place of each parameter."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.urls.converters import IntConverter, SlugConverter, UUIDConverter
from django.urls.resolvers import RegexPattern
from django.utils.translation import override

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
SAMPLES = {SlugConverter: "a-b", UUIDConverter: "075194d3-6885-417e-a8a8-6c931e272f00"}
# What patterns take that are regular expressions.
EXPRESSIONS = (
    (r"(\d+)", "1"),
    (r"((?:[\w\-]+/)*)", "nowhere/"),
    (r".*/", "nowhere/"),
    (r"(live|earliest|\d+)", "live"),
    (r"(live|latest|\d+)", "latest"),
    (r"(?P<revision_id_a>live|earliest|\d+)", "live"),
    (r"(?P<revision_id_b>live|latest|\d+)", "latest"),
    (r"(?P<pk>.+)", "1"),
    (r"(?P<key>[-:\w]+)", "a"),
    (r"(?P<key>.+)", "a"),
    (r"(?P<uidb36>[0-9A-Za-z]+)", "1"),
    (r"(?P<provider_id>[^/]+)", "microsoft"),
    (r"\.", "."),
    ("^", ""),
    ("$", ""),
)


@dataclass(frozen=True)
class Address:
    """An address, who answers there, and whether that is another than its pattern says, which stands behind."""

    path: str
    name: str
    view: Callable[..., Any]
    is_replaced: bool


def every_address(language: str = "fr", number: str = "1", word: str = "1") -> list[Address]:
    """One of every pattern, in a language, with this number and this word where one is asked for."""
    with override(language):
        return [_address(way, number, word) for way in _ways(get_resolver())]


def _ways(resolver: URLResolver, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    for pattern in resolver.url_patterns:
        way = (*before, pattern)
        if isinstance(pattern, URLResolver):
            yield from _ways(pattern, way)
        else:
            yield way


def _address(way: tuple[URLPattern | URLResolver, ...], number: str, word: str) -> Address:
    path = "/" + "".join(_filled(one.pattern, number, word) for one in way)
    found = resolve(path)
    return Address(path, found.view_name, found.func, found.func is not way[-1].callback)


def _filled(pattern: Any, number: str, word: str) -> str:
    text = str(pattern)
    if isinstance(pattern, RegexPattern):
        for expression, instead in EXPRESSIONS:
            text = text.replace(expression, instead)
        return text
    samples = SAMPLES | {IntConverter: number}
    return PARAMETER.sub(lambda found: samples.get(type(pattern.converters[found[1]]), word), text)
