"""How fast the real stack answers: PostgreSQL, two Granian processes and nginx, as they are deployed.

``.venv/bin/pytest tests/bench/bench_stack.py -s`` measures, with wrk, public pages

(a) made for each reader, as for somebody who is signed in,
(b) remembered by the application server alone,
(c) kept by nginx, and
(d) the same bytes as a file that nginx sends, which is the limit of the machine,

in rounds one after the other, so that whatever else the machine does slows all of them; the ratios are what holds
elsewhere. It prints a table and writes the same as JSON to ``BENCH_JSON``. ``BENCH_SECONDS`` is the length of one
measurement, ``BENCH_ROUNDS`` how many there are of each.
"""

import json
import os
import re
import shutil
import statistics
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.conf import settings
from django.core.management import call_command

import library.seeding
from tests.bench.own_database import own_database
from tests.bench.stack import BROWSER, Stack, running
from tests.template_database import _template

PAGES = ("/fr/", "/nl/", "/fr/trouver/", "/fr/membres/csd-bruxelles/", "/nl/nieuws/")
SECONDS, ROUNDS = int(os.environ.get("BENCH_SECONDS", "2")), int(os.environ.get("BENCH_ROUNDS", "3"))
MADE_FOR_EACH = {"Cookie": "__Host-sessionid=of-somebody-who-measures"}  # passes by every cache, and opens nothing
WAYS = {
    "a": "made for each reader",
    "b": "remembered by Granian alone",
    "c": "kept by nginx",
    "d": "a file of nginx, the limit",
}
UNITS = {"us": 0.001, "ms": 1, "s": 1000}


class Measure(NamedTuple):
    """Requests a second, and milliseconds until half and 99 of 100 were answered."""

    rate: float
    median: float
    most: float


def wrk(urls: Sequence[str], connections: int, **headers: str) -> Measure:
    """Ask as fast as it goes, at several addresses at once; every answer must be the page."""
    named = [word for name, value in (BROWSER | headers).items() for word in ("-H", f"{name}: {value}")]
    command = ["wrk", "-t1", f"-c{connections // len(urls)}", f"-d{SECONDS}s", "--timeout", "10s", "--latency", *named]
    running = [subprocess.Popen([*command, url], stdout=subprocess.PIPE, text=True) for url in urls]
    found = [_read(process.communicate()[0]) for process in running]
    return Measure(sum(one.rate for one in found), max(one.median for one in found), max(one.most for one in found))


def _read(said: str) -> Measure:
    assert "Non-2xx" not in said, said
    assert "Socket errors" not in said, said
    times = {
        percent: float(value) * UNITS[unit]
        for percent, value, unit in re.findall(r"(50|99)%\s+([\d.]+)(us|ms|s)", said)
    }
    return Measure(float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1]), times["50"], times["99"])


def measure(stack: Stack, way: str, page: str, number: int) -> Measure:
    """One page in one way."""
    alone = [f"http://127.0.0.1:{port}{page}" for port in stack.apps]
    if way == "a":
        return wrk(alone, 8, **MADE_FOR_EACH)
    if way == "b":
        return wrk(alone, 32)
    return wrk([f"http://127.0.0.1:{stack.front}{page if way == 'c' else f'/limit/{number}'}"], 32)


def measured(stack: Stack) -> dict[str, dict[str, Measure]]:
    """The middle of the rounds, by page and way."""
    found: dict[str, dict[str, list[Measure]]] = {page: {way: [] for way in WAYS} for page in PAGES}
    for number, page in enumerate(PAGES):
        stack.put_limit(str(number), page)
    for _ in range(ROUNDS):
        for number, page in enumerate(PAGES):
            for way in WAYS:
                found[page][way].append(measure(stack, way, page, number))
    return {
        page: {way: Measure(*map(statistics.median, zip(*rounds, strict=True))) for way, rounds in ways.items()}
        for page, ways in found.items()
    }


def as_json(stack: Stack, pages: dict[str, dict[str, Measure]]) -> dict[str, Any]:
    return {
        "ways": WAYS,
        "pages": {page: {way: one._asdict() for way, one in ways.items()} for page, ways in pages.items()},
        "bytes": {page: (stack.folder / "limit" / str(number)).stat().st_size for number, page in enumerate(PAGES)},
        "megabytes_per_worker": stack.megabytes(),
        "seconds_to_start": stack.seconds_to_start,
    }


def _print(result: dict[str, Any]) -> None:
    print(f"\n{'page':30} {'way':30} {'a second':>10} {'median ms':>10} {'p99 ms':>8} {'of the limit':>12}")
    for page, ways in result["pages"].items():
        for way, one in ways.items():
            ratio = one["rate"] / ways["d"]["rate"]
            print(
                f"{page:30} {f'({way}) {WAYS[way]}':30} {one['rate']:10.0f} {one['median']:10.2f} {one['most']:8.2f}"
                f" {ratio:12.4f}"
            )
    weights = ", ".join(f"{weight:.0f}" for weight in result["megabytes_per_worker"])
    print(
        f"memory of each worker (PSS): {weights} MB; first answer {result['seconds_to_start']:.1f} s after the start"
    )


def test_the_stack(
    django_db_setup: None,
    django_db_blocker: Any,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    if missing := [program for program in ("wrk", "nginx") if not shutil.which(program)]:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"not installed: {', '.join(missing)}")
    first = sorted((library.seeding.SEED / "tools").glob("first_*.yaml"))  # public pages show no others
    monkeypatch.setattr(library.seeding, "manifests", lambda: first)
    with django_db_blocker.unblock(), own_database(_template(), "otonom_bench_stack"):
        call_command("seed")
        with running(tmp_path) as stack:
            result = as_json(stack, measured(stack))
    Path(os.environ.get("BENCH_JSON") or settings.DATA_DIR / "bench_stack.json").write_text(
        json.dumps(result, indent=1)
    )
    with capsys.disabled():
        _print(result)
    for page, ways in result["pages"].items():
        assert ways["c"]["rate"] >= 0.5 * ways["d"]["rate"], page
