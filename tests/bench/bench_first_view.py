"""What the first view of a page asks of a telephone: its longest task, with its styles and without any.

``.venv/bin/pytest -n0 -s tests/bench/bench_first_view.py`` walks through the installed server with a Chromium that
starts anew for each look (``CHROMIUM`` names one). Tasks are timed by the processor at the speed of this machine;
machines and builds of Chromium differ twofold, so that only the ratio to the page without styles is a limit. Beside it
stands what Lighthouse would make of it for a telephone, where 50 milliseconds are long: it counts twice what lays out
a page, four times anything else, and by the clock, which runs on where the machine has other things to do.
"""

import os
import shutil
import statistics
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from tests.browser.conftest import FLAGS
from tests.browser.test_every_page import PUBLIC
from tests.deploy.journeys import site_with_content

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

KINDS = ("home", "find help", "urgent need", "associations", "association", "news", "article", "charter")
ROUNDS = 5
SETTLED = 1500  # milliseconds, for the browser before it opens the page, and for the page once it has loaded
HANDED_OVER = 30_000  # milliseconds, within which the browser has told what it did
POLL = 20
WITH_LAYOUT, OTHER = 2, 4  # how many times as long Lighthouse's telephone takes
MOST = 2.0
TELEPHONE: dict[str, Any] = {
    "viewport": {"width": 412, "height": 823},
    "device_scale_factor": 1.75,
    "is_mobile": True,
    "has_touch": True,
}
TASK = "ThreadControllerImpl::RunTask"
WHOLE = "X"  # of such events only: a task that runs as the trace ends has no duration


def trace(playwright: "Playwright", path: str, address: str, has_styles: bool) -> list[dict[str, Any]]:
    """What the processes of a new browser did while it opened the page: events, times in microseconds."""
    events: list[dict[str, Any]] = []
    ended: list[dict[str, Any]] = []
    browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
    page = browser.new_context(**TELEPHONE, ignore_https_errors=True).new_page()
    if not has_styles:
        page.route("**/*.css", lambda route: route.fulfill(body="", content_type="text/css"))
    page.wait_for_timeout(SETTLED)
    session = page.context.new_cdp_session(page)
    session.on("Tracing.dataCollected", lambda part: events.extend(part["value"]))
    session.on("Tracing.tracingComplete", lambda event: ended.append(event))  # noqa: PLW0108  # it marks it
    config = {"includedCategories": ["toplevel", "devtools.timeline"]}
    session.send("Tracing.start", {"transferMode": "ReportEvents", "traceConfig": config})
    page.goto(address)
    page.wait_for_timeout(SETTLED)
    session.send("Tracing.end")
    for _ in range(HANDED_OVER // POLL):
        if ended:
            break
        page.wait_for_timeout(POLL)
    assert ended, "Chromium did not hand over what it did"
    browser.close()
    return events


class Longest(NamedTuple):
    """The most that one task takes since the page was read, in milliseconds."""

    here: float
    """Of this machine's processor."""
    counted: float
    """The same as Lighthouse counts it for a telephone; it may be another task."""
    by_clock: float
    """So counted too, but by the clock."""


def longest_task(events: list[dict[str, Any]], address: str) -> Longest:
    """Find the longest tasks of the thread that reads the page."""
    begun = [
        event
        for event in events
        if event["name"] == "ParseHTML" and event.get("args", {}).get("beginData", {}).get("url") == address
    ]
    assert begun, f"Chromium does not tell that it read {address}"
    page = [event for event in events if (event["pid"], event["tid"]) == (begun[0]["pid"], begun[0]["tid"])]
    layouts = [event["ts"] for event in page if event["name"] == "Layout"]
    tasks = []
    for task in page:
        end = task["ts"] + task.get("dur", 0)
        if task["name"] == TASK and task["ph"] == WHOLE and end >= begun[0]["ts"]:
            slower = WITH_LAYOUT if any(task["ts"] <= layout < end for layout in layouts) else OTHER
            tasks.append(Longest(task["tdur"], task["tdur"] * slower, task["dur"] * slower))
    return Longest(*(max(column) / 1000 for column in zip(*tasks, strict=True)))


def test_styles_do_not_double_the_longest_task() -> None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # its event loop keeps Django from the database

    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert path, "install the package chromium, or name another with CHROMIUM"
    ratios: dict[str, float] = {}
    with site_with_content() as site, sync_playwright() as playwright:
        print("\npage               longest task, ms  without styles  ratio  as Lighthouse counts  by the clock")
        for number, kind in enumerate(KINDS):
            address = site.url + PUBLIC[kind][number % 2]
            taken: dict[bool, list[Longest]] = {True: [], False: []}
            for _ in range(ROUNDS):
                for has_styles, times in taken.items():
                    times.append(longest_task(trace(playwright, path, address, has_styles), address))
            styled, bare = (
                Longest(*(statistics.median(column) for column in zip(*taken[has_styles], strict=True)))
                for has_styles in (True, False)
            )
            ratios[kind] = styled.here / bare.here
            print(
                f"{kind:18} {styled.here:16.1f} {bare.here:15.1f} {ratios[kind]:6.2f} {styled.counted:21.1f}"
                f" {styled.by_clock:13.1f}",
                flush=True,
            )
    if too_much := {kind: ratio for kind, ratio in ratios.items() if ratio > MOST}:
        pytest.fail(f"with its styles a page takes more than {MOST} times as long: {too_much}")
