"""Public news."""

from datetime import date

import factory

from news.models import NewsIndexPage, NewsPage
from tests.factories.home import PageFactory


class NewsIndexPageFactory(PageFactory):
    class Meta:
        model = NewsIndexPage


class NewsPageFactory(PageFactory):
    class Meta:
        model = NewsPage

    title = factory.Sequence(lambda number: f"Article {number}")
    slug = factory.Sequence(lambda number: f"article-{number}")
    summary = "Un résumé."
    date = date(2026, 3, 2)
