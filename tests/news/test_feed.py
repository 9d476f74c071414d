"""The Atom feed of public news, one per language."""

from datetime import date
from xml.etree import ElementTree

import pytest
from django.test import Client
from wagtail.models import Page

from news.models import NewsPage
from tests.factories.news import NewsPageFactory
from tests.reading import soup

pytestmark = [pytest.mark.django_db]
ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def feed(client: Client, url: str) -> ElementTree.Element:
    """The feed as a reader parses it."""
    response = client.get(url)
    assert response["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content)  # noqa: S314  # our own feed


@pytest.fixture
def article(indexes: dict[str, Page]) -> NewsPage:
    return NewsPageFactory(parent=indexes["fr"], title="Tom & <Léa>", summary="1 < 2", date=date(2026, 1, 5))


def test_each_language_has_its_feed(client: Client, article: NewsPage, indexes: dict[str, Page]) -> None:
    NewsPageFactory(parent=indexes["nl"], title="Nieuws", translation_of=article)
    NewsPageFactory(parent=indexes["nl"], title="Alleen", date=date(2026, 2, 1))
    for url, language, titles in (
        ("/fr/actualites/flux.xml", "fr", ["Alleen", "Tom & <Léa>"]),
        ("/nl/nieuws/feed.xml", "nl", ["Nieuws", "Alleen"]),
    ):
        atom = feed(client, url)
        assert atom.get(LANG) == language
        assert [title.text for title in atom.findall(f"{ATOM}entry/{ATOM}title")] == titles
    other = feed(client, "/fr/actualites/flux.xml").find(f"{ATOM}entry")
    assert other.get(LANG) == "nl"


def test_an_entry_keeps_its_identity_when_its_address_changes(client: Client, article: NewsPage) -> None:
    before = feed(client, "/fr/actualites/flux.xml").find(f"{ATOM}entry/{ATOM}id").text
    article.slug = "autre"
    article.save()
    entry = feed(client, "/fr/actualites/flux.xml").find(f"{ATOM}entry")
    assert entry.find(f"{ATOM}id").text == before
    assert entry.find(f"{ATOM}link").get("href") == "http://testserver/fr/actualites/autre/"


def test_a_summary_is_text_for_readers_that_expect_html(client: Client, article: NewsPage) -> None:
    assert feed(client, "/fr/actualites/flux.xml").find(f"{ATOM}entry/{ATOM}summary").text == "1 &lt; 2"


def test_drafts_stay_out(client: Client, indexes: dict[str, Page]) -> None:
    NewsPageFactory(parent=indexes["fr"], live=False)
    assert feed(client, "/fr/actualites/flux.xml").findall(f"{ATOM}entry") == []


def test_the_list_and_its_articles_name_the_feed(client: Client, article: NewsPage) -> None:
    for url in ("/fr/actualites/", article.url):
        link = soup(client.get(url)).find("link", type="application/atom+xml")
        assert link["href"] == "/fr/actualites/flux.xml"
