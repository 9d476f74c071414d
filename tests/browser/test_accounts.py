"""From an invitation to a second factor: how accounts begin and how they are protected."""

import base64
import hashlib
import hmac
import re
import secrets
import time
from urllib.parse import urlsplit

import pytest

from tests.browser.steps import LOGIN, fill_login, follow, links, mailed_link, path_of, sign_in, visit

INVITATIONS = "/fr/espace/invitations/"
INVITATION = r"https?://\S+/espace/invitation/\S+"
PASSWORD = "une-phrase-assez-longue"


def fresh(name):
    """An address that nobody was invited under before."""
    return f"{name}-{secrets.token_hex(3)}@example.be"


def one_time_code(secret):
    """What an authenticator app shows (RFC 6238)."""
    counter = int(time.time() // 30).to_bytes(8, "big")
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 10**6:06}"


@pytest.fixture
def invite(open_browser, demo):
    """Have the delegate invite somebody; gives the link of the letter."""

    def do(email):
        page = open_browser()
        sign_in(page, demo, "delegue", INVITATIONS)
        page.fill("[name=email]", email)
        assert page.locator("[name=association] option").count() == 1
        follow(page.locator('main form:has([name="email"]) button'))
        assert page.locator("main table").get_by_text(email).first.is_visible()
        return mailed_link(demo, email, INVITATION)

    return do


def accept(page, link, password):
    visit(page, urlsplit(link).path)
    page.fill("[name=first_name]", "Yasmine")
    page.fill("[name=last_name]", "El Amrani")
    page.fill("[name=password1]", password)
    page.fill("[name=password2]", password)
    follow(page.locator("main form.form button"))


@pytest.fixture
def colleague(invite, open_browser):
    """Make an account by invitation; gives its browser and its address."""

    def make(name, **options):
        email = fresh(name)
        page = open_browser(**options)
        accept(page, invite(email), PASSWORD)
        page.wait_for_url("**/fr/espace/")
        return page, email

    return make


def open_and_confirm(page, path):
    """Open a page that changes how one signs in: it asks who one is."""
    visit(page, path)
    if "/reauthenticate/" in page.url:
        page.fill("[name=password]", PASSWORD)
        page.locator("main form.form button").first.click()
        page.wait_for_url(f"**{path}")


def sign_out(page):
    visit(page, "/fr/compte/logout/")
    follow(page.locator('main form[action="/fr/compte/logout/"] button'))


def test_a_colleague_is_invited_accepts_once_and_works(invite, open_browser):
    link = invite(fresh("yasmine"))
    page = open_browser()
    accept(page, link, "12345678")
    password = page.locator("[name=password1]")
    assert password.get_attribute("aria-invalid") == "true"
    said = [page.locator(f"#{one}").inner_text() for one in password.get_attribute("aria-describedby").split()]
    assert all(said)
    assert page.input_value("[name=first_name]") == "Yasmine"
    accept(page, link, PASSWORD)
    page.wait_for_url("**/fr/espace/")
    assert "Yasmine" in page.locator("main h1").inner_text()
    visit(page, "/fr/espace/profil/")
    assert "CSD Bruxelles" in page.locator("main").inner_text()
    again = open_browser()
    assert again.goto(link).status == 410
    assert again.locator("[name=password1]").count() == 0
    assert links(again.locator("main"), LOGIN).is_visible()


def test_a_withdrawn_invitation_opens_nothing(invite, open_browser, demo):
    email = fresh("retire")
    link = invite(email)
    page = open_browser()
    sign_in(page, demo, "delegue", INVITATIONS)
    row = page.locator("main tr", has_text=email)
    follow(row.locator("form[action*='/retirer/'] button"))
    assert page.locator("main tr", has_text=email).count() == 0
    closed = open_browser()
    assert closed.goto(link).status == 410
    assert closed.context.cookies() == []


def test_a_forgotten_password_is_renewed_by_mail(colleague, demo):
    page, email = colleague("oubli")
    sign_out(page)
    visit(page, LOGIN)
    follow(links(page.locator("main"), "/fr/compte/password/reset/"))
    page.fill("[name=email]", email)
    page.locator("main form.form button").click()
    page.wait_for_url("**/password/reset/done/")
    link = mailed_link(demo, email, r"https?://\S+/password/reset/key/\S+")
    page.goto(link)
    for name in ("password1", "password2"):
        page.fill(f"[name={name}]", "une-tout-autre-phrase")
    follow(page.locator("main form.form button"))
    visit(page, LOGIN)
    fill_login(page, email, PASSWORD)
    assert path_of(page).startswith(LOGIN)
    fill_login(page, email, "une-tout-autre-phrase")
    page.wait_for_url("**/fr/espace/")
    page.goto(link)
    assert page.locator("[name=password1]").count() == 0


def test_a_second_factor_protects_an_account(colleague):
    page, email = colleague("facteur")
    visit(page, "/fr/compte/2fa/")
    assert links(page.locator("main"), "/fr/compte/2fa/totp/activate/").is_visible()
    open_and_confirm(page, "/fr/compte/2fa/totp/activate/")
    secret = page.locator("code.secret").inner_text()
    page.fill("[name=code]", "000000")
    follow(page.locator("main form.form button"))
    assert page.locator("[name=code]").get_attribute("aria-invalid") == "true"
    assert page.locator("code.secret").inner_text() == secret
    page.fill("[name=code]", one_time_code(secret))
    page.locator("main form.form button").click()
    page.wait_for_url("**/recovery-codes/")
    codes = [code.inner_text() for code in page.locator("ul.codes code").all()]
    assert len(codes) == 10
    sign_out(page)
    visit(page, LOGIN)
    fill_login(page, email, PASSWORD)
    page.wait_for_url("**/2fa/authenticate/**")
    visit(page, "/fr/espace/")
    assert path_of(page).startswith("/fr/compte/2fa/authenticate/"), "half signed in is not signed in"
    page.fill("[name=code]", codes[0])
    page.locator("main form.form button").click()
    page.wait_for_url("**/fr/espace/")


def test_ones_sessions_are_listed_and_can_be_ended(colleague, open_browser):
    page, email = colleague("sessions")
    elsewhere = open_browser()
    visit(elsewhere, f"{LOGIN}?next=/fr/espace/")
    fill_login(elsewhere, email, PASSWORD)
    elsewhere.wait_for_url("**/fr/espace/")
    visit(page, "/fr/espace/profil/")
    follow(links(page.locator("main"), "/fr/compte/sessions/"))
    rows = page.locator("main tbody tr")
    assert rows.count() == 2
    assert rows.filter(has=page.locator(".tag")).count() == 1
    assert re.search("Chrome", rows.first.inner_text())
    follow(page.locator('main form[action="/fr/compte/sessions/"] button'))
    visit(elsewhere, "/fr/espace/")
    assert path_of(elsewhere).startswith(LOGIN)
