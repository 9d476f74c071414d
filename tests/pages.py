"""What a test reads from a page, as a visitor would."""

from typing import Any

from bs4 import BeautifulSoup


def soup(response: Any) -> BeautifulSoup:
    """The page as a browser parses it."""
    return BeautifulSoup(response.content, "html.parser")


def text(response: Any) -> str:
    """The words in the middle of a page, without its frame."""
    return " ".join(soup(response).main.get_text(" ").split())


def options(response: Any, name: str) -> list[str]:
    """What a menu of a form offers."""
    return [option.get_text(strip=True) for option in soup(response).select(f"[name={name}] option")]


def errors(response: Any) -> dict[str, str]:
    """The messages next to the fields of a form, by field."""
    found = {}
    for field in soup(response).select(".field--error"):
        control = field.select_one("[name]")
        found[control["name"]] = field.select_one(".errorlist").get_text(" ", strip=True)
    return found
