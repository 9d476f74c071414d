"""The parameters that addresses take."""

import re
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from bs4 import BeautifulSoup

from tests.attacks.surface import forms_of
from tests.config.processes import ROOT

ASKED = re.compile(r"""GET(?:\.get(?:list)?\(|\[)["'](\w+)["']""")


def asked_names(pages: dict[str, str]) -> set[str]:
    """Every parameter that the code asks for, that a form sends or that a link holds."""
    names = {name for folder in ("home", "members", "news", "library") for name in asked_in(ROOT / folder)}
    names |= {name for form in forms_of(pages) if form.method == "get" for name, _value in form.fields}
    for text in pages.values():
        hrefs = [str(tag["href"]) for tag in BeautifulSoup(text, "html.parser").select("a[href*='?']")]
        names |= {name for href in hrefs for name, _value in parse_qsl(urlsplit(href).query)}
    return {name for name in names if len(name) < 40}


def asked_in(folder: Path) -> set[str]:
    return {name for path in folder.rglob("*.py") for name in ASKED.findall(path.read_text())}
