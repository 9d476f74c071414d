"""Reading changes nothing: a GET of any address, by anybody, leaves every row as it was, but for those named here."""

import re

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.attacks.addresses import every_address
from tests.attacks.back_office import addresses_in, explore_back_office
from tests.attacks.surface import FAILS_ON_PURPOSE, explore, forget_counts, text_of
from tests.crawling import view_name

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.ignore_template_errors,
    pytest.mark.filterwarnings(
        "ignore::django.core.paginator.UnorderedObjectListWarning"
    ),  # wagtail-localize's report
]

# What reading may write: the table, the views, and why.
ALLOWED: tuple[tuple[str, str, str], ...] = (
    ("home_alliancesettings", "wagtail_serve", "the one row of a new site, which Wagtail makes for its first page"),
    ("members_auditentry", "members:(vcard|phone_list)", "who took colleagues' numbers out of the site"),
    ("news_seen", "wagtail_serve|news:meeting", "what of the groups' news one has read"),
    ("usersessions_usersession", ".*", "when a session was last used, which its owner sees"),
    ("wagtailadmin_editingsession", ".*:edit", "who has a form of the CMS open, for who opens it too"),
    ("wagtailcore_pagesubscription", "wagtailadmin_pages:edit", "whether one hears of comments on a page: not yet"),
    ("wagtailusers_userprofile", "wagtailadmin_account", "the empty settings of one's account in the CMS"),
    ("library_downloadcount", "library:(public_)?(file|download)", "how often a file was taken, not by whom"),
)
WRITTEN = """
    SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables
    WHERE n_tup_ins + n_tup_upd + n_tup_del > 0
"""


def written() -> dict[str, int]:
    """How many rows this transaction has written so far, by table."""
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        return dict(cursor.fetchall())


class Watched:
    """A browser that notes in which tables each of its requests wrote."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.wrote: dict[str, set[str]] = {}

    def get(self, url: str) -> HttpResponse:
        forget_counts()
        cookies, before = self.client.cookies.copy(), written()
        response = self.client.get(url)
        if response.streaming:  # what is written while it is sent
            response.streaming_content = [response.getvalue()]
        self.client.cookies = cookies
        self.wrote[url] = {table for table, number in written().items() if number != before.get(table, 0)}
        return response


def is_allowed(table: str, name: str) -> bool:
    return any(table == one and re.fullmatch(views, name) for one, views, _reason in ALLOWED)


def test_writing_is_seen(as_role: dict[str, Client]) -> None:
    before = written()
    as_role["member"].post(reverse("news:read_all"))
    assert written() != before


@pytest.mark.parametrize("role", ("visitor", "coordinator"))
def test_reading_changes_nothing(as_role: dict[str, Client], role: str) -> None:
    browser = Watched(as_role[role])
    pages = explore(browser) | (explore_back_office(browser) if role == "coordinator" else {})
    led = {url for text in pages.values() for url in addresses_in(text, "/fr/", "/nl/", "/admin/")}
    for url in sorted((led | {one.path for one in every_address()}) - set(browser.wrote)):
        if view_name(url) not in FAILS_ON_PURPOSE:
            text_of(browser.get(url))
    changed: dict[str, set[str]] = {}
    for url, tables in browser.wrote.items():
        for table in tables:
            if not is_allowed(table, view_name(url)):
                changed.setdefault(f"{table} by {view_name(url)}", set()).add(url)
    assert {what: sorted(urls)[:3] for what, urls in changed.items()} == {}
    assert len(browser.wrote) > 600
