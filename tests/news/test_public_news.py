"""The list of public news and its articles."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from wagtail.models import Page

from news.models import NewsPage
from tests.factories.members import AssociationFactory
from tests.factories.news import NewsPageFactory
from tests.reading import main_text, soup

pytestmark = [pytest.mark.django_db]


def titles(client: Client, url: str) -> list[str]:
    """The titles of a list, in its order."""
    return [title.get_text(strip=True) for title in soup(client.get(url)).select(".news-item__title")]


def test_each_article_is_listed_once_newest_first(client: Client, indexes: dict[str, Page]) -> None:
    french = NewsPageFactory(parent=indexes["fr"], title="Nouvelle", date=date(2026, 1, 1))
    NewsPageFactory(parent=indexes["nl"], title="Nieuws", date=date(2026, 1, 1), translation_of=french)
    NewsPageFactory(parent=indexes["nl"], title="Alleen Nederlands", date=date(2026, 5, 1))
    NewsPageFactory(parent=indexes["fr"], title="Brouillon", live=False)
    assert titles(client, "/fr/actualites/") == ["Alleen Nederlands", "Nouvelle"]
    assert titles(client, "/nl/nieuws/") == ["Alleen Nederlands", "Nieuws"]


def test_an_article_in_the_other_language_is_marked(client: Client, indexes: dict[str, Page]) -> None:
    NewsPageFactory(parent=indexes["nl"], title="Alleen Nederlands")
    item = soup(client.get("/fr/actualites/")).select_one(".news-item")
    assert item.select_one("[lang=nl]").find("a")["href"].startswith("/nl/nieuws/")
    assert item.select_one(".tag").get_text(strip=True) == "Nederlands"


def test_a_draft_translation_does_not_hide_the_original(client: Client, indexes: dict[str, Page]) -> None:
    french = NewsPageFactory(parent=indexes["fr"], title="Nouvelle")
    NewsPageFactory(parent=indexes["nl"], title="Nieuws", translation_of=french, live=False)
    assert titles(client, "/nl/nieuws/") == ["Nouvelle"]


def test_twelve_a_page_then_the_next(client: Client, indexes: dict[str, Page]) -> None:
    for day in range(1, 14):
        NewsPageFactory(parent=indexes["fr"], title=f"Le {day}", date=date(2026, 1, day))
    assert len(titles(client, "/fr/actualites/")) == 12
    assert titles(client, "/fr/actualites/?page=2") == ["Le 1"]
    page = soup(client.get("/fr/actualites/?page=2"))
    assert page.find("a", rel="prev")["href"] == "?page=1"
    assert page.find("link", rel="canonical")["href"] == "http://testserver/fr/actualites/?page=2"


def test_the_second_page_of_a_year_is_known_by_the_whole_list(client: Client, indexes: dict[str, Page]) -> None:
    for day in range(1, 14):
        NewsPageFactory(parent=indexes["fr"], date=date(2026, 1, day))
    page = soup(client.get("/fr/actualites/?year=2026&page=2"))
    assert page.find("link", rel="canonical")["href"] == "http://testserver/fr/actualites/"


@pytest.mark.parametrize("query", ["page=9", "page=0", "page=x", "year=1999", "year=x", "year=²", "page=-1"])
def test_what_is_not_there_is_not_found(client: Client, indexes: dict[str, Page], query: str) -> None:
    NewsPageFactory(parent=indexes["fr"])
    assert client.get(f"/fr/actualites/?{query}").status_code == 404


def test_one_year_at_a_time(client: Client, indexes: dict[str, Page]) -> None:
    for year in (2024, 2025, 2026):
        for month in range(1, 9):
            NewsPageFactory(parent=indexes["fr"], title=f"{year}-{month}", date=date(year, month, 1))
    assert titles(client, "/fr/actualites/?year=2025") == [f"2025-{month}" for month in range(8, 0, -1)]
    years = soup(client.get("/fr/actualites/?year=2025")).select(".years a")
    assert [link.get_text(strip=True) for link in years][1:] == ["2026", "2025", "2024"]
    assert [link.get("aria-current") for link in years] == [None, None, "page", None]


def test_no_news_is_said(client: Client, indexes: dict[str, Page]) -> None:
    assert soup(client.get("/fr/actualites/")).main.select(".notice")


def test_an_article_shows_what_it_is_about(client: Client, indexes: dict[str, Page]) -> None:
    article = NewsPageFactory(
        parent=indexes["fr"],
        title="Nouvelle",
        body=[("text", "<p>Le corps.</p>")],
        source_url="https://source.example/",
    )
    shown, hidden = AssociationFactory(short_name_fr="Visible"), AssociationFactory(short_name_fr="Cachée", live=False)
    article.associations.set([shown, hidden])
    article.save()
    response = client.get(article.url)
    text = main_text(response)
    for words in ("2 mars 2026", "Un résumé.", "Le corps.", "Visible"):
        assert words in text
    assert "Cachée" not in text
    assert soup(response).main.find("a", href="https://source.example/")


def test_an_article_leads_to_its_neighbours(client: Client, indexes: dict[str, Page]) -> None:
    old, middle, new = (NewsPageFactory(parent=indexes["fr"], date=date(2026, 1, day)) for day in (1, 2, 3))
    page = soup(client.get(middle.url)).main
    assert page.find("a", rel="prev")["href"] == new.url
    assert page.find("a", rel="next")["href"] == old.url
    assert not soup(client.get(new.url)).main.find("a", rel="prev")


def test_an_untranslated_article_says_so(client: Client, indexes: dict[str, Page]) -> None:
    article = NewsPageFactory(parent=indexes["fr"])
    page = soup(client.get(article.url))
    assert {link["hreflang"] for link in page.find_all("link", hreflang=True)} == {"fr", "x-default"}
    assert page.select_one("header a[lang=nl]")["href"] == "/nl/nieuws/"


@pytest.mark.parametrize("url", ["/fr/actualites/", "/fr/actualites/?year=2026", "/nl/nieuws/", "/fr/actualites/un/"])
def test_queries_stay_the_same(client: Client, indexes: dict[str, Page], count_queries: Callable, url: str) -> None:
    def grow(number: int, **values: object) -> None:
        for _ in range(number):
            article = NewsPageFactory(parent=indexes["fr"], **values)
            article.associations.set([AssociationFactory()])
            article.save()

    grow(1, slug="un")
    grow(2)
    client.get(url)
    before = count_queries(lambda: client.get(url))
    grow(30)
    assert NewsPage.objects.count() == 33
    assert count_queries(lambda: client.get(url)) == before <= 10
