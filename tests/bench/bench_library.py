"""How fast the library's search answers with 1,000 and with 100,000 tools of five pages each.

``.venv/bin/pytest tests/bench/bench_library.py -s`` prints the median and the 95th percentile of the search with its
facets, and of the whole page, for a mix of searches at both sizes, and their ratio: both are taken in one run, because
the machine's speed differs from one run to the next. Making the large library takes some minutes; ``BENCH_TOOLS``
asks for another size.
"""

import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from django.db import connection
from django.test import Client

from library.forms import Known
from library.models import Theme, ToolType
from library.search.engine import Wish, search
from members.models import User
from tests.bench.library_data import database_of, drawn, vocabulary
from tests.template_database import _template

SMALL, LARGE = 1_000, int(os.environ.get("BENCH_TOOLS", "100000"))
ROUNDS = 30
OTHERS = (17, 53, 97)  # words further on, for the searches that come before those that are measured
Answers = dict[str, list[float]]


def wishes(shift: int = 0) -> Iterator[tuple[str, Wish]]:
    """A mix of what people ask, by kind; the same in every run, and another mix for each shift."""
    random = np.random.default_rng(11 + shift)
    words = {language: vocabulary(language)[shift:] for language in ("fr", "nl")}
    kind, theme = ToolType.objects.order_by("pk")[3].pk, Theme.objects.order_by("pk")[5].pk
    for number in range(ROUNDS):
        known = words["fr" if number % 2 else "nl"]
        yield "rare word", Wish(known[9_000 + 37 * number])
        yield "common word", Wish(known[number])
        yield "several words", Wish(" ".join(drawn(known, random, 3)))
        yield "sentence", Wish(" ".join(drawn(known, random, 10)))
        yield "phrase", Wish(f'"{known[number]} {known[number + 1]}"')
        yield "beginning", Wish(known[200 + number][:4])
        yield "typing error", Wish(known[900 + number][:-2] + "x" + known[900 + number][-2:])
        yield "word and filters", Wish(known[40 + number], {"type": kind, "language": "fr"})
        yield "filters only", Wish("", {"theme": theme, "year": 2021 + number % 6})
        yield "no search", Wish()


def measured(user: User) -> tuple[Answers, Answers]:
    """Milliseconds of the search, and of the page, by kind of search."""
    client = Client()
    client.force_login(user)
    known = Known.to(user)
    alone = _times(lambda wish: search(known.reader, wish, known.types, known.themes))
    return alone, _times(lambda wish: client.get(_address(wish)))


def _address(wish: Wish) -> str:
    slugs = {"type": "bench-3", "theme": "bench-5", "language": "fr"}
    chosen = "".join(f"&{name}={slugs.get(name, value)}" for name, value in wish.filters.items())
    return f"/fr/espace/bibliotheque/?q={wish.text}{chosen}"


def _times(ask: Callable[[Wish], object]) -> Answers:
    for shift in OTHERS:  # a running server has the database in its memory
        for _kind, wish in wishes(shift):
            ask(wish)
    taken: Answers = defaultdict(list)
    for kind, wish in list(wishes()):
        started = time.perf_counter()
        ask(wish)
        taken[kind].append((time.perf_counter() - started) * 1000)
    taken["all"] = [one for times in list(taken.values()) for one in times]
    return taken


def test_a_large_library(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    results = {}
    with django_db_blocker.unblock():
        template = _template()
        for size in (SMALL, LARGE):
            started = time.perf_counter()
            with database_of(template, size) as member:
                made = time.perf_counter() - started
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_size_pretty(pg_database_size(current_database()))")
                    weight = cursor.fetchone()[0]
                results[size] = measured(member)
            with capsys.disabled():
                print(f"\n{size} tools: made in {made:.0f} s, {weight}")
    with capsys.disabled():
        _print(results)


def _print(results: dict[int, tuple[Answers, Answers]]) -> None:
    for place, what in enumerate(("search and facets", "whole page")):
        small, large = results[SMALL][place], results[LARGE][place]
        print(f"\n{what:20} {'median':>8} {'p95':>8}   {'median':>8} {'p95':>8}   {'p95 ratio':>9}")
        for kind in small:
            (few, few_most), (many, many_most) = (np.percentile(times[kind], (50, 95)) for times in (small, large))
            print(f"{kind:20} {few:8.1f} {few_most:8.1f}   {many:8.1f} {many_most:8.1f}   {many_most / few_most:9.2f}")
