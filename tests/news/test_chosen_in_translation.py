"""Documents and pictures of an article in its translation, in both directions."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail_localize.models import OverridableSegment, TranslationSource

from library.enums import SharingLevel
from library.models import Tool
from members.models import User
from news.models import GroupNewsPage, WorkingGroup
from tests.factories.groups import GroupNewsPageFactory, WorkingGroupFactory
from tests.factories.library import ToolFactory
from tests.factories.pages import publish, submit, translate_all, translation_of
from tests.factories.people import UserFactory
from tests.factories.pictures import GroupPictureFactory

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
SECRET = "Onzegbaar"


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def group(homes: Any) -> WorkingGroup:
    """An open group with a coordinator."""
    made = WorkingGroupFactory()
    made.coordinators.add(UserFactory())
    made.save()
    return made


@pytest.fixture
def coordinator(group: WorkingGroup) -> Client:
    return browser(group.coordinators.get())


@pytest.fixture
def secret(db: None) -> Tool:
    """A tool that an association keeps for itself."""
    return ToolFactory(title=SECRET, sharing=SharingLevel.ASSOCIATION)


def with_tools(group: WorkingGroup, *tools: Tool, **fields: Any) -> GroupNewsPage:
    body = [("attachment", {"tool": tool, "note": ""}) for tool in tools]
    return GroupNewsPageFactory(group=group, body=body, **fields)


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_a_translation_has_the_same_document(
    group: WorkingGroup, coordinator: Client, language: str, django_capture_on_commit_callbacks: Any
) -> None:
    tool = ToolFactory()
    translated = submit(coordinator, with_tools(group, tool, language=language))
    translate_all(translated)

    with django_capture_on_commit_callbacks(execute=True):
        publish(coordinator, translated)

    page = GroupNewsPage.objects.get(pk=translated.pk)
    assert page.live
    assert [block.value["tool"] for block in page.body] == [tool]


def test_a_translation_may_have_another_document(
    group: WorkingGroup, coordinator: Client, django_capture_on_commit_callbacks: Any
) -> None:
    dutch = ToolFactory(language="nl")
    translated = submit(coordinator, with_tools(group, ToolFactory()))
    translate_all(translated)
    translation = translation_of(translated)
    segment = OverridableSegment.objects.get(source=translation.source)
    url = reverse("wagtail_localize:edit_override", args=[translation.pk, segment.pk])

    coordinator.put(url, f"value={dutch.pk}", content_type="application/x-www-form-urlencoded")
    with django_capture_on_commit_callbacks(execute=True):
        publish(coordinator, translated)

    assert [block.value["tool"] for block in GroupNewsPage.objects.get(pk=translated.pk).body] == [dutch]


def test_a_document_that_was_deleted_stops_no_translation(
    group: WorkingGroup, coordinator: Client, django_capture_on_commit_callbacks: Any
) -> None:
    tool = ToolFactory()
    translated = submit(coordinator, with_tools(group, tool))
    translate_all(translated)
    tool.delete()

    with django_capture_on_commit_callbacks(execute=True):
        publish(coordinator, translated)

    assert GroupNewsPage.objects.get(pk=translated.pk).live


def test_a_picture_and_its_words_are_translated(
    group: WorkingGroup, coordinator: Client, django_capture_on_commit_callbacks: Any
) -> None:
    picture = GroupPictureFactory(group=group)
    value = {"picture": picture, "alternative": "Une table", "is_decorative": False, "caption": ""}
    translated = submit(coordinator, GroupNewsPageFactory(group=group, body=[("picture", value)]))
    translate_all(translated)

    with django_capture_on_commit_callbacks(execute=True):
        publish(coordinator, translated)

    shown = GroupNewsPage.objects.get(pk=translated.pk).body[0].value
    assert (shown["picture"], shown["alternative"]) == (picture, "NL Une table")
    assert TranslationSource.objects.count() == 1


def test_the_screen_of_a_translation_asks_for_names_as_its_reader_may_know_them(
    coordinator: Client, secret: Tool
) -> None:
    known = ToolFactory(title="Pour tous")

    def name(client: Client, tool: Tool) -> str:
        return client.get(f"/admin/localize/api/snippets/library/tool/{tool.pk}/").json()["title"]

    assert name(coordinator, known) == "Pour tous"
    assert SECRET not in name(coordinator, secret)
    assert name(browser(UserFactory(is_editor=True)), secret) == SECRET


def test_the_screen_of_a_translation_does_not_name_it(group: WorkingGroup, coordinator: Client, secret: Tool) -> None:
    translated = submit(coordinator, with_tools(group, secret))

    response = coordinator.get(reverse("wagtailadmin_pages:edit", args=[translated.pk]))

    assert json.dumps(SECRET)[1:-1] not in response.content.decode()
