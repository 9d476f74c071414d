"""A passkey: added under the site's Content-Security-Policy, then used instead of the password."""

import pytest

from tests.browser.steps import fill_login, follow, links, path_of, visit

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def telephone(open_browser, demo):
    """A browser with a fingerprint reader; passkeys belong to a name, so the demo is reached by its own."""
    page = open_browser(base_url=demo.url_by_name)
    reader = page.context.new_cdp_session(page)
    reader.send("WebAuthn.enable")
    reader.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return page


def submit(page):
    follow(page.locator("main form button.button").first)


def test_a_passkey_is_added_and_signs_in(telephone, demo):
    page = telephone
    visit(page, "/fr/compte/login/")
    fill_login(page, "coordination@demo.otonom.test", demo.password)

    visit(page, "/fr/compte/2fa/webauthn/add/")
    page.fill("[name=password]", demo.password)  # who it is, once more
    submit(page)
    page.fill("[name=name]", "Mon téléphone")
    page.check("[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/recovery-codes/")
    assert page.locator(".codes li").count() == 10

    visit(page, "/fr/compte/logout/")
    submit(page)
    visit(page, "/nl/account/login/?next=/nl/ruimte/groepen/")
    page.click("#passkey_login")
    page.wait_for_url(lambda url: url.endswith("/nl/ruimte/groepen/") and "next" not in url)
    assert links(page, "/nl/account/logout/").count() >= 1

    visit(page, "/fr/compte/2fa/webauthn/")  # the demo stays as it was for other journeys
    assert page.get_by_role("heading", name="Mon téléphone").is_visible()
    follow(page.locator("main .button--danger"))
    if page.locator("[name=password], [name=code]").count():
        page.fill("[name=password], [name=code]", demo.password)
        submit(page)
    page.wait_for_url("**/remove/")
    submit(page)
    assert path_of(page) == "/fr/compte/2fa/webauthn/"
    assert page.locator(".account__keys").count() == 0
