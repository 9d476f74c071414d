"""A worker finds the number of a counterpart, tells that one is missing, and everybody can use the pages."""

from django.urls import reverse
from django.utils.translation import override

from tests.browser.steps import follow, links, path_of, sign_in, visit
from tests.browser.test_every_page import check

PAGES = [("counterparts",), ("coverage",), ("phone_list", "sireas-sasb-fae"), ("directory_reports",)]
SUGGEST = ("suggest_counterpart", "juridique", "gammes")


def address(name, *arguments, language="fr"):
    with override(language):
        return reverse(f"members:{name}", args=arguments)


def tell_number(page, demo, role, number):
    """Somebody of the demo writes a work phone in the profile."""
    sign_in(page, demo, role, address("profile"))
    page.fill("[name=phone]", number)
    page.locator("[name=is_in_directory]").check()
    follow(page.locator("main form.form > button"))
    assert page.locator(".messages .notice").count() == 1


def test_every_page_can_be_used_by_everybody(page, demo):
    sign_in(page, demo, "delegue", address("counterparts"))
    person = page.locator(".counterpart__name a").first.get_attribute("href")
    paths = [address(*one, language=language) for one in (*PAGES, SUGGEST) for language in ("fr", "nl")]
    wrong = {path: check(page, path) for path in [*paths, person]}
    assert not any(wrong.values()), {path: found for path, found in wrong.items() if found}


def test_a_worker_finds_the_number_of_a_counterpart_in_two_clicks(open_browser, demo):
    tell_number(open_browser(), demo, "coordination", "02 123 45 67")
    page = open_browser()
    sign_in(page, demo, "membre")
    follow(links(page.locator(".member-bar"), address("counterparts")))  # the first
    entry = page.locator(".counterpart", has_text="Sacha Coordination")
    phone = entry.locator("a.phone")  # the second
    assert phone.is_visible()
    assert phone.get_attribute("href") == "tel:+3221234567"


def test_a_misspelt_name_finds_somebody_and_the_phone_keeps_the_card(open_browser, demo):
    page = open_browser(java_script_enabled=False, viewport={"width": 320, "height": 640})
    sign_in(page, demo, "membre", address("counterparts"))
    page.fill("[name=q]", "coordinaton sireas")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    follow(page.locator(".counterpart__name a", has_text="Sacha Coordination"))
    with page.expect_download() as expected:
        page.locator("main a[download]").click()
    card = expected.value.path().read_text()
    assert expected.value.suggested_filename.endswith(".vcf")
    assert "FN:Sacha Coordination" in card


def test_a_gap_is_told_and_the_delegate_answers_without_scripts(open_browser, demo):
    page = open_browser(java_script_enabled=False, viewport={"width": 320, "height": 640})
    sign_in(page, demo, "membre", address("coverage"))
    gap = address("suggest_counterpart", "juridique", "csd-bruxelles")
    follow(links(page.locator("main"), gap))
    page.fill("[name=message]", "Pour une question de droit au séjour.")
    follow(page.locator("main form.form > button"))
    assert path_of(page) == address("coverage")
    assert links(page.locator("main"), gap).count() == 0
    delegate = open_browser(java_script_enabled=False)
    sign_in(delegate, demo, "delegue")
    follow(links(delegate.locator("main"), address("directory_reports")))
    report = delegate.locator(".request", has_text="droit au séjour")
    follow(report.locator("form button").first)
    assert delegate.locator(".messages .notice").count() == 1
    visit(page, address("coverage"))
    assert links(page.locator("main"), gap).count() == 1
