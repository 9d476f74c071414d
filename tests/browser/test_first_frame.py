"""On a telephone, what lies below the screen is left out of the first frame, and nobody notices."""

import pytest

from tests.browser.steps import visit
from tests.browser.test_every_page import DRAWN

TELEPHONES = ((320, 640), (412, 823))
LEFT_OUT = {"/fr/": "section", "/nl/vinden/": "need-group", "/fr/membres/": "card", "/nl/nieuws/": "site-footer"}
# A list of many short sections, one of few long ones, and one that is one long list.
LONG = ("/nl/vinden/", "/nl/leden/csd-bruxelles/", "/nl/overzicht/")
PLACES = (0.2, 0.5, 0.8, 1.0)  # of the way down
LEFT_OUT_NOW = """() => [...document.querySelectorAll("body :has(> *)")]
  .filter((one) => getComputedStyle(one).contentVisibility === "auto")
  .filter((one) => !one.firstElementChild.checkVisibility({contentVisibilityAuto: true}))
  .flatMap((one) => [...one.classList])"""
ON_SCREEN = """() => [...document.querySelectorAll("main :is(a, h1, h2, p, label)")]
  .map((one) => [one.textContent.trim(), ...Object.values(one.getBoundingClientRect().toJSON()).map(Math.round)])
  .filter(([, x, y, width, height]) => width && height && y >= 0 && y < innerHeight)"""
WITH_CONTAINMENT = """() => [...document.querySelectorAll("body *")]
  .filter((one) => getComputedStyle(one).contentVisibility === "auto").length"""
FRAME = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
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


def telephone(open_browser, width=320, height=640, slowness=1):
    """A page on a telephone, whose processor may be so many times slower than this one."""
    page = open_browser(viewport={"width": width, "height": height}, is_mobile=True, has_touch=True)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slowness})
    return page


def without_fonts(route):
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace(*FONT_FACE))


@pytest.mark.parametrize("path", LEFT_OUT)
def test_the_first_frame_shows_what_the_screen_shows(open_browser, path):
    page = telephone(open_browser)
    session = page.context.new_cdp_session(page)
    session.send("Animation.enable")
    session.send("Animation.setPlaybackRate", {"playbackRate": 0})  # the first frame stays
    visit(page, path)
    page.evaluate("document.fonts.ready.then(() => true)")
    page.evaluate(FRAME)
    assert LEFT_OUT[path] in page.evaluate(LEFT_OUT_NOW)
    shown = page.evaluate(ON_SCREEN)
    session.send("Animation.setPlaybackRate", {"playbackRate": 1})
    page.evaluate(DRAWN)
    assert page.evaluate(LEFT_OUT_NOW) == []
    assert page.evaluate(ON_SCREEN) == shown


@pytest.mark.parametrize("path", LEFT_OUT)
@pytest.mark.parametrize(("width", "height"), TELEPHONES)
def test_the_rest_comes_at_once_and_nothing_moves(open_browser, path, width, height):
    page = telephone(open_browser, width, height)
    page.route("**/*.css", without_fonts)
    visit(page, path)
    page.evaluate(DRAWN)
    assert page.evaluate(WITH_CONTAINMENT) == 0
    assert page.evaluate(SHIFT) == 0


def test_on_a_desk_nothing_is_left_out(open_browser):
    page = open_browser(viewport={"width": 1280, "height": 800})
    visit(page, LONG[0])
    assert page.locator(".site-footer").evaluate("(one) => getComputedStyle(one).animationName") == "none"


@pytest.mark.parametrize("path", LONG)
@pytest.mark.parametrize("slowness", [1, 4])
def test_going_back_leads_to_the_same_place(open_browser, path, slowness):
    page = telephone(open_browser, slowness=slowness)
    for place in PLACES:
        visit(page, path)
        page.evaluate(DRAWN)
        page.evaluate("(place) => scrollTo(0, place * document.documentElement.scrollHeight)", place)
        page.evaluate(DRAWN)
        left = page.evaluate(IN_VIEW)
        visit(page, "/nl/contact/")
        page.go_back()
        page.evaluate(DRAWN)
        assert page.evaluate("performance.getEntriesByType('navigation')[0].type") == "back_forward"
        assert page.evaluate(IN_VIEW) == left


@pytest.mark.parametrize("slowness", [1, 4])
def test_an_address_with_a_place_leads_there(open_browser, slowness):
    page = telephone(open_browser, slowness=slowness)
    visit(page, LONG[0])
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
        visit(page, LONG[0] + anchor)
        page.evaluate(DRAWN)
        assert page.locator(anchor).evaluate(TOP) == top


def test_a_page_is_left_out_once(open_browser):
    page = telephone(open_browser)
    visit(page, LONG[0])
    page.evaluate(DRAWN)
    page.evaluate("() => { window.begun = 0; addEventListener('animationstart', () => { begun += 1; }); }")
    page.locator('.jumps a[href^="#"]').last.click()
    page.evaluate(DRAWN)
    page.go_back()
    page.evaluate(DRAWN)
    assert page.evaluate("[location.hash, begun]") == ["", 0]
