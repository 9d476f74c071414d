"""What others add to our addresses is no other page, and nothing that a page reads is taken for it."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from home.page_cache.tracking import NAMES, TRACKING, without_tracking

ROOT = Path(settings.BASE_DIR)
APPS = ("home", "members", "news", "library", "site/config", "site/static/js", "templates")
# How a page reads a parameter, and how a form, a script or a link names one.
NAMED = re.compile(
    r"""GET(?:\.get|\.getlist)?[\[(]\s*["'](\w+)|name=["'](\w+)|[?&](\w+)=|^    (\w+) = forms\.""", re.MULTILINE
)


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("", ""),
        ("utm_source=lettre&utm_medium=e-mail", ""),
        ("fbclid=IwAR0&gclid", ""),
        ("page=2&utm_campaign=%C3%A9t%C3%A9", "page=2"),
        ("utm_source=a&help=b&fbclid=c&help=d", "help=b&help=d"),
        ("fbclidation=1", "fbclidation=1"),
        ("words=utm_source%3Da", "words=utm_source%3Da"),
    ],
)
def test_only_what_follows_people_is_taken_away(query: str, left: str) -> None:
    assert without_tracking(query) == left


def test_no_page_reads_what_is_taken_away() -> None:
    files = [path for app in APPS for path in (ROOT / app).rglob("*") if path.suffix in (".py", ".html", ".js")]
    known = {name for path in files for found in NAMED.findall(path.read_text()) for name in found if name}
    assert {"page", "words", "sent"} <= known
    assert {name for name in known if TRACKING.match(name)} == set()


def test_nginx_keeps_one_page_for_all_of_them() -> None:
    conf = (ROOT / "site/deploy/nginx.conf").read_text()
    (pattern,) = re.findall(r'"~(\^\(\?<page>.*)" \$page;', conf)
    same = re.compile(pattern.replace("?<page>", "?P<page>"))

    assert "|".join(NAMES) in pattern
    assert same.sub(r"\g<page>", "/fr/?utm_source=a&fbclid=b") == "/fr/"
    assert same.sub(r"\g<page>", "/fr/?utm_source=a&") == "/fr/"
    assert not same.match("/fr/?page=2&utm_source=a")
    assert not same.match("/fr/?fbclidation=1")
    assert "proxy_cache_key $scheme$host$page_uri$encoding;" in conf
