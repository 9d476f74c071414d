"""Articles do not take the fixed addresses below the page of their group."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from members.models import User
from news.models import GroupNewsPage, WorkingGroup
from tests.factories.forms import errors_of, form_data
from tests.factories.groups import GroupNewsPageFactory, WorkingGroupFactory, folder_of
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
WORDS = {"title": "Qui", "summary": "Bref.", "body-count": "0", "action-publish": "1"}
FIXED = [("fr", "personnes"), ("fr", "reunions"), ("nl", "mensen"), ("nl", "vergaderingen")]


@pytest.fixture
def editor(client: Client) -> User:
    user = UserFactory(is_editor=True)
    client.force_login(user)
    return user


@pytest.fixture
def group(homes: Any) -> WorkingGroup:
    return WorkingGroupFactory()


@pytest.mark.usefixtures("editor")
@pytest.mark.parametrize(("language", "slug"), FIXED)
def test_a_new_article_with_such_an_address_is_refused_next_to_the_field(
    client: Client, group: WorkingGroup, language: str, slug: str
) -> None:
    url = reverse("wagtailadmin_pages:add", args=["news", "groupnewspage", folder_of(group, language).pk])

    response = client.post(url, form_data(client, url) | WORDS | {"slug": slug})

    assert slug in errors_of(response)["slug"]
    assert not GroupNewsPage.objects.exists()
    assert client.post(url, form_data(client, url) | WORDS | {"slug": f"{slug}-2"}).status_code == 302


@pytest.mark.usefixtures("editor")
def test_an_article_that_is_there_is_not_moved_there(client: Client, group: WorkingGroup) -> None:
    article = GroupNewsPageFactory(group=group)
    url = reverse("wagtailadmin_pages:edit", args=[article.pk])

    response = client.post(url, form_data(client, url) | WORDS | {"slug": "personnes"})

    assert list(errors_of(response)) == ["slug"]
    assert GroupNewsPage.objects.get().slug == article.slug


@pytest.mark.usefixtures("editor")
def test_the_word_of_the_other_language_is_free(client: Client, group: WorkingGroup) -> None:
    url = reverse("wagtailadmin_pages:add", args=["news", "groupnewspage", folder_of(group, "fr").pk])

    response = client.post(url, form_data(client, url) | WORDS | {"slug": "mensen"})

    assert response.status_code == 302, errors_of(response)
    assert client.get(GroupNewsPage.objects.get().url).status_code == 200
