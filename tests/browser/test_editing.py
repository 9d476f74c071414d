"""Editors and coordinators at work in the CMS, and what readers see of it."""

import secrets

import pytest

from tests.browser.steps import LOGIN, follow, links, path_of, sign_in, visit

NEWS, NIEUWS = "/fr/actualites/", "/nl/nieuws/"


@pytest.fixture
def editor(page, demo):
    """An editor's browser, in the CMS."""
    sign_in(page, demo, "editeur", "/admin/")
    return page


def publish(page):
    page.wait_for_timeout(1500)  # the CMS saves by itself a moment after the last key
    page.locator(".w-autosave-indicator__state--saving").wait_for(state="hidden")
    page.locator('footer [data-w-dropdown-target="toggle"]').click()
    follow(page.locator('footer [name="action-publish"]'))
    page.locator(".messages .success").first.wait_for()


def translate(page, texts):
    """Fill in the texts of a translation, in the order in which they stand."""
    for text in texts:
        page.get_by_role("button", name="Traduire", exact=True).first.click()
        page.locator("textarea:visible").fill(text)
        page.get_by_role("button", name="Enregistrer", exact=True).click()
        page.locator("textarea:visible").wait_for(state="detached")


def publish_translation(page):
    page.locator('footer [name="action"][value="publish"]').click()
    page.locator(".messages li").first.wait_for()


def test_an_article_appears_in_french_and_only_when_translated_in_dutch(editor, open_browser):
    name = f"Une porte ouverte {secrets.token_hex(3)}"
    path = f"{NEWS}{name.lower().replace(' ', '-')}/"
    assert editor.locator("html").get_attribute("lang") == "fr"
    visit(editor, "/admin/pages/search/?q=Actualit%C3%A9s")
    follow(editor.get_by_role("link", name="Actualités", exact=True).first)
    folder = editor.url.split("/")[-3]
    visit(editor, f"/admin/pages/{folder}/add_subpage/")
    editor.fill("[name=title]", name)
    editor.fill("[name=summary]", "Venez voir la maison.")
    publish(editor)

    reader = open_browser()
    visit(reader, NEWS)
    assert links(reader.locator("main"), path).is_visible()
    visit(reader, NIEUWS)
    in_dutch_list = links(reader.locator("main"), path)
    assert in_dutch_list.evaluate("element => element.closest('[lang]').lang") == "fr"
    visit(reader, path)
    assert reader.locator('header a[hreflang="nl"]').get_attribute("href") == NIEUWS

    visit(editor, "/admin/translations/")
    row = editor.locator("tr", has_text=name)
    follow(row.get_by_role("link", name="Traduire cette page"))
    editor.locator("main form [type=submit]").last.click()
    editor.get_by_role("button", name="Traduire", exact=True).first.wait_for()
    dutch = path.replace(NEWS, NIEUWS)
    assert open_browser().goto(dutch).status == 404
    publish_translation(editor)
    assert editor.locator(".messages .error").count() == 1
    assert open_browser().goto(dutch).status == 404, "nothing goes live untranslated"

    translate(editor, ["Een open deur", "Kom het huis bekijken."])
    publish_translation(editor)
    assert editor.locator(".messages .success").count() == 1
    reader = open_browser()
    visit(reader, NIEUWS)
    link = reader.get_by_role("link", name="Een open deur").first
    assert link.evaluate("element => element.closest('[lang]').lang") == "nl"
    link.click()
    reader.wait_for_url(f"**{NIEUWS}*/")
    assert reader.locator("main h1").inner_text() == "Een open deur"
    reader.locator('header a[hreflang="fr"]').click()
    reader.wait_for_url(f"**{path}")
    assert reader.locator("main h1").inner_text() == name


def change_number(editor, number):
    visit(editor, "/admin/snippets/members/association/")
    follow(editor.get_by_role("link", name="CSD Bruxelles", exact=True).first)
    editor.get_by_role("tab", name="Comment la joindre").click()
    field = editor.locator('[name="contact_points-0-value"]')
    before = field.input_value()
    field.fill(number)
    publish(editor)
    return before


def test_a_new_number_is_public_at_once_in_both_languages(editor, open_browser):
    before = change_number(editor, "02 555 01 23")
    try:
        for path in ("/fr/membres/csd-bruxelles/", "/nl/leden/csd-bruxelles/"):
            reader = open_browser()
            visit(reader, path)
            number = reader.locator('main a[href="tel:+3225550123"]').first
            assert number.is_visible()
            assert number.inner_text() == "02 555 01 23"
        visit(reader, "/nl/vinden/hulp-thuis/")
        assert reader.locator('main a[href="tel:+3225550123"]').count() >= 1
    finally:
        change_number(editor, before)
    reader = open_browser()
    visit(reader, "/fr/membres/csd-bruxelles/")
    assert reader.locator("main a.phone").first.inner_text() == before


def test_a_coordinator_writes_for_the_group_and_for_nobody_else(page, demo, open_browser):
    group = "/fr/espace/groupes/finances/"
    name = f"Le budget sans peur {secrets.token_hex(3)}"
    sign_in(page, demo, "coordination", group)
    follow(page.locator('main a[href^="/admin/pages/add/"]'))
    page.fill("[name=title]", name)
    page.fill("[name=summary]", "Trois feuilles de calcul pour commencer.")
    publish(page)
    path = f"{group}{name.lower().replace(' ', '-')}/"

    member = open_browser()
    sign_in(member, demo, "delegue", group)
    links(member.locator("main"), path).first.click()
    member.wait_for_url(f"**{path}")
    assert member.locator("main h1").inner_text() == name
    visitor = open_browser()
    visit(visitor, path)
    assert path_of(visitor).startswith(LOGIN)
    outsider = open_browser()
    sign_in(outsider, demo, "membre")
    assert visit(outsider, path).status in (403, 404)
    assert name not in outsider.locator("body").inner_text()


def test_a_coordinator_cannot_touch_another_group(page, demo, open_browser):
    sign_in(page, demo, "coordination", "/fr/espace/groupes/informatique-rgpd/")
    assert page.locator('main a[href^="/admin/pages/add/"]').count() == 0
    editor = open_browser()
    sign_in(editor, demo, "editeur", "/admin/")
    visit(editor, "/admin/pages/search/?q=Partager+un+outil")
    article = editor.locator('main a[href$="/edit/"]').first.get_attribute("href")
    assert visit(editor, article).status == 200
    answer = visit(page, article)
    assert answer.status == 403 or path_of(page) != article
    assert page.locator("[name=title]").count() == 0


def test_a_member_has_no_business_in_the_cms(page, demo):
    sign_in(page, demo, "membre")
    assert visit(page, "/admin/").status == 403
    assert page.locator("main h1").count() == 1
