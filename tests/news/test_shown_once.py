"""Each list of a group's articles shows an article once: in the reader's language where that can be read."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from news.models import FeedKey, GroupNewsPage, WorkingGroup
from tests.factories.groups import GroupNewsPageFactory, WorkingGroupFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
LISTS = ("dashboard", "group", "feed")


@pytest.fixture
def group(homes: Any) -> WorkingGroup:
    return WorkingGroupFactory()


@pytest.fixture
def french(group: WorkingGroup) -> GroupNewsPage:
    return GroupNewsPageFactory(group=group, title="En français")


def shown(group: WorkingGroup, where: str, language: str) -> list[str]:
    """Which of the two titles a reader finds in a list, each as often as it is there."""
    reader = UserFactory()
    client = Client()
    client.force_login(reader)
    with override(language):
        url = {
            "dashboard": reverse("members:dashboard"),
            "group": group.get_absolute_url(),
            "feed": reverse("news:group_feed", args=[FeedKey.objects.create(owner=reader).token, group.pk]),
        }[where]
    content = client.get(url).content.decode()
    return [title for title in ("En français", "In het Nederlands") for _ in range(content.count(f">{title}<"))]


def dutch(french: GroupNewsPage, **fields: Any) -> GroupNewsPage:
    return GroupNewsPageFactory(
        group=french.group,
        title="In het Nederlands",
        language="nl",
        translation_key=french.translation_key,
        **fields,
    )


@pytest.mark.parametrize("where", LISTS)
def test_in_the_readers_language(french: GroupNewsPage, where: str) -> None:
    dutch(french)

    assert shown(french.group, where, "fr") == ["En français"]
    assert shown(french.group, where, "nl") == ["In het Nederlands"]


@pytest.mark.parametrize("where", LISTS)
@pytest.mark.parametrize("state", ["draft", "scheduled", "expired"])
def test_in_the_other_language_while_the_translation_cannot_be_read(
    french: GroupNewsPage, where: str, state: str
) -> None:
    soon = timezone.now() + timedelta(days=1)
    page = dutch(french, **({"go_live_at": soon} if state == "scheduled" else {}))
    if state != "scheduled":
        page.unpublish(set_expired=state == "expired")

    assert not GroupNewsPage.objects.get(pk=page.pk).live
    assert shown(french.group, where, "nl") == ["En français"]
    assert shown(french.group, where, "fr") == ["En français"]
