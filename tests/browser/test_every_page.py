"""Every kind of page, in both languages, light and dark, on a telephone and on a desk."""

from pathlib import Path

import axe_playwright_python
import pytest

from tests.browser.steps import has_visible_focus, sign_in, visit

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
VIOLATIONS = """async (options) => (await axe.run(document, options)).violations.map(
  (found) => `${found.id}: ${found.nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`)"""
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] : ["scrolls sideways",
  ...[...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
  .map((one) => one.outerHTML.slice(0, 120)).slice(0, 3)]"""
# Letters and colours come with the frames after the page.
DRAWN = """() => Promise.allSettled([document.fonts.ready, ...document.getAnimations().map((a) => a.finished)]).then(
  () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))"""
# What a page looks like does not depend on its language, so that each is read in one light: this spares half the time.
LIGHT = {"fr": "light", "nl": "dark"}

PUBLIC = {
    "home": ("/fr/", "/nl/"),
    "find help": ("/fr/trouver/", "/nl/vinden/"),
    "urgent need": ("/fr/trouver/violences-conjugales/", "/nl/vinden/partnergeweld/"),
    "need": ("/fr/trouver/aide-quotidienne-domicile/", "/nl/vinden/hulp-thuis/"),
    "card of a need": (
        "/fr/trouver/violences-conjugales/carte/?language=both",
        "/nl/vinden/partnergeweld/kaart/?language=both&paper=a4",
    ),
    "associations": ("/fr/membres/", "/nl/leden/"),
    "nothing found": (
        "/fr/membres/?audience=femmes-excision&help=addictions",
        "/nl/leden/?audience=femmes-excision&help=verslaving",
    ),
    "association": ("/fr/membres/csd-bruxelles/", "/nl/leden/csd-bruxelles/"),
    "card of an association": ("/fr/membres/csd-bruxelles/carte/", "/nl/leden/csd-bruxelles/kaart/?paper=a4"),
    "news": ("/fr/actualites/", "/nl/nieuws/"),
    "article": ("/fr/actualites/projet-lama-equipes-mobiles/", "/nl/nieuws/projet-lama-mobiele-teams/"),
    "alliance": ("/fr/alliance/", "/nl/alliantie/"),
    "charter": ("/fr/charte/", "/nl/charter/"),
    "contact": ("/fr/contact/", "/nl/contact/"),
    "thank you": ("/fr/contact/?sent=1", "/nl/contact/?sent=1"),
    "privacy": ("/fr/vie-privee/", "/nl/privacy/"),
    "accessibility": ("/fr/accessibilite/", "/nl/toegankelijkheid/"),
    "legal": ("/fr/mentions-legales/", "/nl/wettelijke-vermeldingen/"),
    "site map": ("/fr/plan-du-site/", "/nl/overzicht/"),
    "missing": ("/fr/nulle-part/", "/nl/nergens/"),
}
SIGNING_IN = {
    "sign in": ("/fr/compte/login/", "/nl/account/login/"),
    "forgotten password": ("/fr/compte/password/reset/", "/nl/account/password/reset/"),
}
FOR_MEMBERS = {
    "dashboard": ("/fr/espace/", "/nl/ruimte/"),
    "library": ("/fr/espace/bibliotheque/", "/nl/ruimte/bibliotheek/"),
    "tool": ("/fr/espace/bibliotheque/registre-rgpd/", "/nl/ruimte/bibliotheek/registre-rgpd/"),
    "groups": ("/fr/espace/groupes/", "/nl/ruimte/groepen/"),
    "group": ("/fr/espace/groupes/ressources-humaines/", "/nl/ruimte/groepen/personeel/"),
    "group article": (
        "/fr/espace/groupes/ressources-humaines/preparer-entretien-annuel/",
        "/nl/ruimte/groepen/personeel/jaargesprek-voorbereiden/",
    ),
    "profile": ("/fr/espace/profil/", "/nl/ruimte/profiel/"),
    "invitations": ("/fr/espace/invitations/", "/nl/ruimte/uitnodigingen/"),
    "second factor": ("/fr/compte/2fa/", "/nl/account/2fa/"),
    "sessions": ("/fr/compte/sessions/", "/nl/account/sessions/"),
    "e-mail": ("/fr/compte/email/", "/nl/account/email/"),
    "password": ("/fr/compte/password/change/", "/nl/account/password/change/"),
    "sign out": ("/fr/compte/logout/", "/nl/account/logout/"),
}


def check(page, path):
    """What holds for every page; gives what does not."""
    language = path[1:3]
    page.emulate_media(color_scheme=LIGHT[language], reduced_motion="reduce")
    page.set_viewport_size({"width": 320, "height": 800})
    assert visit(page, path).status in (200, 404), path
    wrong = []
    if page.locator("html").get_attribute("lang") != language:
        wrong.append("does not say its language")
    if page.locator("h1").count() != 1:
        wrong.append("has not one h1")
    page.evaluate(DRAWN)
    wrong += page.evaluate(TOO_WIDE)
    page.evaluate(AXE)
    page.locator("details.menu summary").click()
    wrong += ["menu " + one for one in page.evaluate(VIOLATIONS, {"runOnly": ["color-contrast", "target-size"]})]
    page.set_viewport_size({"width": 1280, "height": 800})
    page.evaluate(DRAWN)
    wrong += page.evaluate(TOO_WIDE)
    return wrong + page.evaluate(VIOLATIONS, {"runOnly": RULES, "resultTypes": ["violations"]})


@pytest.mark.parametrize("kind", PUBLIC | SIGNING_IN)
def test_a_page_for_everybody(page, kind):
    wrong = {path: check(page, path) for path in (PUBLIC | SIGNING_IN)[kind]}
    assert not any(wrong.values()), wrong
    if kind in PUBLIC:
        assert page.context.cookies() == []


def test_pages_for_members(page, demo):
    sign_in(page, demo, "delegue")
    wrong = {path: check(page, path) for pair in FOR_MEMBERS.values() for path in pair}
    assert not any(wrong.values()), {path: found for path, found in wrong.items() if found}


@pytest.mark.parametrize("kind", ["home", "urgent need", "associations", "contact"])
def test_the_keyboard_begins_with_the_content_and_shows_where_it_is(page, kind):
    for path in PUBLIC[kind]:
        visit(page, path)
        page.keyboard.press("Tab")
        assert page.locator(":focus").get_attribute("href") == "#content"
        assert page.locator(":focus").is_visible()
        assert has_visible_focus(page)
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "content"
        for _step in range(4):
            page.keyboard.press("Tab")
            assert page.locator("main :focus").count() == 1
            assert has_visible_focus(page), page.locator(":focus").evaluate("one => one.outerHTML")


def test_the_menu_of_a_telephone_works_by_keyboard(open_browser):
    page = open_browser(viewport={"width": 320, "height": 640})
    visit(page, "/fr/")
    button = page.locator("details.menu summary")
    button.focus()
    assert has_visible_focus(page)
    page.keyboard.press("Enter")
    entry = page.locator('details.menu a[href="/fr/membres/"]')
    assert entry.is_visible()
    page.keyboard.press("Tab")
    assert page.locator("details.menu a:focus").count() == 1
    page.keyboard.press("Escape")
    assert not entry.is_visible()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Enter")
    entry.press("Enter")
    page.wait_for_url("**/fr/membres/")


def test_the_menu_of_a_telephone_works_without_scripts(page_without_scripts):
    page = page_without_scripts
    visit(page, "/nl/")
    page.locator("details.menu summary").click()
    page.locator('details.menu a[href="/nl/leden/"]').click()
    page.wait_for_url("**/nl/leden/")
