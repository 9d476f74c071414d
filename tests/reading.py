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
