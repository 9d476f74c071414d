"""The footer, which is laid out when somebody comes near: it keeps its place until then."""

import pytest
from playwright.sync_api import expect

from tests.browser.steps import follow, links, path_of, visit

LAID_OUT = "() => document.querySelector('.site-footer > *').checkVisibility({contentVisibilityAuto: true})"
HEIGHT = "() => document.documentElement.scrollHeight"
WIDTHS = (320, 412, 600, 800, 1280)
PATHS = ("/fr/", "/nl/vinden/")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_footer_waits_and_keeps_its_place(open_browser, path, width):
    page = open_browser(viewport={"width": width, "height": 600})
    visit(page, path)
    assert not page.evaluate(LAID_OUT)
    before = page.evaluate(HEIGHT)
    page.locator(".site-footer").scroll_into_view_if_needed()
    page.wait_for_function(LAID_OUT)
    assert abs(page.evaluate(HEIGHT) - before) < 32


def test_the_number_to_call_is_there_as_soon_as_somebody_comes_to_it(open_browser):
    page = open_browser(viewport={"width": 412, "height": 823}, is_mobile=True, has_touch=True)
    visit(page, "/fr/")
    page.keyboard.press("End")
    expect(page.locator(".site-footer .phone").first).to_be_in_viewport()


def test_a_footer_that_waited_can_be_reached_by_keyboard(page):
    visit(page, "/fr/")
    assert not page.evaluate(LAID_OUT)
    links(page.locator("main"), "/fr/actualites/").last.focus()
    page.keyboard.press("Tab")
    expect(page.locator(".site-footer :focus")).to_be_in_viewport()


def test_the_way_back_leads_to_the_same_place_in_the_footer(page):
    visit(page, "/fr/")
    link = links(page.locator(".site-footer"), "/fr/plan-du-site/")
    link.scroll_into_view_if_needed()
    page.wait_for_function(LAID_OUT)
    follow(link)
    assert path_of(page) == "/fr/plan-du-site/"
    page.go_back()
    expect(link).to_be_in_viewport()
