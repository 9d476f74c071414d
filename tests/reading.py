"""Reads answers as a person does."""

import json
from typing import Any

from bs4 import BeautifulSoup
from django.http import HttpResponse


def soup(response: HttpResponse) -> BeautifulSoup:
    """The page as a parser sees it."""
    return BeautifulSoup(response.content, "html.parser")


def main_text(response: HttpResponse) -> str:
    """What is written in the middle of the page, on one line."""
    return " ".join(soup(response).main.get_text(" ").split())


def graph(response: HttpResponse) -> list[dict[str, Any]]:
    """What the page tells search engines."""
    return json.loads(soup(response).find("script", type="application/ld+json").string)["@graph"]


def options(response: HttpResponse, name: str) -> list[str]:
    """What a menu of a form offers."""
    return [option.get_text(strip=True) for option in soup(response).select(f"[name={name}] option")]


def errors(response: HttpResponse) -> dict[str, str]:
    """The messages next to the fields of a form, by field."""
    found = {}
    for field in soup(response).select(".field--error"):
        control = field.select_one("[name]")
        found[control["name"]] = field.select_one(".errorlist").get_text(" ", strip=True)
    return found


def side_by_side_row(response: HttpResponse, association: Any) -> Any:
    """What the table side by side says of an association."""
    rows = soup(response).select(".side-by-side tbody")
    return next(row for row in rows if str(association) in row.th.get_text())
