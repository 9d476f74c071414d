"""Pages of every type, and their way into the other language."""

from typing import Any
from uuid import uuid4

from django.test import Client
from wagtail.models import Page

from home.models import HomePage, StandardPage
from members.models import CharterPage
from news.models import GroupNewsPage, NewsPage
from tests.factories.groups import GroupNewsPageFactory, WorkingGroupFactory
from tests.factories.pages import (
    OTHER,
    add_page,
    news_indexes,
    publish,
    submit,
    translate_all,
)

LANGUAGES = ["fr", "nl"]
STREAMS = [
    (StandardPage, "body"),
    (NewsPage, "body"),
    (GroupNewsPage, "body"),
    (CharterPage, "articles"),
    (HomePage, "axes"),
]


def page_of_type(model: type, homes: dict[str, HomePage], language: str) -> Any:
    """A published page of this type in this language, below pages that exist in both."""
    if model is HomePage:
        HomePage.objects.filter(pk=homes[language].pk).update(translation_key=uuid4())  # as if it were alone
        homes[OTHER[language]].delete()
        return HomePage.objects.get(pk=homes[language].pk)
    if model is GroupNewsPage:
        return GroupNewsPageFactory(group=WorkingGroupFactory(), language=language)
    return add_page(news_indexes(homes)[language] if model is NewsPage else homes[language], model)


def publish_translation(editor: Client, page: Page, on_commit: Any) -> Any:
    """The whole way: submit, translate, publish."""
    translated = submit(editor, page)
    translate_all(translated)
    with on_commit():
        publish(editor, translated)
    return Page.objects.get(pk=translated.pk).specific
