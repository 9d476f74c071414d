"""What the first view of a page asks of a telephone: its longest task, with its styles and without any.

``.venv/bin/pytest -n0 -s tests/bench/bench_first_view.py`` walks through the installed server with a Chromium that
starts anew for each look (``CHROMIUM`` names one). A task counts as in Lighthouse's telephone, where 50 milliseconds
are long: what lays out a page takes twice as long as here, anything else four times. It is timed by the processor; by
the clock it takes longer where the machine has other things to do. Machines and builds of Chromium differ twofold: the
page without styles is the yardstick, so compare only the ratio.
"""

import os
import shutil
import statistics
from typing import TYPE_CHECKING, Any

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


def longest_task(events: list[dict[str, Any]], address: str) -> tuple[float, float]:
    """The most that one task takes since the page was read, in milliseconds: of the processor, and by the clock."""
    begun = [
        event
        for event in events
        if event["name"] == "ParseHTML" and event.get("args", {}).get("beginData", {}).get("url") == address
    ]
    assert begun, f"Chromium does not tell that it read {address}"
    page = [event for event in events if (event["pid"], event["tid"]) == (begun[0]["pid"], begun[0]["tid"])]
    layouts = [event["ts"] for event in page if event["name"] == "Layout"]
    by_processor, by_clock = [], []
    for task in page:
        end = task["ts"] + task.get("dur", 0)
        if task["name"] != TASK or end < begun[0]["ts"]:
            continue
        slower = WITH_LAYOUT if any(task["ts"] <= layout < end for layout in layouts) else OTHER
        by_processor.append(task["tdur"] * slower / 1000)
        by_clock.append(task["dur"] * slower / 1000)
    return max(by_processor), max(by_clock)


def test_styles_do_not_double_the_longest_task() -> None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # its event loop keeps Django from the database

    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert path, "install the package chromium, or name another with CHROMIUM"
    ratios: dict[str, float] = {}
    with site_with_content() as site, sync_playwright() as playwright:
        print("\npage                 longest task, ms   by the clock   without styles   ratio")
        for number, kind in enumerate(KINDS):
            address = site.url + PUBLIC[kind][number % 2]
            taken: dict[bool, list[tuple[float, float]]] = {True: [], False: []}
            for _ in range(ROUNDS):
                for has_styles, times in taken.items():
                    times.append(longest_task(trace(playwright, path, address, has_styles), address))
            by_processor, by_clock = (statistics.median(column) for column in zip(*taken[True], strict=True))
            bare = statistics.median(time for time, _ in taken[False])
            ratios[kind] = by_processor / bare
            print(f"{kind:20} {by_processor:16.1f} {by_clock:14.1f} {bare:16.1f} {ratios[kind]:7.2f}", flush=True)
    if too_much := {kind: ratio for kind, ratio in ratios.items() if ratio > MOST}:
        pytest.fail(f"with its styles a page takes more than {MOST} times as long: {too_much}")
