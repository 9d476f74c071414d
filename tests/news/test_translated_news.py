"""What an article is about follows it into its translation."""

from typing import Any

import pytest
from django.test import Client

from news.models import NewsPage
from tests.factories.pages import add_page, news_indexes, publish, submit, translate_all, translation_of
from tests.factories.people import EmployerFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def test_the_associations_of_an_article_follow_the_original(
    homes: Any, django_capture_on_commit_callbacks: Any
) -> None:
    client, first, second = Client(), EmployerFactory(), EmployerFactory()
    client.force_login(UserFactory(is_editor=True))
    page = add_page(news_indexes(homes)["fr"], NewsPage, associations=[first])
    translated = submit(client, page)
    assert set(translated.specific.associations.all()) == {first}
    page.associations.set([second])
    page.save_revision().publish()

    client.post(f"/admin/localize/update/{translation_of(translated).source_id}/", {})
    translate_all(translated)
    with django_capture_on_commit_callbacks(execute=True):
        publish(client, translated)

    assert set(NewsPage.objects.get(pk=translated.pk).associations.all()) == {second}
