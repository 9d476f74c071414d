"""What is computed once for all readers: until something public changes, until midnight, and with no reader in it."""

from collections.abc import Iterator
from itertools import count
from types import SimpleNamespace

import pytest
from django.test import Client

from home.page_cache import memory
from home.page_cache.memory import MEMORY, Memory
from tests.reading import soup

NOON, MIDNIGHT = 1_000.0, 2_000.0


@pytest.fixture
def remembering(monkeypatch: pytest.MonkeyPatch) -> Memory:
    """A memory that hears from the database, before midnight."""
    monkeypatch.setattr(memory, "now", lambda: NOON)
    monkeypatch.setattr(memory, "next_midnight", lambda: MIDNIGHT)
    monkeypatch.setattr(memory, "connection", SimpleNamespace(in_atomic_block=False))
    made = Memory(limit=10)
    made.is_told = True
    return made


def test_a_value_is_computed_once_until_something_public_changes(remembering: Memory) -> None:
    numbers = count(1)
    assert [remembering.value("menu", lambda: next(numbers)) for _time in range(3)] == [1, 1, 1]
    assert remembering.value("news", lambda: next(numbers)) == 2
    remembering.forget()
    assert remembering.value("menu", lambda: next(numbers)) == 3


def test_a_value_that_began_before_a_change_is_not_kept_after_it(remembering: Memory) -> None:
    def changed_meanwhile() -> str:
        remembering.forget()
        return "old"

    assert remembering.value("menu", changed_meanwhile) == "old"
    assert remembering.value("menu", lambda: "new") == "new"


def test_a_value_ends_with_its_day(remembering: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    assert remembering.value("hours", lambda: "today") == "today"
    monkeypatch.setattr(memory, "now", lambda: MIDNIGHT)
    assert remembering.value("hours", lambda: "tomorrow") == "tomorrow"


def test_a_process_that_hears_nothing_computes_each_time(remembering: Memory) -> None:
    remembering.is_told = False
    numbers = count(1)
    assert [remembering.value("menu", lambda: next(numbers)) for _time in range(2)] == [1, 2]


def test_what_is_not_committed_is_not_kept(remembering: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory.connection, "in_atomic_block", True)
    assert remembering.value("menu", lambda: "of a transaction") == "of a transaction"
    monkeypatch.setattr(memory.connection, "in_atomic_block", False)
    assert remembering.value("menu", lambda: "committed") == "committed"


@pytest.mark.parametrize(
    ("address", "template_name", "words"),
    [
        ("/fr/", "home/first_associations.html", {"all_url"}),
        ("/fr/", "home/latest_news.html", set()),
        ("/fr/", "members/short_finder.html", set()),
        ("/fr/", "components/head.html", set()),
        ("/fr/", "components/menu_links.html", {"main", "find_help"}),
        ("/fr/", "components/footer_links.html", {"main", "more", "has_public_tools"}),
        ("/fr/trouver/", "components/leave.html", {"language"}),
        ("/fr/trouver/", "members/all_needs.html", set()),
    ],
)
def test_a_remembered_part_knows_nothing_of_who_reads(
    as_role: dict[str, Client], address: str, template_name: str, words: set[str]
) -> None:
    rendered = as_role["member"].get(address)
    assert template_name in [template.name for template in rendered.templates]
    contexts = [
        context
        for template, context in zip(rendered.templates, rendered.context, strict=True)
        if template.name == template_name
    ]
    assert contexts
    for context in contexts:
        assert set(context.flatten()) - {"True", "False", "None", "block"} <= words | {
            "some",
            "cards",
            "news",
            "helplines",
            "box",
            "groups",
        }
        assert "request" not in context
        assert "user" not in context


@pytest.fixture
def remembering_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This process remembers as a server does, though the test's content is not committed."""
    monkeypatch.setattr(memory, "connection", SimpleNamespace(in_atomic_block=False))
    monkeypatch.setattr(MEMORY, "is_told", True)
    yield
    MEMORY.forget()


@pytest.mark.usefixtures("remembering_process")
@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/fr/", "CSD"),
        ("/fr/membres/csd-bruxelles/", "Ses services"),
        ("/nl/leden/csd-bruxelles/", "diensten"),
        ("/fr/trouver/asile/", "Qui peut aider"),
        ("/nl/vinden/asiel/", "Wie kan helpen"),
        ("/fr/actualites/", "2026"),
        ("/nl/nieuws/", "2026"),
        ("/fr/membres/", "CSD"),
        ("/nl/leden/", "CSD"),
    ],
)
def test_what_an_editor_lets_it_remember_is_what_everybody_gets(
    as_role: dict[str, Client], address: str, words: str
) -> None:
    shown = {role: str(soup(as_role[role].get(address)).main) for role in ("editor", "member", "visitor")}
    assert words in shown["visitor"]
    assert len(set(shown.values())) == 1
    assert any(address in name for name in MEMORY._values)


@pytest.mark.usefixtures("remembering_process")
def test_the_menu_and_the_footer_are_those_of_the_page(as_role: dict[str, Client]) -> None:
    for address in ("/fr/membres/", "/fr/actualites/", "/nl/leden/", "/fr/membres/"):
        page = soup(as_role["visitor"].get(address))
        assert {link["href"] for link in page.select("header [aria-current]")} == {address}
        assert {link["href"][:4] for link in page.select(".site-footer__links a")} == {address[:4]}
