"""The Content-Security-Policy of the CMS in a real browser: nothing is refused, and what it starts works.

Every journey fails on an error of the console, which a refusal is (conftest.py); here the pages of the CMS are opened
that no other journey opens. Wagtail's inline scripts start in another way here (home/inline_scripts.py).
"""

import pytest

from tests.browser.steps import sign_in, visit

PAGES = (
    "/admin/images/add/",
    "/admin/users/",
    "/admin/workflows/add/",
    "/admin/translations/",
    "/admin/reports/site-history/",
)
WAITING = "template[data-start]"  # what was not started


@pytest.fixture
def admin(page, demo):
    """An administrator's browser, in the CMS."""
    sign_in(page, demo, "admin", "/admin/")
    return page


def test_nothing_is_refused_in_the_cms(admin):
    for path in PAGES:
        assert visit(admin, path).status == 200, path
        admin.wait_for_load_state("networkidle")
        assert admin.locator(WAITING).count() == 0, path
    assert admin.locator(".xdsoft_datetimepicker").count() > 0  # the dates of the report


def test_a_page_is_chosen_in_a_window(admin):
    visit(admin, "/admin/redirects/add/")
    admin.locator("[data-chooser-action-choose]:visible").first.click()
    window = admin.locator(".modal .modal-content").last
    window.locator("a.choose-page").first.click()
    window.wait_for(state="detached")
    assert admin.locator("#id_redirect_page").input_value().isdigit()


def test_a_row_is_added_to_a_record(admin):
    visit(admin, "/admin/snippets/members/association/")
    admin.locator('main a[href*="/edit/"]').first.click()
    admin.wait_for_load_state("networkidle")
    rows = admin.locator("[id$=-FORMS] > *")
    before = rows.count()
    admin.locator("button[id$=-ADD]").first.evaluate("button => button.click()")
    assert rows.count() == before + 1
    assert admin.locator(WAITING).count() == 0
