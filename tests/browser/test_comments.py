"""A member comments an article, the coordination answers, a colleague is named; with and without JavaScript."""

import pytest

from tests.browser.steps import follow, has_visible_focus, mailed_link, sign_in, visit
from tests.browser.test_every_page import AXE, RULES, VIOLATIONS, check

ARTICLE = "/fr/espace/groupes/ressources-humaines/preparer-entretien-annuel/"
IN_DUTCH = "/nl/ruimte/groepen/personeel/jaargesprek-voorbereiden/"
STOP = r"https?://\S+/private/\S+/conversation/"


def comment_of(page, text):
    """The comment with these words."""
    return page.locator(".comment", has_text=text).last


def say(page, text):
    """Fill the form that is open, and send it."""
    page.fill("[name=text]", text)
    follow(page.locator(".comment-form .button"))


def test_a_comment_is_answered_corrected_and_removed_without_scripts(page_without_scripts, open_browser, demo):
    page = page_without_scripts
    sign_in(page, demo, "membre", ARTICLE)
    page.fill("[name=text]", "")
    follow(page.locator(".comment-form .button"))
    assert page.locator(".comment-form:target [aria-invalid=true]").is_visible()
    say(page, "Quand envoyer la grille ?")
    assert "Camille Membre" in page.locator(".comment:target h3").inner_text()
    assert "15" in page.locator(".comment:target [role=status]").inner_text()

    coordinator = open_browser(java_script_enabled=False)
    sign_in(coordinator, demo, "coordination", ARTICLE)
    follow(comment_of(coordinator, "Quand envoyer la grille").locator(".comment__acts a").first)
    say(coordinator, "Une semaine avant, @Camille Membre.")
    name = coordinator.locator(".comment:target .comment__name")
    assert name.inner_text() == "@Camille Membre"
    assert name.get_attribute("href").startswith("/fr/espace/annuaire/")

    visit(page, ARTICLE)
    answer = page.locator(".comments--answers .comment", has_text="Une semaine avant")
    assert answer.is_visible()
    follow(comment_of(page, "Quand envoyer la grille").locator("a[href*='/comment'][href$='/']"))
    assert page.input_value("[name=text]") == "Quand envoyer la grille ?"
    say(page, "Quand envoyer la grille et à qui ?")

    own = comment_of(page, "Quand envoyer la grille et à qui")
    own.locator(".comment__remove summary").click()
    follow(own.locator(".comment__remove .button"))
    assert page.locator(".comment__text", has_text="Quand envoyer").count() == 0
    assert answer.is_visible()


def test_a_colleague_is_named_by_keyboard(page, demo):
    sign_in(page, demo, "membre", ARTICLE)
    text = page.locator("[name=text]")
    text.focus()
    page.keyboard.type("Demandons à @saCHa")
    page.locator("[role=option]").first.wait_for()
    assert page.locator("[role=option][aria-selected=true]").count() == 0
    page.keyboard.press("ArrowDown")
    option = page.locator("[role=option][aria-selected=true]")
    assert text.get_attribute("aria-activedescendant") == option.get_attribute("id")
    assert "Sacha Coordination" in option.inner_text()
    assert "1" in page.locator(".comment-form [role=status]").inner_text()
    page.keyboard.press("Enter")
    assert page.input_value("[name=text]") == "Demandons à @Sacha Coordination "
    assert page.locator("[role=listbox]").is_hidden()
    page.keyboard.type("et @ro")
    page.locator("[role=option]").first.wait_for()
    page.keyboard.press("Escape")
    assert page.locator("[role=listbox]").is_hidden()
    assert page.input_value("[name=text]").endswith("et @ro")
    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("name") == "language"
    assert has_visible_focus(page)
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(".comment:target .comment__name").all_inner_texts() == ["@Sacha Coordination"]


def test_enter_is_a_new_line_and_the_list_closes_where_the_cursor_leaves_the_name(page, demo):
    sign_in(page, demo, "membre", ARTICLE)
    options, listed = page.locator("[role=option]"), page.locator("[role=listbox]")
    page.locator("[name=text]").focus()
    page.keyboard.type("Bonjour @sa")
    options.first.wait_for()
    page.keyboard.press("Enter")
    assert page.input_value("[name=text]") == "Bonjour @sa\n"
    assert listed.is_hidden()
    page.keyboard.type("et @sa")
    options.first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    assert listed.is_hidden()
    assert page.input_value("[name=text]") == "Bonjour @sa\n\net @sa"


def test_the_letter_leads_to_the_comment_and_out_of_the_conversation(page, open_browser, demo):
    sign_in(page, demo, "coordination", ARTICLE)
    say(page, "Qui a une grille, @Noor Référence ?")
    number = page.url.rsplit("#", 1)[1]

    # The log of the demo is read as quoted-printable, in which "=10" is a sign and no number.
    assert mailed_link(demo, "delegue@", rf"https?://\S+{ARTICLE}\?comment\S+#{number}")
    stop = mailed_link(demo, "delegue@", STOP)

    reader = open_browser()
    sign_in(reader, demo, "delegue", f"{ARTICLE}?comment={number.removeprefix('comment-')}#{number}")
    assert "Qui a une grille" in reader.locator(".comment:target").inner_text()
    stranger = open_browser(java_script_enabled=False)
    visit(stranger, f"/{stop.split('/', 3)[3]}")
    follow(stranger.locator("main form button"))
    assert stranger.locator("[data-state=done]").is_visible()
    assert stranger.context.cookies() == []
    reader.reload()
    assert reader.locator(".conversation__letters [value=yes]").is_visible()


@pytest.mark.parametrize("path", [ARTICLE, IN_DUTCH])
def test_every_conversation_can_be_used_by_everybody(page, demo, path):
    sign_in(page, demo, "coordination", ARTICLE)
    say(page, f"Une remarque avec un lien : https://www.example.org/{'tres-long/' * 12} @Camille Membre")
    answer = page.locator(".comment:target .comment__acts a").first.get_attribute("href").split("?")[1]
    assert check(page, f"{path}?{answer}") == []
    assert check(page, path) == []


def test_suggestions_are_told_to_everybody(page, demo):
    """The list of names while it is open."""
    sign_in(page, demo, "membre", ARTICLE)
    page.locator("[name=text]").focus()
    page.keyboard.type("@ca")
    page.locator("[role=option]").first.wait_for()
    page.evaluate(AXE)
    assert page.evaluate(VIOLATIONS, {"runOnly": RULES, "resultTypes": ["violations"]}) == []
