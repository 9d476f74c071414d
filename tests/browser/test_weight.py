"""What a first view of each kind of page weighs, with brotli: page, style, scripts, fonts, pictures and icons."""

import re
from collections import Counter

import pytest

from home.pictures import LIGHT
from tests.browser.steps import visit
from tests.browser.test_every_page import PUBLIC

MOST = 60_000  # bytes, headers included: an old telephone on a slow network has them in a second or so
TEXTS = ("article", "alliance", "privacy", "accessibility", "legal")
HEADERS = 600  # bytes that come with a picture: its headers, and its place in the page
TELEPHONE = {"viewport": {"width": 412, "height": 823}, "device_scale_factor": 1.75}
ICONS = """() => Promise.all([...document.querySelectorAll("link[rel~=icon], [rel=apple-touch-icon], [rel=manifest]")]
  .map((link) => fetch(link.href).then((answer) => answer.arrayBuffer())))"""
ANSWERS = {"/fr/trouver/": "mon mari me frappe", "/nl/vinden/": "mijn man slaat mij"}


class Scale:
    """Weighs what a browser without memory gets, by address."""

    def __init__(self, page):
        self.weights: Counter[str] = Counter()
        self.changing: list[str] = []  # static files that a browser would ask for again
        self._addresses: dict[str, str] = {}
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.responseReceived", self._begin)
        session.on("Network.loadingFinished", self._end)

    def _begin(self, event):
        answer = event["response"]
        self._addresses[event["requestId"]] = answer["url"]
        headers = {name.lower(): value for name, value in answer["headers"].items()}
        if "/static/" in answer["url"] and "immutable" not in headers["cache-control"]:
            self.changing.append(answer["url"])

    def _end(self, event):
        address = self._addresses.get(event["requestId"], "data:")
        if not address.startswith("data:"):
            self.weights[re.sub(r"^https?://[^/]+", "", address)] += int(event["encodedDataLength"])

    @property
    def total(self):
        return sum(self.weights.values())


def first_view(page, path, *, with_icons=True):
    """Load a page, with the icons that a browser may ask for beside it."""
    scale = Scale(page)
    visit(page, path)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready.then(() => true)")
    if with_icons:
        page.evaluate(ICONS)
    return scale


@pytest.mark.parametrize("kind", PUBLIC)
def test_a_first_view_is_light(open_browser, kind):
    for path in PUBLIC[kind]:
        scale = first_view(open_browser(**TELEPHONE), path)
        assert 10_000 < scale.total < MOST, (path, scale.total, scale.weights)
        assert scale.changing == []


@pytest.mark.parametrize("kind", TEXTS)
def test_a_text_leaves_room_for_a_picture_at_its_beginning(open_browser, kind):
    """Without the icons, for which a browser asks when somebody keeps the page."""
    for path in PUBLIC[kind]:
        scale = first_view(open_browser(**TELEPHONE), path, with_icons=False)
        assert scale.total + LIGHT + HEADERS < MOST, (path, scale.total, scale.weights)


@pytest.mark.parametrize("path", ANSWERS)
def test_the_finder_with_its_answer_is_light(open_browser, path):
    page = open_browser(**TELEPHONE)
    scale = first_view(page, path)
    with page.expect_response(re.compile("/(reponse|antwoord)/$")):
        page.fill("[name=words]", ANSWERS[path])
    page.wait_for_load_state("networkidle")
    assert scale.total < MOST, (scale.total, scale.weights)
