"""Tags that show public news on other pages."""

from django import template

from home.languages import preferred_translations
from news.components import NewsList
from news.models import NewsPage

register = template.Library()


@register.simple_tag
def latest_news(number: int = 3) -> NewsList:
    """The newest public articles, each once, in the reader's language if there is one."""
    articles = preferred_translations(NewsPage.objects.visible_to(None)).newest_first()
    return NewsList(list(articles.select_related("locale")[:number]), columns=True)
