"""What lies below the screen is left out of the first frame, and nobody notices."""

import pytest

from tests.browser.steps import visit
from tests.browser.test_every_page import DRAWN

SCREENS = ((320, 640), (412, 823), (1280, 2400))
PATHS = ("/fr/", "/nl/vinden/", "/fr/membres/", "/nl/nieuws/")
LONG = "/nl/vinden/"
PLACES = (0.2, 0.5, 0.8, 1.0)  # of the way down
WATCH = """() => {
  window.leftOut = [];
  addEventListener("animationstart", (one) => leftOut.push(`${one.animationName} ${one.target.className}`));
}"""
STILL_LEFT_OUT = """() => [...document.querySelectorAll("body *")]
  .filter((one) => getComputedStyle(one).contentVisibility === "auto").map((one) => one.className)"""
SHIFT = """() => new Promise((done) => {
  new PerformanceObserver((list) => done(list.getEntries().reduce((sum, entry) => sum + entry.value, 0)))
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(0), 300);
})"""
IN_VIEW = """() => {
  const links = [...document.querySelectorAll("main a, footer a")];
  const first = links.find((link) => link.getBoundingClientRect().top > 0);
  return [scrollY, first.textContent.trim(), Math.round(first.getBoundingClientRect().top)];
}"""
# Where a machine is busy, a font may come after the first frame, which moves its text a little.
FONT_FACE = ("@font-face", "@media not all")
TOP = "(one) => Math.round(one.getBoundingClientRect().top)"


def screen(open_browser, width, height, slowness=1):
    """A page on a screen, with a processor that may be so many times slower."""
    page = open_browser(viewport={"width": width, "height": height}, is_mobile=width < 600, has_touch=width < 600)
    page.add_init_script(f"({WATCH})()")
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slowness})
    return page


def without_fonts(route):
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace(*FONT_FACE))


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("width", "height"), SCREENS)
def test_the_rest_comes_at_once_and_nothing_moves(open_browser, path, width, height):
    page = screen(open_browser, width, height)
    page.route("**/*.css", without_fonts)
    visit(page, path)
    page.evaluate(DRAWN)
    assert "first-frame site-footer" in page.evaluate("leftOut")
    assert page.evaluate(STILL_LEFT_OUT) == []
    assert page.evaluate(SHIFT) == 0


@pytest.mark.parametrize("slowness", [1, 4])
def test_going_back_leads_to_the_same_place(open_browser, slowness):
    page = screen(open_browser, 320, 640, slowness)
    for place in PLACES:
        visit(page, LONG)
        page.evaluate(DRAWN)
        page.evaluate("(place) => scrollTo(0, place * document.documentElement.scrollHeight)", place)
        page.evaluate(DRAWN)
        left = page.evaluate(IN_VIEW)
        visit(page, "/nl/contact/")
        page.go_back()
        page.evaluate(DRAWN)
        assert page.evaluate("performance.getEntriesByType('navigation')[0].type") == "back_forward"
        assert page.evaluate("leftOut") != []
        assert page.evaluate(IN_VIEW) == left


@pytest.mark.parametrize("slowness", [1, 4])
def test_an_address_with_a_place_leads_there(open_browser, slowness):
    page = screen(open_browser, 320, 640, slowness)
    visit(page, LONG)
    page.evaluate(DRAWN)
    links = page.locator('.jumps a[href^="#"]')
    anchors = [link.get_attribute("href") for link in links.all()]
    tops = []
    for link, anchor in zip(links.all(), anchors, strict=True):
        link.click()
        page.evaluate(DRAWN)
        tops.append(page.locator(anchor).evaluate(TOP))
    assert len(anchors) > 3
    for anchor, top in zip(anchors, tops, strict=True):
        visit(page, "/nl/contact/")
        visit(page, LONG + anchor)
        page.evaluate(DRAWN)
        assert page.locator(anchor).evaluate(TOP) == top
