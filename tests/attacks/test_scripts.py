"""What people type is shown as text: it becomes no script, no element and no address, whoever looks and wherever."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client

from members.models import User
from tests.attacks.asked import asked_names
from tests.attacks.back_office import addresses_in, explore_back_office
from tests.attacks.planting import LONG, plant
from tests.attacks.surface import Form, explore, forget_counts, forms_of, plain_addresses, send, text_of
from tests.conftest import ROLES

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.ignore_template_errors,
    pytest.mark.filterwarnings("ignore::bs4.XMLParsedAsHTMLWarning"),  # as a browser that guesses would read it
    pytest.mark.filterwarnings(
        "ignore::django.core.paginator.UnorderedObjectListWarning"
    ),  # wagtail-localize's report
]

ADDRESSES = ("href", "src", "action", "formaction", "xlink:href", "data", "poster", "ping", "background")
LEADS_TO_CODE = re.compile(r"[\x00-\x20]*(java|vb)script:", re.IGNORECASE)
IGNORED = re.compile(r"[\t\r\n]")  # by browsers, wherever they stand in an address
CMS_ROLES = ("coordinator", "administrator")


def alive_in(html: str) -> list[str]:
    """Whatever of a planted text became more than text in a page."""
    found = ["calculated"] if "54439" in html else []
    for tag in BeautifulSoup(html, "html.parser").find_all(True):
        if tag.name == "planted-tag" or (tag.name == "script" and tag.get_text().startswith("planted()")):
            found.append(f"<{tag.name}> in {tag.parent.name if tag.parent else ''}")
        found += [f"{tag.name} {name}={value}" for name, value in tag.attrs.items() if is_alive(name, value)]
    return found


def is_alive(name: str, value: Any) -> bool:
    if name.startswith("on") or name == "srcdoc":
        return "planted" in value
    return name in ADDRESSES and isinstance(value, str) and bool(LEADS_TO_CODE.match(IGNORED.sub("", value)))


def alive_in_answer(response: Any) -> list[str]:
    """The same in whatever an address answers."""
    kind = response.headers.get("Content-Type", "")
    content = b"".join(response.streaming_content) if response.streaming else response.content
    text = content.decode(errors="replace")
    if "html" in kind:
        return alive_in(text)
    if "xml" in kind:
        return [one for tag in formatted(BeautifulSoup(text, "html.parser")) for one in alive_in(tag.get_text())]
    if kind.startswith(("text/calendar", "text/vcard")):
        return [line for line in text.splitlines() if line.startswith("X-Planted")]
    return [] if response.headers.get("X-Content-Type-Options") == "nosniff" else [f"a browser may guess: {kind}"]


def formatted(feed: BeautifulSoup) -> list[Tag]:
    return [tag for tag in feed.find_all(True) if "html" in str(tag.get("type", "")) and tag.name != "link"]


@pytest.fixture(scope="module")
def planted(people: dict[str, User], django_db_blocker: Any) -> Iterator[dict[str, int]]:
    """How many records of each field hold hostile text; it stays for all tests of this module."""
    with django_db_blocker.unblock():
        yield plant()


@pytest.fixture
def hostile_pages(
    planted: dict[str, int], as_role: dict[str, Client], explored: dict[str, dict[str, str]]
) -> Callable[[str], dict[str, str]]:
    """The pages that a role reaches once everything is hostile."""

    def reached(role: str) -> dict[str, str]:
        if role not in explored:
            client = as_role[role]
            explored[role] = explore(client) | (explore_back_office(client) if role in CMS_ROLES else {})
        return explored[role]

    return reached


def test_a_living_text_is_seen() -> None:
    assert len(alive_in(LONG)) >= 3
    assert alive_in('<a href=" java\tscript:planted()">')
    assert alive_in('<a href="\x01javascript:planted()">')
    assert alive_in(f"<p>{LONG.replace('<', '&lt;')}</p>") == []


def test_nearly_every_field_was_planted(planted: dict[str, int]) -> None:
    holding = {name for name, number in planted.items() if number}
    empty = {name for name in planted if name not in holding}
    print(f"\nplanted in {len(holding)} fields, not in {sorted(empty)}")
    assert len(holding) > 120


@pytest.mark.parametrize("role", ROLES)
def test_no_page_brings_a_planted_text_to_life(hostile_pages: Callable[[str], dict[str, str]], role: str) -> None:
    pages = hostile_pages(role)
    assert {url: alive for url, text in pages.items() if (alive := alive_in(text))} == {}
    assert len([url for url, text in pages.items() if "planted" in text]) > 15


@pytest.mark.parametrize("role", ["visitor", "member", "administrator"])
def test_nor_does_a_feed_a_calendar_a_card_or_an_answer_to_a_program(
    as_role: dict[str, Client], hostile_pages: Callable[[str], dict[str, str]], role: str
) -> None:
    pages = hostile_pages(role)
    led = {url for text in pages.values() for url in addresses_in(text, "/fr/", "/nl/", "/admin/")}
    wrong = {}
    for url in sorted((led | set(plain_addresses())) - set(pages)):
        forget_counts()
        if alive := alive_in_answer(as_role[role].get(url)):
            wrong[url] = alive
    assert wrong == {}


@pytest.mark.parametrize("role", ["visitor", "administrator"])
def test_no_parameter_comes_back_alive(
    as_role: dict[str, Client], hostile_pages: Callable[[str], dict[str, str]], role: str
) -> None:
    pages, client = hostile_pages(role), as_role[role]
    client.raise_request_exception = False
    names = asked_names(pages)
    query = urlencode(dict.fromkeys(sorted(names), LONG))
    wrong = {}
    for url in pages:
        forget_counts()
        cookies = client.cookies.copy()
        for asked in (f"{url}?{query}", f"{url}{quote(LONG)}/"):
            if alive := alive_in(text_of(client.get(asked))):
                wrong[url] = alive
        client.cookies = cookies
    assert {"q", "page"} <= names
    assert wrong == {}


@pytest.mark.parametrize("role", ["visitor", "delegate", "coordinator"])
def test_no_form_gives_back_what_was_typed_alive(
    as_role: dict[str, Client], hostile_pages: Callable[[str], dict[str, str]], role: str
) -> None:
    wrong, forms = {}, [form for form in forms_of(hostile_pages(role)) if form.method == "post"]
    for form in forms:
        if alive := alive_in(text_of(send(as_role[role], form, typed_into(form)))):
            wrong[form.action] = alive
    assert wrong == {}
    assert len(forms) > 2


def typed_into(form: Form) -> list[tuple[str, str]]:
    return [(name, LONG if name in form.typed else value) for name, value in form.fields]
