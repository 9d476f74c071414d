"""What translating refuses, and how it says so (research/features.md, P13 to P16)."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import TranslationLog, TranslationSource

from home.models import StandardPage
from home.translation_views import translation_rows
from news.models import NewsPage
from tests.factories.pages import (
    add_page,
    locale,
    messages_of,
    news_indexes,
    publish,
    submit,
    translate_all,
    translation_of,
)
from tests.home.translating import publish_translation

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


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
    source, _created = TranslationSource.update_or_create_from_instance(page)
    TranslationLog.objects.create(source=source, locale=locale("nl"))

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
