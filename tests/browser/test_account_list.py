"""A delegate invites a whole list with three bad lines; somebody leaves, and everything of theirs is dead at once."""

import re

from django.urls import reverse
from django.utils.translation import override

from tests.browser.steps import LOGIN, fill_login, follow, links, mailed_link, path_of, sign_in, visit
from tests.browser.test_accounts import INVITATION, PASSWORD, accept, fresh


def address(name):
    """An address of the site in French."""
    with override("fr"):
        return reverse(name)


def open_list(page, demo):
    sign_in(page, demo, "delegue", "/fr/espace/invitations/")
    follow(links(page.locator("main"), address("members:invite_many")))
    assert page.locator("textarea[name=lines]").is_visible()


def test_twelve_colleagues_are_invited_from_a_file_with_three_bad_lines(page_without_scripts, demo, tmp_path):
    page = page_without_scripts
    good = [fresh(f"collegue{number}") for number in range(9)]
    lines = ["E-mail;Langue", *(f"{email};{('fr', 'nl')[place % 2]}" for place, email in enumerate(good))]
    lines[4:4] = ["sans-arobase;fr", f"{good[0]};fr", f"{fresh('langue')};klingon"]
    file = tmp_path / "collègues.csv"
    file.write_bytes("\r\n".join(lines).encode("cp1252"))
    open_list(page, demo)

    page.set_input_files("[name=file]", str(file))
    follow(page.locator("main form.form button:not([name])"))

    assert [one.get_attribute("data-line") for one in page.locator("[data-line]").all()] == ["5", "6", "7"]
    assert page.locator("main tbody tr").count() == 9
    assert good[0] not in demo.mails(), "nothing is sent before one says so"
    follow(page.locator("button[name=send]"))

    assert [one.get_attribute("data-line") for one in page.locator("[data-line]").all()] == ["2", "3", "4"]
    left = page.input_value("[name=lines]").split()
    assert left[:2] == ["E-mail;Langue", "sans-arobase;fr"]
    assert left[3].endswith(";klingon")
    for email, path in ((good[0], "/fr/espace/invitation/"), (good[1], "/nl/ruimte/uitnodiging/")):
        assert path in mailed_link(demo, email, r"https?://\S+/(?:espace/invitation|ruimte/uitnodiging)/\S+")

    page.fill("[name=lines]", f"{fresh('corrigee')};nl")
    follow(page.locator("main form.form button:not([name])"))
    page.locator("button[name=send]").click()
    page.wait_for_url("**/fr/espace/invitations/")
    assert page.locator("main table").first.locator("th", has_text=good[8]).is_visible()


def test_somebody_leaves_and_every_token_is_dead(open_browser, demo):
    delegate = open_browser()
    sign_in(delegate, demo, "delegue", "/fr/espace/invitations/")
    email = fresh("partante")
    delegate.fill("[name=email]", email)
    follow(delegate.locator('main form:has([name="email"]) button'))
    theirs = open_browser()
    accept(theirs, mailed_link(demo, email, INVITATION), PASSWORD)
    theirs.wait_for_url("**/fr/espace/")
    visit(theirs, "/fr/espace/profil/")
    follow(links(theirs.locator("main"), address("news:calendars")))
    follow(theirs.locator("main form button").first)
    calendar = re.search(r"/fr/private/[\w-]+/calendar\.ics", theirs.content()).group()
    assert theirs.request.get(calendar).status == 200

    follow(links(delegate.locator(".member-bar"), address("members:accounts")))
    follow(delegate.locator("main tr", has_text=email).get_by_role("link"))
    follow(delegate.locator("button[name=act][value=end]"))
    assert delegate.locator(".messages").is_visible()

    visit(theirs, "/fr/espace/")
    assert path_of(theirs).startswith(LOGIN)
    assert open_browser().request.get(calendar).status == 404
    fill_login(theirs, email, PASSWORD)
    visit(theirs, "/fr/espace/")
    assert path_of(theirs).startswith(LOGIN)
