"""One site in two languages: the same page is always one step away."""

import pytest

from tests.browser.steps import links, path_of, visit

PAIRS = {
    "home": ("/fr/", "/nl/"),
    "need": ("/fr/trouver/violences-conjugales/", "/nl/vinden/partnergeweld/"),
    "association": ("/fr/membres/gams-belgique/", "/nl/leden/gams-belgique/"),
    "article": ("/fr/actualites/projet-lama-equipes-mobiles/", "/nl/nieuws/projet-lama-mobiele-teams/"),
}
ONLY_DUTCH = "/nl/nieuws/welk-nummer-belt-u/"
ONLY_FRENCH = "/fr/actualites/csd-bruxelles-quarante-ans/"


def switch(page, language):
    page.locator(f'header a[hreflang="{language}"]').click()
    page.wait_for_url(f"**/{language}/**")


@pytest.mark.parametrize("kind", PAIRS)
def test_the_switcher_leads_to_the_same_page_and_back(page, kind):
    french, dutch = PAIRS[kind]
    visit(page, french)
    assert page.locator("html").get_attribute("lang") == "fr"
    link = page.locator('header a[hreflang="nl"]')
    assert link.get_attribute("lang") == "nl"
    assert link.inner_text().strip() == "Nederlands"
    switch(page, "nl")
    assert path_of(page) == dutch
    assert page.locator("html").get_attribute("lang") == "nl"
    switch(page, "fr")
    assert path_of(page) == french
    assert page.context.cookies() == []


def test_the_switcher_leads_from_a_filtered_list_to_the_whole_one(page):
    visit(page, "/fr/membres/?audience=aines")
    switch(page, "nl")
    assert path_of(page) == "/nl/leden/"


@pytest.mark.parametrize(
    ("path", "other", "near", "note"),
    [
        (ONLY_FRENCH, "nl", "/nl/nieuws/", "nog niet vertaald"),
        (ONLY_DUTCH, "fr", "/fr/actualites/", "pas encore traduit"),
    ],
)
def test_an_article_that_is_not_translated_says_so(page, path, other, near, note):
    visit(page, path)
    link = page.locator(f'header a[hreflang="{other}"]')
    assert link.get_attribute("href") == near
    assert len(link.inner_text().split()) > 1, "it says that there is no translation"
    assert note in " ".join(link.inner_text().lower().split())
    assert page.locator(f'head link[hreflang="{other}"]').count() == 0


@pytest.mark.parametrize(
    ("listing", "article", "spoken"),
    [("/fr/actualites/", ONLY_DUTCH, "nl"), ("/nl/nieuws/", ONLY_FRENCH, "fr")],
)
def test_a_list_marks_what_is_in_the_other_language(page, listing, article, spoken):
    visit(page, listing)
    link = links(page.locator("main"), article)
    assert link.evaluate("element => element.closest('[lang]').lang") == spoken
    own = page.locator(f'main h2 a[href^="{listing}"]').first
    assert own.evaluate("element => element.closest('[lang]').lang") == listing[1:3]


def test_the_browsers_language_decides_where_the_front_door_leads(open_browser):
    for locale, expected in (("nl-BE", "/nl/"), ("fr-BE", "/fr/"), ("de-DE", "/fr/")):
        page = open_browser(locale=locale)
        visit(page, "/")
        assert path_of(page) == expected
        assert page.context.cookies() == []


def test_a_missing_page_speaks_the_language_of_its_address(page):
    for language, other in (("fr", "nl"), ("nl", "fr")):
        answer = visit(page, f"/{language}/cela-n-existe-pas/")
        assert answer.status == 404
        assert page.locator("html").get_attribute("lang") == language
        assert page.locator(f'header a[hreflang="{other}"]').is_visible()
        assert page.locator("main h1").count() == 1
