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
KEYS = {kind: re.compile(kind.regex) for kind in SAMPLES}
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


def every_address(language: str = "fr", number: str = "1", word: str = "1", key: str = "") -> list[Address]:
    """One of every pattern, in a language, with this number, word, and slug or UUID where one is asked for."""
    with override(language):
        return [_address(way, path) for way, path in _filled_ways(number, word, key)]


def addresses_with(value: str, number: str, key: str, language: str = "fr") -> list[Address]:
    """One of every pattern in which this word, number or key finds a place."""
    with override(language):
        return [_address(way, path) for way, path in _filled_ways(number, value, key) if value in path]


def _filled_ways(number: str, word: str, key: str) -> Iterator[tuple[tuple[Any, ...], str]]:
    for way in _ways(get_resolver()):
        yield way, "/" + "".join(_filled(one.pattern, number, word, key) for one in way)


def _ways(resolver: URLResolver, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    for pattern in resolver.url_patterns:
        way = (*before, pattern)
        if isinstance(pattern, URLResolver):
            yield from _ways(pattern, way)
        else:
            yield way


def _address(way: tuple[URLPattern | URLResolver, ...], path: str) -> Address:
    found = resolve(path)
    return Address(path, found.view_name, found.func, found.func is not way[-1].callback)


def _filled(pattern: Any, number: str, word: str, key: str) -> str:
    text = str(pattern)
    if isinstance(pattern, RegexPattern):
        for expression, instead in EXPRESSIONS:
            text = text.replace(expression, instead)
        return text
    keys = {kind: key for kind, ours in KEYS.items() if ours.fullmatch(key)}
    samples = SAMPLES | {IntConverter: number} | keys
    return PARAMETER.sub(lambda found: samples.get(type(pattern.converters[found[1]]), word), text)
