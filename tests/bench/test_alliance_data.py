"""The alliance of the measurements can still be made, and is one that the site itself could have made."""

import pytest
from django.test import Client
from wagtail.models import Page

from home.models import HomePage
from members.models import Association, User
from news.models import Comment, GroupNewsPage, GroupPage, Meeting, WorkingGroup
from tests.bench.alliance_data import fill
from tests.bench.people_data import LARGE, Alliance, Sizes

TINY = Sizes(associations=4, people=24, groups=3, articles=12, comments=25, members=8, meetings=4)


@pytest.fixture
def alliance(homes: dict[str, HomePage]) -> Alliance:
    return fill(TINY)


@pytest.mark.django_db
def test_a_tiny_alliance_is_whole(alliance: Alliance, client: Client) -> None:
    assert [problem for problem in Page.find_problems() if problem] == []
    assert Association.objects.visible_to(None).count() == 4
    assert User.objects.count() == 24
    assert WorkingGroup.objects.count() == 3
    assert Meeting.objects.count() == 12
    assert Comment.objects.count() == 25
    assert Comment.objects.filter(parent__parent__isnull=False).count() == 0
    for article in GroupNewsPage.objects.select_related("group"):
        assert article.get_parent().specific.group_id == article.group_id
        assert article.locale == article.get_parent().locale
        client.force_login(alliance.roles["editor"])
        assert client.get(article.url).status_code == 200


@pytest.mark.django_db
def test_two_of_three_articles_stand_in_both_languages(alliance: Alliance) -> None:
    keys = list(GroupNewsPage.objects.values_list("translation_key", flat=True))

    assert len(set(keys)) == 12
    assert len(keys) == 20
    assert GroupPage.objects.filter(locale__language_code="nl").count() == 3


@pytest.mark.django_db
def test_each_role_is_there(alliance: Alliance) -> None:
    roles = {name: person.role for name, person in alliance.roles.items()}

    assert roles == {name: name for name in ("member", "coordinator", "delegate", "editor", "administrator")}
    assert all(person.is_in_directory for person in alliance.roles.values())


def test_the_large_one_is_as_large_as_promised() -> None:
    assert (LARGE.associations, LARGE.people, LARGE.groups, LARGE.articles) == (200, 5_000, 100, 5_000)
    assert LARGE.divided_by(20).people == 250
