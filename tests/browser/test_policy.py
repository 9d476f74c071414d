"""The Content-Security-Policy of the CMS, and of the pages that members use, in a real browser: nothing is refused.

Every journey fails on an error of the console, which a refusal is (conftest.py); here the pages of the CMS are opened
that no other journey opens, and what they open in turn.
"""

import pytest

from tests.browser.steps import sign_in, visit

LISTS = (
    "/admin/",
    "/admin/pages/",
    "/admin/images/",
    "/admin/images/add/",
    "/admin/redirects/",
    "/admin/redirects/add/",
    "/admin/reports/site-history/",
    "/admin/reports/aging-pages/",
    "/admin/users/",
    "/admin/users/new/",
    "/admin/groups/",
    "/admin/collections/",
    "/admin/workflows/list/",
    "/admin/workflows/add/",
    "/admin/locales/",
    "/admin/account/",
    "/admin/guide/",
    "/admin/translations/",
    "/admin/styleguide/",
)


@pytest.fixture
def admin(page, demo):
    """An administrator's browser, in the CMS."""
    sign_in(page, demo, "admin", "/admin/")
    return page


def test_the_lists_and_forms_of_the_cms(admin):
    for path in LISTS:
        assert visit(admin, path).status == 200, path
        admin.wait_for_load_state("networkidle")


def test_every_kind_of_record_and_its_choosers(admin):
    """The first record of every kind, its history, and each window that its form opens to choose from."""
    visit(admin, "/admin/")
    kinds = admin.evaluate("JSON.parse(document.querySelector('#wagtail-sidebar-props').textContent)")
    addresses = sorted(set(snippets(kinds)))
    assert len(addresses) > 10
    for address in addresses:
        visit(admin, address)
        edit = admin.locator('main a[href*="/edit/"]')
        if edit.count():
            visit(admin, edit.first.get_attribute("href"))
            choose_everywhere(admin)


def snippets(part):
    """Every address of a list of records in the menu of the CMS."""
    if isinstance(part, dict):
        yield from (value for key, value in part.items() if key == "url" and "/snippets/" in str(value))
        part = list(part.values())
    if isinstance(part, list):
        for inner in part:
            yield from snippets(inner)


def choose_everywhere(page):
    """Open each window of choosing, look for something, and take the first that is offered."""
    for chooser in page.locator("[data-chooser-action-choose]:visible").all()[:3]:
        chooser.click()
        window = page.locator(".modal.in, .modal.show").last
        window.wait_for()
        page.wait_for_load_state("networkidle")
        choice = window.locator("a[data-chooser-modal-choice]")
        if choice.count():
            choice.first.click()
        else:
            page.keyboard.press("Escape")
        page.locator(".modal").last.wait_for(state="detached")


def test_an_editor_writes_a_page_with_every_block(admin):
    """The editor of pages, its blocks, rich text, pictures, comments, previews and the checks of accessibility."""
    visit(admin, "/admin/pages/search/?q=alliance")
    admin.locator('main a[href$="/edit/"]').first.click()
    admin.wait_for_load_state("networkidle")
    admin.locator(".Draftail-Editor").first.wait_for()
    admin.locator(".public-DraftEditor-content").first.click()
    admin.keyboard.type("/")
    admin.keyboard.press("Escape")
    for toggle in ("preview", "checks", "comments", "status"):
        button = admin.locator(f'[data-side-panel-toggle="{toggle}"]')
        if button.count():
            button.click()
            admin.wait_for_load_state("networkidle")
    for path in ("history/", "usage/", "move/", "copy/", "unpublish/", "delete/"):
        visit(admin, admin.url.split("edit/")[0] + path if "edit/" in admin.url else admin.url)
        admin.go_back()
        admin.wait_for_load_state("networkidle")
