"""Writing to the alliance."""

from tests.browser.steps import follow, visit

ASKED = ("name", "email", "subject", "message")
LETTER = {
    "name": "Ana de la Cruz",
    "email": "ana@example.be",
    "subject": "Une question sur la charte",
    "message": "Bonjour,\npouvons-nous vous rejoindre ?",
}


def send(page):
    follow(page.locator("form[method=post] button"))


def test_nothing_is_lost_and_each_field_says_what_it_lacks(page_without_scripts):
    page = page_without_scripts
    visit(page, "/fr/contact/")
    page.fill("[name=message]", LETTER["message"])
    page.fill("[name=email]", "ana@")
    send(page)
    assert page.locator("[role=alert]").first.is_visible()
    for name in ("name", "email", "subject"):
        field = page.locator(f"[name={name}]")
        assert field.get_attribute("aria-invalid") == "true", name
        described = field.get_attribute("aria-describedby").split()
        said = " ".join(page.locator(f"#{one}").inner_text() for one in described)
        assert len(said) > 10, name
        shown = [page.locator(f"#{one}") for one in described if "error" in one]
        assert shown, name
        assert shown[0].is_visible(), name
    assert page.input_value("[name=message]").replace("\r", "") == LETTER["message"]
    assert page.input_value("[name=email]") == "ana@"
    assert page.context.cookies() == []


def test_a_message_is_sent_and_thanked_for_without_a_cookie(page, demo):
    visit(page, "/fr/contact/")
    for name in ASKED:
        page.fill(f"[name={name}]", LETTER[name])
    send(page)
    page.wait_for_url("**/fr/contact/?sent=1")
    assert page.locator("main h1").count() == 1
    assert page.locator("[name=message]").count() == 0
    assert page.context.cookies() == []
    page.wait_for_timeout(500)
    assert LETTER["subject"] in demo.mails()
    assert "pouvons-nous vous rejoindre" in demo.mails()
    page.reload()
    assert demo.mails().count("pouvons-nous vous rejoindre") == 1


def test_people_never_meet_the_field_for_programs(page):
    visit(page, "/nl/contact/")
    trap = page.locator("[name=company_website]")
    assert trap.count() == 1
    assert not trap.is_visible()
    assert page.get_by_role("textbox").count() == len(ASKED)
    page.locator("[name=name]").focus()
    for name in ASKED[1:]:
        page.keyboard.press("Tab")
        assert page.locator(":focus").get_attribute("name") == name
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("[aria-invalid=true]").first.wait_for()
    assert page.locator("[aria-invalid=true]").count() == len(ASKED)
