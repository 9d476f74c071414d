"""A worker of an association: sign in, take a document, sign out."""

from tests.browser.steps import (
    LOGIN,
    fill_login,
    follow,
    has_visible_focus,
    links,
    path_of,
    sign_in,
    sign_in_anew,
    visit,
)

LIBRARY = "/fr/espace/bibliotheque/"


def test_the_member_area_asks_to_sign_in_and_comes_back(page, demo):
    visit(page, LIBRARY)
    assert path_of(page).startswith(f"{LOGIN}?next=")
    fill_login(page, "membre@demo.otonom.test", demo.password)
    page.wait_for_url(f"**{LIBRARY}")
    assert page.locator("main h1").count() == 1


def test_what_is_wrong_with_signing_in_does_not_tell_who_has_an_account(open_browser):
    said = []
    for email in ("gestion@demo.otonom.test", "membre@demo.otonom.test"):
        page = open_browser()
        visit(page, LOGIN)
        fill_login(page, email, "not-the-password")
        assert path_of(page) == LOGIN
        said.append(page.locator("main [role=alert]:visible").inner_text())
        assert page.input_value("[name=login]") == email
        assert page.input_value("[name=password]") == ""
    assert said[0]
    assert said[0] == said[1]


def test_the_dashboard_leads_to_everything(page, demo):
    sign_in(page, demo, "membre")
    main = page.locator("main")
    assert "Camille" in main.locator("h1").inner_text()
    assert main.locator('a[href^="/fr/espace/groupes/ressources-humaines/"]').count() >= 1
    assert main.locator(f'a[href^="{LIBRARY}"]').count() >= 1
    for path in (LIBRARY, "/fr/espace/groupes/", "/fr/espace/profil/"):
        assert links(page, path).first.is_visible()
    assert page.locator('a[href="/admin/"]').count() == 0
    assert page.locator('a[href="/fr/espace/invitations/"]').count() == 0


def test_the_library_is_narrowed_and_gives_the_file(page, demo):
    sign_in(page, demo, "membre", LIBRARY)
    results = page.locator(".search-place")
    page.select_option("[name=type]", "registre")
    page.wait_for_url("**type=registre")
    page.select_option("[name=language]", "fr")
    page.wait_for_url("**type=registre&**language=fr")
    assert page.input_value("[name=type]") == "registre"
    assert page.input_value("[name=language]") == "fr"
    facts = results.locator(".tool-item__facts").all_inner_texts()
    assert facts
    assert all(fact.startswith("Registre") and "français" in fact for fact in facts)
    links(results, f"{LIBRARY}registre-rgpd/").click()
    page.wait_for_url("**/registre-rgpd/")
    with page.expect_download() as expected:
        page.locator("main a[download]").first.click()
    name = expected.value.suggested_filename
    assert name == "registre-rgpd.xlsx"
    content = expected.value.path().read_bytes()
    assert content.startswith(b"PK")
    assert b"xl/workbook.xml" in content


def test_a_file_without_signing_in_leads_to_the_sign_in_page(page, demo):
    sign_in(page, demo, "membre", f"{LIBRARY}registre-rgpd/")
    file = page.locator("main a[download]").first.get_attribute("href")
    page.context.clear_cookies()
    assert page.request.get(file).url.split("?")[0].endswith(LOGIN)


def test_signing_out_ends_it_and_leaves_nothing_behind(page, demo):
    sign_in_anew(page, demo, "membre")
    answer = visit(page, LIBRARY)
    assert "no-store" in answer.headers["cache-control"]
    links(page, "/fr/compte/logout/").first.click()
    page.wait_for_url("**/fr/compte/logout/")
    follow(page.locator('main form[action="/fr/compte/logout/"] button'))
    assert not any(cookie["name"].endswith("sessionid") for cookie in page.context.cookies())
    page.go_back()
    page.go_back()
    assert page.locator(f'main a[href^="{LIBRARY}"]').count() == 0
    visit(page, LIBRARY)
    assert path_of(page).startswith(LOGIN)


def test_the_filters_work_by_keyboard_alone(page, demo):
    sign_in(page, demo, "membre", LIBRARY)
    page.locator("[name=type]").focus()
    for name in ("theme", "association", "group", "language", "year", "format", "sort"):
        page.keyboard.press("Tab")
        assert page.locator(":focus").get_attribute("name") == name
        assert has_visible_focus(page)
    page.locator("[name=type]").focus()
    page.keyboard.press("ArrowDown")
    page.wait_for_url("**type=*")
    assert page.locator(":focus").get_attribute("name") == "type"
    assert page.input_value("[name=type]") != ""


def test_the_profile_is_kept_and_says_what_is_wrong(page, demo):
    sign_in(page, demo, "membre", "/fr/espace/profil/")
    page.fill("[name=phone]", "appelez-moi")
    page.fill("[name=ask_me_about]", "Les horaires coupés")
    follow(page.locator("main form button"))
    phone = page.locator("[name=phone]")
    assert phone.get_attribute("aria-invalid") == "true"
    assert page.input_value("[name=ask_me_about]") == "Les horaires coupés"
    phone.fill("02 123 45 67")
    follow(page.locator("main form button"))
    page.reload()
    assert page.input_value("[name=phone]") == "02 123 45 67"
    assert page.input_value("[name=ask_me_about]") == "Les horaires coupés"
