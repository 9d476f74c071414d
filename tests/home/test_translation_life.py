"""The traps of what was translated (research/features.md, P12 to P16), each sprung on purpose, in both directions."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import TranslationSource

from home.models import StandardPage
from home.translation_views import translation_rows
from news.models import GroupNewsPage, NewsPage
from tests.factories.groups import GroupNewsPageFactory, WorkingGroupFactory, folder_of
from tests.factories.pages import (
    OTHER,
    add_page,
    locale,
    messages_of,
    news_indexes,
    publish,
    submit,
    translate_all,
    translation_of,
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


def test_p13_no_alias_can_be_made(homes: Any, editor: Client) -> None:
    page = add_page(homes["fr"])
    data = {"new_title": "Copie", "new_slug": "copie", "new_parent_page": homes["fr"].pk, "alias": "on"}

    editor.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data)
    converted = editor.get(reverse("wagtail_localize:convert_to_alias", args=[page.pk]))

    assert not Page.objects.filter(alias_of__isnull=False).exists()
    assert converted.status_code == 403


def test_p13_an_alias_and_a_translation_cannot_be_translated(homes: Any, editor: Client, on_commit: Any) -> None:
    page = add_page(homes["fr"])
    alias = page.create_alias(parent=homes["fr"], update_slug="alias")
    translated = publish_translation(editor, page, on_commit)

    assert submit(editor, alias) is None
    response = editor.get(reverse("wagtail_localize:submit_page_translation", args=[translated.pk]))

    assert response.status_code == 302
    assert TranslationSource.objects.count() == 1


def test_p13_a_subtree_cannot_be_translated_at_once(homes: Any, editor: Client) -> None:
    page = add_page(homes["fr"])
    add_page(page, title="Dessous", slug="dessous")
    url = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    assert "include_subtree" not in editor.get(url).content.decode()

    submit(editor, page, include_subtree="on")

    assert not StandardPage.objects.filter(locale=locale("nl"), title="Dessous").exists()


def test_p13_a_page_waits_for_the_page_above_it(homes: Any, editor: Client) -> None:
    parent = add_page(homes["fr"])
    child = add_page(parent, title="Dessous", slug="dessous")

    assert submit(editor, child) is None

    assert not Page.objects.filter(alias_of__isnull=False).exists()


def test_p14_a_draft_change_is_published_before_it_is_translated(homes: Any, editor: Client) -> None:
    page = add_page(homes["fr"])
    page.title = "Brouillon"
    page.save_revision()

    assert submit(editor, page) is None


def test_p14_what_is_out_of_date_is_listed(homes: Any, editor: Client, on_commit: Any) -> None:
    fresh = add_page(homes["fr"], title="Jamais traduite", slug="jamais")
    page = add_page(homes["fr"])
    publish_translation(editor, page, on_commit)
    assert [row.page.pk for row in translation_rows()] == [fresh.pk]
    page.introduction = "Changé"
    page.save_revision().publish()

    rows = {row.page.pk: row for row in translation_rows()}
    shown = editor.get(reverse("home_translations")).content.decode()

    assert set(rows) == {fresh.pk, page.pk}
    assert rows[page.pk].target is not None
    assert "Jamais traduite" in shown
    assert "Une page" in shown


def test_p15_a_refused_translation_says_which_field(homes: Any, editor: Client, on_commit: Any) -> None:
    page = add_page(homes["fr"], seo_title="x" * 250)
    translated = submit(editor, page)
    translate_all(translated, prefix="Veel te lang: ")

    with on_commit():
        response = publish(editor, translated)

    shown = messages_of(response, editor)
    assert not Page.objects.get(pk=translated.pk).live
    assert "255" in shown
    assert "Balise titre" in shown


def test_p15_a_submit_that_fails_is_said_and_leaves_nothing(
    homes: Any, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = add_page(news_indexes(homes)["fr"], NewsPage)

    def refuse(self: NewsPage) -> None:
        if self.locale.language_code == "nl":
            raise ValidationError({"source_url": "geen bron"})

    monkeypatch.setattr(NewsPage, "clean", refuse)
    url = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    response = editor.post(url, {"locales": [locale("nl").pk]})

    assert not page.get_translations().exists()
    assert "geen bron" in messages_of(response, editor)


def test_p15_a_submit_that_fails_is_said_although_an_earlier_one_was_made(
    homes: Any, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = add_page(news_indexes(homes)["fr"], NewsPage)
    submit(editor, page).delete()
    page = NewsPage.objects.get(pk=page.pk)

    def refuse(self: NewsPage) -> None:
        if self.locale.language_code == "nl":
            raise ValidationError({"source_url": "geen bron"})

    monkeypatch.setattr(NewsPage, "clean", refuse)
    url = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    response = editor.post(url, {"locales": [locale("nl").pk]})

    assert not page.get_translations().exists()
    assert "geen bron" in messages_of(response, editor)


def test_p16_the_same_slug_serves_both_languages(homes: Any, editor: Client, client: Client, on_commit: Any) -> None:
    page = add_page(homes["fr"])
    translated = submit(editor, page)
    translate_all(translated)
    translation = translation_of(translated)
    translation.source.stringsegment_set.get(context__path="slug").string.translations.all().delete()

    with on_commit():
        publish(editor, translated)

    translated = Page.objects.get(pk=translated.pk)
    assert translated.live
    assert translated.slug == page.slug
    assert client.get(translated.url).status_code == client.get(page.url).status_code == 200


def test_p16_the_switcher_follows_translated_slugs(homes: Any, editor: Client, client: Client, on_commit: Any) -> None:
    page = add_page(homes["fr"])
    translated = publish_translation(editor, page, on_commit)

    shown = client.get(page.url).content.decode()

    assert "/nl/nl-une-page/" in translated.url
    assert f'href="{translated.url}"' in shown
