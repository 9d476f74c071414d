"""The finder in a real browser: answers while one types, by keyboard, in Arabic, without scripts, and the way out."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.steps import has_visible_focus, visit
from tests.browser.test_every_page import AXE, DRAWN, RULES, TOO_WIDE, VIOLATIONS

ANSWER = re.compile(r"/(answer|reponse|antwoord)/$")
NEUTRAL = "https://www.meteo.be/**"
VIOLENCE = "mon mari me frappe"
HOUSEHOLD = "j'ai besoin d'une aide ménagère"


def type_words(page, words):
    """Type as a person does, key by key."""
    page.locator("[name=words]").press_sequentially(words, delay=5)


def answer(page):
    return page.locator(".finder-result")


@pytest.fixture
def watched(chromium, demo):
    """A browser that also knows the neutral site, without a look outside."""
    context = chromium.new_context(base_url=demo.url, ignore_https_errors=True)
    context.set_default_timeout(15_000)
    context.route(NEUTRAL, lambda route: route.fulfill(body="<title>Weather</title>", content_type="text/html"))
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", ["/fr/", "/fr/trouver/", "/nl/vinden/"])
def test_answers_appear_while_one_types(page, path):
    visit(page, path)
    type_words(page, VIOLENCE)
    expect(answer(page).locator(".finder-urgent .phone").first).to_have_text("112")
    expect(page.locator("form.finder [role=status]")).to_have_text(answer(page).get_attribute("data-says"))
    assert page.evaluate("document.activeElement.name") == "words"
    assert page.url.endswith(path)
    page.fill("[name=words]", "")
    expect(answer(page)).to_have_count(0)
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_a_late_answer_never_takes_the_place_of_a_newer_one(page):
    # As in a browser that cannot call a request back: only the order of the questions is left to go by.
    page.add_init_script("AbortController.prototype.abort = () => {}")
    visit(page, "/fr/trouver/")
    held = []

    def hold_the_first(route):
        if held:
            route.continue_()
        else:
            held.append(route)

    page.route(ANSWER, hold_the_first)
    page.fill("[name=words]", VIOLENCE)
    page.wait_for_timeout(600)
    assert held
    page.fill("[name=words]", HOUSEHOLD)
    link = answer(page).locator(".match__title a").first
    expect(link).to_have_attribute("href", "/fr/trouver/aide-quotidienne-domicile/")
    held[0].fulfill(body='<section class="finder-result" data-says="late">late</section>')
    page.wait_for_timeout(300)
    expect(link).to_have_attribute("href", "/fr/trouver/aide-quotidienne-domicile/")


def test_enter_answers_in_place_and_leads_the_keyboard_to_the_answer(page):
    visit(page, "/fr/")
    before = page.evaluate("history.length")
    page.focus("[name=words]")
    page.keyboard.type(VIOLENCE)
    page.keyboard.press("Enter")
    expect(page.locator("#answer")).to_be_focused()
    assert has_visible_focus(page)
    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("href") == "tel:112"
    assert has_visible_focus(page)
    assert page.url.endswith("/fr/")
    assert page.evaluate("history.length") == before


def test_an_empty_field_says_what_to_do(open_browser):
    page = open_browser()
    visit(page, "/fr/trouver/")
    with page.expect_response(ANSWER) as answered:
        page.press("[name=words]", "Enter")
    assert answered.value.status == 422
    expect(page.locator(".field--error .errorlist")).to_be_visible()
    assert page.get_attribute("[name=words]", "aria-describedby") == "finder_words_error"
    type_words(page, VIOLENCE)
    expect(answer(page)).to_be_visible()
    expect(page.locator(".field--error")).to_have_count(0)


def test_when_the_network_fails_the_form_is_sent_as_without_scripts(page):
    visit(page, "/fr/trouver/")
    page.fill("[name=words]", VIOLENCE)
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('no network')); }")
    page.press("[name=words]", "Enter")
    page.wait_for_url(ANSWER)
    expect(page.locator(".finder-urgent .phone").first).to_have_text("112")
    assert page.input_value("[name=words]") == VIOLENCE

    answer(page).locator(".match__title a").first.click()
    page.wait_for_url("**/violences-conjugales/")
    page.go_back()  # nothing is sent again
    page.wait_for_url("**/fr/trouver/")
    expect(page.locator("[name=words]")).to_have_value("")


def test_arabic_is_read_from_right_to_left(page):
    visit(page, "/fr/trouver/")
    assert page.locator("[name=words]").evaluate("one => getComputedStyle(one).direction") == "ltr"
    type_words(page, "زوجي يضربني")
    assert page.locator("[name=words]").evaluate("one => getComputedStyle(one).direction") == "rtl"
    expect(answer(page).locator(".finder-urgent .phone").first).to_have_text("112")


def test_coming_back_finds_nothing_of_what_was_typed(page):
    visit(page, "/fr/trouver/")
    type_words(page, VIOLENCE)
    page.locator("form.finder summary").click()
    page.select_option("[name=commune]", "ixelles")
    expect(answer(page)).to_contain_text("Ixelles")
    answer(page).locator(".match__title a").first.click()
    page.wait_for_url("**/violences-conjugales/")
    page.go_back()
    expect(page.locator("[name=words]")).to_have_value("")
    assert page.input_value("[name=commune]") == ""
    assert answer(page).count() == 0


@pytest.mark.parametrize("path", ["/fr/trouver/", "/fr/trouver/violences-conjugales/", "/nl/vinden/partnergeweld/"])
def test_escape_three_times_leaves_and_back_does_not_return(watched, path):
    page = watched
    visit(page, "/fr/alliance/")
    visit(page, path)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.url.endswith(path)
    page.keyboard.press("Escape")
    page.wait_for_url(NEUTRAL)
    assert page.url.endswith(path[1:3])
    page.go_back()
    page.wait_for_url("**/fr/alliance/")


def test_one_leaves_from_the_field_and_by_the_link(watched):
    page = watched
    visit(page, "/fr/")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_timeout(200)
    assert page.url.endswith("/fr/")  # nothing to hide yet
    type_words(page, VIOLENCE)
    expect(answer(page)).to_be_visible()
    page.locator(".leave__link").click()
    page.wait_for_url(NEUTRAL)
    visit(page, "/fr/trouver/")
    type_words(page, VIOLENCE)
    for _press in range(3):
        page.keyboard.press("Escape")
    page.wait_for_url(NEUTRAL)


def test_slow_escapes_and_the_menu_do_not_leave(open_browser):
    page = open_browser(viewport={"width": 320, "height": 640})
    visit(page, "/fr/trouver/")
    page.locator("details.menu summary").click()
    page.keyboard.press("Escape")
    expect(page.locator("details.menu nav")).not_to_be_visible()
    page.wait_for_timeout(1_100)
    page.keyboard.press("Escape")
    page.wait_for_timeout(1_100)
    page.keyboard.press("Escape")
    page.wait_for_timeout(200)
    assert page.url.endswith("/fr/trouver/")


def test_it_works_on_an_old_telephone_without_scripts(page_without_scripts):
    page = page_without_scripts
    visit(page, "/fr/")
    box = page.locator("form.finder button").bounding_box()
    assert box["y"] + box["height"] <= 640
    page.fill("[name=words]", f"{VIOLENCE} à Ixelles")
    page.locator("form.finder button").click()
    page.wait_for_url(ANSWER)
    assert page.locator(".finder-urgent .phone").first.is_visible()
    assert page.input_value("[name=words]") == f"{VIOLENCE} à Ixelles"
    page.mouse.wheel(0, 2000)
    leave = page.locator(".leave__link").bounding_box()
    assert leave["height"] >= 44
    assert 0 <= leave["y"] < 640
    assert page.context.cookies() == []


@pytest.mark.parametrize("words", [VIOLENCE, "pizza margherita", "Ixelles", f"{HOUSEHOLD} à Ixelles"])
@pytest.mark.parametrize(("path", "light"), [("/fr/", "light"), ("/nl/vinden/", "dark")])
def test_the_answers_are_accessible_and_fit_a_telephone(page, path, light, words):
    page.emulate_media(color_scheme=light, reduced_motion="reduce")
    page.set_viewport_size({"width": 320, "height": 800})
    visit(page, path)
    page.fill("[name=words]", words)
    expect(answer(page)).to_be_visible()
    page.evaluate(DRAWN)
    wrong = page.evaluate(TOO_WIDE)
    page.evaluate(AXE)
    wrong += page.evaluate(VIOLATIONS, {"runOnly": RULES, "resultTypes": ["violations"]})
    assert wrong == []
