"""The footer is laid out when somebody comes near, and takes its place until then."""

import pytest
from playwright.sync_api import expect

from tests.browser.steps import follow, links, path_of, visit
from tests.browser.test_every_page import DRAWN

LAID_OUT = "() => document.querySelector('.site-footer > *').checkVisibility({contentVisibilityAuto: true})"
HEIGHT = "() => document.documentElement.scrollHeight"
# One for each number of columns, two for one column.
WIDTHS = (320, 412, 600, 800, 1280)
PATHS = ("/fr/", "/nl/vinden/")
ROW = 36  # pixels: a link more or less in the menu moves nothing that somebody would notice
TELEPHONE = {"viewport": {"width": 412, "height": 823}, "is_mobile": True, "has_touch": True}


def visit_top(page, path):
    """Open a page that is so long that its footer waits."""
    visit(page, path)
    page.evaluate(DRAWN)
    assert page.evaluate(LAID_OUT) is False


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_footer_waits_and_takes_its_place(open_browser, path, width):
    page = open_browser(viewport={"width": width, "height": 600})
    visit_top(page, path)
    before = page.evaluate(HEIGHT)
    page.locator(".site-footer").scroll_into_view_if_needed()
    page.wait_for_function(LAID_OUT)
    assert abs(page.evaluate(HEIGHT) - before) <= ROW


def test_the_number_to_call_is_there_when_somebody_comes_to_it(open_browser):
    page = open_browser(**TELEPHONE)
    visit_top(page, "/fr/")
    page.keyboard.press("End")
    expect(page.locator(".site-footer .phone").first).to_be_in_viewport()


def test_a_footer_that_waits_can_be_reached_by_keyboard(open_browser):
    page = open_browser(**TELEPHONE)
    visit_top(page, "/fr/")
    page.keyboard.press("Shift+Tab")  # from the beginning, backwards: to the last thing of the page
    expect(page.locator(".site-footer :focus")).to_be_in_viewport()


def test_a_footer_that_waits_is_printed(page):
    visit_top(page, "/fr/")
    page.emulate_media(media="print")
    page.evaluate(DRAWN)
    assert page.evaluate(LAID_OUT)


def test_the_way_back_leads_to_the_same_place_in_the_footer(open_browser):
    page = open_browser(**TELEPHONE)
    visit_top(page, "/fr/")
    link = links(page.locator(".site-footer"), "/fr/plan-du-site/")
    link.scroll_into_view_if_needed()
    page.wait_for_function(LAID_OUT)
    follow(link)
    assert path_of(page) == "/fr/plan-du-site/"
    page.go_back()
    expect(link).to_be_in_viewport()
