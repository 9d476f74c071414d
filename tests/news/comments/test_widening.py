"""Comments written among the people of a closed group are not shown to others unawares."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from news.models import GroupNewsPage, WorkingGroup
from tests.factories.forms import errors_of, form_data
from tests.factories.groups import CommentFactory, GroupNewsPageFactory, WorkingGroupFactory, folder_of, translated
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def editor(client: Client, homes: Any) -> Client:
    client.force_login(UserFactory(is_editor=True))
    return client


@pytest.fixture
def closed(homes: Any) -> WorkingGroup:
    group: WorkingGroup = WorkingGroupFactory(is_open=False)
    group.members.add(UserFactory())
    group.save()
    return group


@pytest.fixture
def article(closed: WorkingGroup) -> GroupNewsPage:
    return GroupNewsPageFactory(group=closed)


def move(client: Client, article: GroupNewsPage, group: WorkingGroup) -> Any:
    folder = folder_of(group, "fr")
    return client.post(reverse("wagtailadmin_pages:move_confirm", args=[article.pk, folder.pk]), follow=True)


def move_several(client: Client, article: GroupNewsPage, group: WorkingGroup) -> Any:
    folder, other = folder_of(group, "fr"), GroupNewsPageFactory(group=article.group)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    asked = f"{address}?id={other.pk}&id={article.pk}"
    return client.post(asked, {"chooser": folder.pk, "move_applies_to_children": "on"}, follow=True)


def group_of(article: GroupNewsPage) -> WorkingGroup:
    return GroupNewsPage.objects.get(pk=article.pk).group


MOVES = pytest.mark.parametrize("how", [move, move_several])


@MOVES
@pytest.mark.parametrize("is_open", [True, False])
def test_an_article_with_comments_does_not_move_to_other_readers(
    editor: Client, closed: WorkingGroup, article: GroupNewsPage, how: Any, is_open: bool
) -> None:
    other = WorkingGroupFactory(is_open=is_open)
    other.members.add(UserFactory())
    other.save()
    CommentFactory(article=article)

    response = how(editor, article, other)

    assert article.title in response.content.decode() and other.name in response.content.decode()
    assert group_of(article) == closed
    assert GroupNewsPage.objects.filter(group=other).count() == 0


def test_neither_does_its_translation(editor: Client, closed: WorkingGroup, article: GroupNewsPage) -> None:
    CommentFactory(article=translated(article))
    move(editor, article, WorkingGroupFactory())
    assert group_of(article) == closed


@MOVES
def test_without_comments_it_moves(editor: Client, article: GroupNewsPage, how: Any) -> None:
    other = WorkingGroupFactory()
    how(editor, article, other)
    assert group_of(article) == other


def test_with_comments_it_moves_to_fewer_readers(editor: Client, closed: WorkingGroup) -> None:
    article = GroupNewsPageFactory(group=WorkingGroupFactory())
    CommentFactory(article=article)
    move(editor, article, closed)
    assert group_of(article) == closed


def open_group(client: Client, group: WorkingGroup, **data: Any) -> Any:
    url = reverse("wagtailsnippets_news_workinggroup:edit", args=[group.pk])
    return client.post(url, form_data(client, url) | {"is_open": "on", "joining": "on_request"} | data)


def test_opening_a_group_with_comments_asks_first(
    editor: Client, closed: WorkingGroup, article: GroupNewsPage
) -> None:
    CommentFactory(article=article)

    response = open_group(editor, closed)

    assert set(errors_of(response)) == {"shows_comments"}
    closed.refresh_from_db()
    assert not closed.is_open

    open_group(editor, closed, shows_comments="on")

    closed.refresh_from_db()
    assert closed.is_open


def test_opening_a_group_without_comments_asks_nothing(
    editor: Client, closed: WorkingGroup, article: GroupNewsPage
) -> None:
    url = reverse("wagtailsnippets_news_workinggroup:edit", args=[closed.pk])
    assert "shows_comments" not in form_data(editor, url)
    open_group(editor, closed)
    closed.refresh_from_db()
    assert closed.is_open
