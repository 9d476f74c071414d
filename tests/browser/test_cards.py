"""A social worker prints a card and hands it over."""

import re

import pytest

from tests.browser.steps import path_of, visit

# Those with the most to say: many help lines, many associations, long ways to start.
LONGEST = [
    "/fr/trouver/violences-conjugales/",
    "/fr/trouver/excision-risque/",
    "/fr/trouver/retour-hopital-coordination/",
    "/fr/trouver/aidant-proche-epuise/",
    "/fr/trouver/emploi-formation/",
    "/fr/membres/csd-bruxelles/",
    "/fr/membres/sireas-sasb-fae/",
]
WIDER = "found => found.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.outerHTML)"


def pages(pdf):
    """The size of every page of a PDF, in millimetres."""
    boxes = re.findall(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]", pdf)
    return [tuple(round(float(side) / 72 * 25.4) for side in box) for box in boxes]


@pytest.mark.parametrize("url", LONGEST)
def test_the_longest_cards_fit_on_their_paper(page, url):
    sizes = {}
    for language, paper in (("both", "a6"), ("both", "a4"), ("fr", "a6"), ("nl", "a4")):
        visit(page, f"{url}carte/?language={language}&paper={paper}")
        sizes[language, paper] = pages(page.pdf(prefer_css_page_size=True))
    assert sizes == {
        ("both", "a6"): [(105, 148), (105, 148)],
        ("both", "a4"): [(297, 210)],
        ("fr", "a6"): [(105, 148)],
        ("nl", "a4"): [(210, 297)],
    }


def test_a_card_is_chosen_and_printed(page):
    page.add_init_script("window.print = () => { window.printed = true }")
    visit(page, "/fr/trouver/aide-quotidienne-domicile/")
    page.locator('main a[href$="/carte/"]').click()
    page.wait_for_url("**/carte/")
    page.locator('.choices a[href*="language=both"]').click()
    page.wait_for_url("**language=both**")
    page.locator('.choices a[href*="paper=a4"]').click()
    page.wait_for_url("**paper=a4")
    assert path_of(page) == "/fr/trouver/aide-quotidienne-domicile/carte/?language=both&paper=a4"
    assert [sheet.get_attribute("lang") for sheet in page.locator(".sheet").all()] == ["fr", "nl"]
    page.locator("[data-print]").click()
    assert page.evaluate("window.printed")


def test_only_the_card_is_printed_black_on_white(open_browser):
    page = open_browser(color_scheme="dark")
    visit(page, "/fr/trouver/violences-conjugales/carte/")
    page.emulate_media(media="print")
    for hidden in (".site-header", ".site-footer", ".breadcrumbs", ".leave", "h1", ".choices >> nth=0", ".button"):
        assert not page.locator(hidden).first.is_visible()
    style = "one => [getComputedStyle(one).color, getComputedStyle(one).backgroundColor]"
    assert page.locator(".sheet").evaluate(style) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    assert page.locator(".sheet .phone").first.evaluate(style)[0] == "rgb(0, 0, 0)"


def test_without_scripts_the_card_is_read_on_a_telephone(page_without_scripts):
    page = page_without_scripts
    visit(page, "/nl/vinden/hulp-thuis/kaart/")
    assert not page.locator("[data-print]").is_visible()
    assert page.locator(".sheet .phone").first.is_visible()
    assert page.locator("html, .sheet, .sheet :is(section, header, ul, blockquote)").evaluate_all(WIDER) == []
