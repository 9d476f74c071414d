"""What several journeys do."""

import re
import time
from typing import Any

from playwright.sync_api import Locator, Page, Response

LOGIN = "/fr/compte/login/"
# A card shows the focus of the link that covers it.
OUTLINED = """element => [element, element.closest(".card, .field, li")].some((one) => {
  const style = one && getComputedStyle(one);
  return style && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
})"""


def visit(page: Page, path: str) -> Response:
    """Open an address of the site and give its answer."""
    response = page.goto(path)
    assert response is not None
    return response


def follow(control: Locator) -> None:
    """Click on what leads to a page, and wait for that page: a look at once may still see the one before."""
    with control.page.expect_navigation():
        control.click()


def fill_login(page: Page, email: str, password: str) -> None:
    """Fill in the form for signing in, and send it."""
    page.fill("[name=login]", email)
    page.fill("[name=password]", password)
    with page.expect_navigation():
        page.press("[name=password]", "Enter")


def sign_in(page: Page, demo: Any, role: str, to: str = "/fr/espace/") -> None:
    """Come to an address as somebody of the demo, who signs in once for all journeys."""
    if role not in demo.cookies:
        sign_in_anew(page, demo, role)
        demo.cookies[role] = page.context.cookies()
    page.context.add_cookies(demo.cookies[role])
    visit(page, to)
    assert path_of(page) == to


def sign_in_anew(page: Page, demo: Any, role: str) -> None:
    """Sign in as somebody of the demo, for a journey that ends the session."""
    visit(page, LOGIN)
    fill_login(page, f"{role}@demo.otonom.test", demo.password)
    page.wait_for_url("**/fr/espace/")


def links(scope: Page | Locator, path: str) -> Locator:
    """The links to an address."""
    return scope.locator(f'a[href="{path}"]')


def path_of(page: Page) -> str:
    """Where the browser is, without the host."""
    return re.sub(r"^https?://[^/]+", "", page.url)


def mailed_link(demo: Any, receiver: str, pattern: str) -> str:
    """The newest link of this kind that was mailed to somebody; the mail leaves a moment after the page."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        letters = demo.mails().split("\nTo: ")
        for letter in reversed(letters):
            found = re.search(pattern, letter)
            if letter.startswith(receiver) and found:
                return found.group()
        time.sleep(0.2)
    raise AssertionError(f"no letter to {receiver} with {pattern}")


def has_visible_focus(page: Page) -> bool:
    """Tell whether one sees where the keyboard is."""
    return bool(page.locator(":focus").evaluate(OUTLINED))
