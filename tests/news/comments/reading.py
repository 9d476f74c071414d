"""Reads a conversation as a person does."""

from django.test import Client

from news.models import GroupNewsPage
from tests.reading import soup


def shown(client: Client, article: GroupNewsPage) -> dict[str, list[str]]:
    """The comments on the page, each with the answers to it."""
    threads = soup(client.get(article.url)).select(".conversation > .comments > li")
    texts = [[text.get_text(" ", strip=True) for text in thread.select(".comment__text")] for thread in threads]
    return {first: answers for first, *answers in texts}
