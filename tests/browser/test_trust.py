"""Judging a tool before taking it: versions side by side, associations side by side, asking, selecting."""

from django.urls import reverse
from django.utils.translation import override

from tests.browser.steps import follow, links, path_of, sign_in, visit
from tests.browser.test_every_page import check

TOOL = "/fr/espace/bibliotheque/politique-de-teletravail/"


PAGES = [
    ("tool", "politique-de-teletravail"),
    ("compare", "politique-de-teletravail", 1, 2),
    ("types",),
    ("side_by_side", "reglement"),
    ("requests",),
    ("selection",),
    ("usage",),
    ("public_tools",),
]


def address(name, *arguments, language="fr"):
    with override(language):
        return reverse(f"library:{name}", args=arguments)


def test_every_page_can_be_used_by_everybody(page, demo):
    sign_in(page, demo, "delegue")
    paths = [address(*one, language=language) for one in PAGES for language in ("fr", "nl")]
    wrong = {path: check(page, path) for path in paths}
    assert not any(wrong.values()), {path: found for path, found in wrong.items() if found}


def test_what_changed_is_one_step_from_the_tool(page, demo):
    sign_in(page, demo, "membre", TOOL)
    follow(page.locator(".versions__compare a").first)
    assert page.locator(".comparison ins, .comparison del, [data-state]").count() > 0
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_permanent_link_is_copied(open_browser, demo):
    page = open_browser(permissions=["clipboard-read", "clipboard-write"])
    sign_in(page, demo, "membre", TOOL)
    page.locator("[data-copy]").click()
    page.wait_for_selector(".is-copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.input_value("#permanent")
    visit(page, copied)
    assert path_of(page) == TOOL


def test_a_gap_is_asked_for_and_answered_without_scripts(open_browser, demo):
    page = open_browser(java_script_enabled=False, viewport={"width": 320, "height": 640})
    sign_in(page, demo, "editeur", "/fr/espace/bibliotheque/reglement-de-travail-csd/")  # few have rules
    follow(links(page.locator("main"), page.locator(".eyebrow a").get_attribute("href")).first)
    gap = page.locator("details.ask").first
    gap.locator("summary").click()
    gap.locator("textarea").fill("Pour préparer notre réunion.")
    follow(gap.locator("button"))
    assert page.locator(".messages .notice").count() == 1
    follow(page.locator('main a[href*="#request-"]').first)
    assert "Pour préparer notre réunion." in page.locator("main").inner_text()
    follow(page.locator(".request form button").first)
    assert page.locator(".messages .notice").count() == 1


def test_tools_are_selected_and_come_in_one_zip(page, demo):
    sign_in(page, demo, "coordination", TOOL)
    follow(page.locator(".tool-actions button[name=add]"))
    assert page.locator(".tool-actions button[name=remove]").count() == 1
    follow(links(page.locator(".library-bar"), address("selection")))
    with page.expect_download() as expected:
        page.locator("main a[download]").first.click()
    assert expected.value.suggested_filename.endswith(".zip")
    assert expected.value.path().read_bytes().startswith(b"PK")


def test_the_numbers_are_a_plot_and_a_table(page, demo):
    sign_in(page, demo, "delegue", TOOL)
    follow(links(page.locator(".library-bar"), address("usage")))
    assert page.locator("svg.chart .chart__column").count() == 12
    assert page.locator(".usage__table tbody tr").count() == 12
