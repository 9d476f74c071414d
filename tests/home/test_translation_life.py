"""The traps of what was translated (research/features.md, P12), each sprung on purpose, in both directions."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from home.models import StandardPage
from news.models import GroupNewsPage
from tests.factories.groups import GroupNewsPageFactory, WorkingGroupFactory, folder_of
from tests.factories.pages import (
    OTHER,
    add_page,
    publish,
)
from tests.factories.people import UserFactory
from tests.home.translating import LANGUAGES, publish_translation

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def test_p12_unpublishing_the_source_takes_its_translation_offline(homes: Any, editor: Client, on_commit: Any) -> None:
    page = add_page(homes["fr"])
    translated = publish_translation(editor, page, on_commit)
    url = reverse("wagtailadmin_pages:unpublish", args=[page.pk])
    assert "NL Une page" in editor.get(url).content.decode()

    editor.post(url)

    assert not Page.objects.get(pk=translated.pk).live


@pytest.mark.parametrize("language", LANGUAGES)
def test_p12_unpublishing_a_translation_leaves_its_source(
    homes: Any, editor: Client, on_commit: Any, language: str
) -> None:
    page = add_page(homes[language])
    translated = publish_translation(editor, page, on_commit)

    editor.post(reverse("wagtailadmin_pages:unpublish", args=[translated.pk]))

    assert Page.objects.get(pk=page.pk).live


def test_p12_a_failure_leaves_both_as_they_were(
    homes: Any, editor: Client, on_commit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = add_page(homes["fr"])
    translated = publish_translation(editor, page, on_commit)

    def fail(self: Any, *args: Any, **kwargs: Any) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr("home.translation._unpublish", fail)
    with pytest.raises(RuntimeError):
        editor.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))

    assert Page.objects.get(pk=page.pk).live
    assert Page.objects.get(pk=translated.pk).live


def test_p12_a_translation_cannot_go_live_while_its_source_is_not(homes: Any, editor: Client, on_commit: Any) -> None:
    page = add_page(homes["fr"])
    translated = publish_translation(editor, page, on_commit)
    editor.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))

    with on_commit():
        publish(editor, translated)
    assert not Page.objects.get(pk=translated.pk).live

    Page.objects.get(pk=translated.pk).specific.save_revision().publish()
    assert not Page.objects.get(pk=translated.pk).live


def test_p12_deleting_the_source_keeps_the_translation_as_a_draft(homes: Any, editor: Client, on_commit: Any) -> None:
    page = add_page(homes["fr"])
    translated = publish_translation(editor, page, on_commit)

    editor.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))

    assert not Page.objects.filter(pk=page.pk).exists()
    assert not Page.objects.get(pk=translated.pk).live


@pytest.mark.parametrize("language", LANGUAGES)
def test_p12_moving_a_page_moves_its_translation(homes: Any, editor: Client, on_commit: Any, language: str) -> None:
    other = OTHER[language]
    page = add_page(homes[language])
    translated = publish_translation(editor, page, on_commit)
    places = {language: add_page(homes[language], title="Ici", slug="ici")}
    places[other] = add_page(homes[other], title="Hier", slug="hier", translation_key=places[language].translation_key)

    editor.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, places[language].pk]))

    moved = Page.objects.get(pk=translated.pk)
    assert moved.is_child_of(Page.objects.get(pk=places[other].pk))
    assert moved.live


@pytest.mark.parametrize("is_draft", [False, True])
def test_p12_a_slug_that_changed_with_the_move_stays(
    homes: Any, editor: Client, on_commit: Any, is_draft: bool
) -> None:
    page = add_page(homes["fr"])
    translated = publish_translation(editor, page, on_commit)
    french = add_page(homes["fr"], title="Ici", slug="ici")
    dutch = add_page(homes["nl"], title="Hier", slug="hier", translation_key=french.translation_key)
    add_page(dutch, title="Was er al", slug=translated.slug)
    if is_draft:
        translated.introduction = "Nog niet klaar"
        translated.save_revision()

    editor.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, french.pk]))

    moved = StandardPage.objects.get(pk=translated.pk)
    assert moved.slug == f"{translated.slug}-1"
    assert moved.live
    assert moved.has_unpublished_changes is is_draft
    assert (moved.get_latest_revision_as_object().introduction == "Nog niet klaar") is is_draft
    moved.get_latest_revision().publish()
    assert Page.objects.get(pk=translated.pk).slug == f"{translated.slug}-1"


def test_p12_moving_where_there_is_no_translation_takes_it_offline(homes: Any, editor: Client, on_commit: Any) -> None:
    page = add_page(homes["fr"])
    translated = publish_translation(editor, page, on_commit)
    place = add_page(homes["fr"], title="Ici", slug="ici")

    editor.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, place.pk]))

    assert not Page.objects.get(pk=translated.pk).live


def test_p12_moving_an_article_to_a_closed_group_hides_both_languages(
    homes: Any, editor: Client, on_commit: Any
) -> None:
    article = GroupNewsPageFactory(group=WorkingGroupFactory(is_open=True))
    translated = publish_translation(editor, article, on_commit)
    closed = WorkingGroupFactory(is_open=False)
    member = UserFactory()
    assert GroupNewsPage.objects.visible_to(member).count() == 2

    editor.post(reverse("wagtailadmin_pages:move_confirm", args=[article.pk, folder_of(closed, "fr").pk]))

    assert not GroupNewsPage.objects.visible_to(member).exists()
    assert GroupNewsPage.objects.get(pk=translated.pk).group == closed
    assert GroupNewsPage.objects.get(pk=article.pk).group == closed


def test_p12_a_copy_is_a_page_of_its_own(homes: Any, editor: Client, on_commit: Any) -> None:
    page = add_page(homes["fr"])
    publish_translation(editor, page, on_commit)
    data = {"new_title": "Copie", "new_slug": "copie", "new_parent_page": homes["fr"].pk, "publish_copies": ""}

    editor.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data)

    copy = Page.objects.get(slug="copie")
    assert copy.translation_key != page.translation_key
    assert not copy.get_translations().exists()
    assert not copy.live


def test_p12_a_copied_article_belongs_to_the_group_where_it_lands(homes: Any, editor: Client) -> None:
    article = GroupNewsPageFactory(group=WorkingGroupFactory())
    other = WorkingGroupFactory(is_open=False)
    data = {"new_title": "Copie", "new_slug": "copie", "new_parent_page": folder_of(other, "fr").pk}

    editor.post(reverse("wagtailadmin_pages:copy", args=[article.pk]), {**data, "publish_copies": "on"})

    assert GroupNewsPage.objects.get(slug="copie").group == other
