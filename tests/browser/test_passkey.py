"""A passkey: added under the site's Content-Security-Policy, then used instead of the password."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import Demo

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def telephone(chromium: "Browser", demo: Demo) -> Iterator["Page"]:
    """A browser with a fingerprint reader; passkeys belong to a name, so the demo is reached by its own."""
    context = chromium.new_context(base_url=demo.url.replace("127.0.0.1", "localhost"))
    context.set_default_timeout(15_000)
    page = context.new_page()
    reader = context.new_cdp_session(page)
    reader.send("WebAuthn.enable")
    reader.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert complaints == []


def submit(page: "Page") -> None:
    page.click("main form button.button >> nth=0")
    page.wait_for_load_state()


def test_a_passkey_is_added_and_signs_in(telephone: "Page", demo: Demo) -> None:
    page = telephone
    page.goto("/fr/compte/login/")
    page.fill("[name=login]", "coordination@demo.otonom.test")
    page.fill("[name=password]", demo.password)
    submit(page)

    page.goto("/fr/compte/2fa/webauthn/add/")
    page.fill("[name=password]", demo.password)  # who it is, once more
    submit(page)
    page.check("[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/recovery-codes/")
    assert page.locator(".codes li").count() == 10

    page.goto("/fr/compte/logout/")
    submit(page)
    page.goto("/nl/account/login/?next=/nl/ruimte/groepen/")
    page.click("#passkey_login")
    page.wait_for_url(lambda url: url.endswith("/nl/ruimte/groepen/") and "next" not in url)
    assert page.locator(".member-bar").is_visible()

    page.goto("/fr/compte/2fa/webauthn/")  # the demo stays as it was for other journeys
    page.click("main .button--danger")
    if page.locator("[name=password], [name=code]").count():
        page.fill("[name=password], [name=code]", demo.password)
        submit(page)
    page.wait_for_url("**/remove/")
    submit(page)
    assert page.locator(".account__keys").count() == 0
