"""The traps of translating (research/features.md, P9 to P11), each sprung on purpose, in both directions."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, get_page_models
from wagtail_localize.models import TranslationSource

from home.fields import StreamField
from home.models import HomePage, StandardPage
from news.models import GroupNewsPage, NewsPage
from tests.factories.pages import (
    PUBLIC_TYPES,
    add_page,
    messages_of,
    news_indexes,
    publish,
    submit,
)
from tests.home.translating import LANGUAGES, STREAMS, page_of_type, publish_translation

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("model", [HomePage, GroupNewsPage, *PUBLIC_TYPES])
def test_p9_a_submitted_page_of_any_type_stays_a_draft(homes: Any, editor: Client, model: type, language: str) -> None:
    page = page_of_type(model, homes, language)

    translated = submit(editor, page)

    assert translated is not None
    assert not translated.live
    assert not Page.objects.live().filter(pk=translated.pk).exists()
    assert editor.get(reverse("wagtailadmin_pages:edit", args=[translated.pk])).status_code == 200


def test_p9_publishing_an_unfinished_translation_is_refused(homes: Any, editor: Client, on_commit: Any) -> None:
    translated = submit(editor, add_page(homes["fr"], introduction="Bonjour"))

    with on_commit():
        response = publish(editor, translated)

    assert not Page.objects.get(pk=translated.pk).live
    assert "Nothing was published" in messages_of(response, editor) or "publié" in messages_of(response, editor)


def test_p9_a_finished_translation_is_published(homes: Any, editor: Client, on_commit: Any) -> None:
    page = add_page(homes["fr"], introduction="Bonjour")

    translated = publish_translation(editor, page, on_commit)

    assert translated.live
    assert (translated.title, translated.introduction, translated.slug) == ("NL Une page", "NL Bonjour", "nl-une-page")


def test_p9_synchronising_never_publishes(homes: Any, editor: Client, on_commit: Any) -> None:
    page = add_page(homes["fr"])
    translated = publish_translation(editor, page, on_commit)
    page.introduction = "Nouveau"
    page.save_revision().publish()
    source = TranslationSource.objects.get()

    with on_commit():
        editor.post(reverse("wagtail_localize:update_translations", args=[source.pk]), {"publish_translations": "on"})

    translated.refresh_from_db()
    assert translated.introduction == ""
    assert "Nouveau" in [segment.string.data for segment in source.stringsegment_set.all()]


def variants(block: Any) -> list[Any]:
    """The value of a block as stored: full, then with each optional field null, absent and empty."""
    full = preview(block)
    if not isinstance(full, dict):
        return [full]
    optional = [name for name, child in block.child_blocks.items() if not child.required]
    values = [full]
    for name in optional:
        absent = {key: value for key, value in full.items() if key != name}
        values += [absent, {**full, name: None}, {**full, name: ""}]
    return [*values, {key: value for key, value in full.items() if key not in optional}]


def preview(block: Any) -> Any:
    """The block as stored, with something in every field."""
    if block.name != "picture":
        return block.get_prep_value(block.normalize(block.get_preview_value()))
    image = get_image_model().objects.create(title="Une image", file=get_test_image_file())
    return {"image": image.pk, "alternative": "Un cercle", "caption": "Légende"}


def stored(block: Any) -> str:
    values = variants(block)
    return json.dumps([{"type": block.name, "value": value, "id": f"block-{n}"} for n, value in enumerate(values)])


def write_stream(page: Page, name: str, content: str) -> None:
    """Write the column itself, as an old version or an import may have left it."""
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE {page._meta.db_table} SET "{name}" = %s WHERE page_ptr_id = %s',  # noqa: S608  # names of ours
            [content, page.pk],
        )


def every_block() -> list[tuple[type, str, str]]:
    fields = [(model, name, model._meta.get_field(name)) for model, name in STREAMS]
    assert all(isinstance(field, StreamField) for _model, _name, field in fields)
    return [(model, name, block) for model, name, field in fields for block in field.stream_block.child_blocks]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", every_block(), ids=lambda place: f"{place[0].__name__}-{place[2]}")
def test_p10_every_block_translates_with_empty_optional_fields(
    homes: Any, editor: Client, on_commit: Any, place: tuple[type, str, str], language: str
) -> None:
    model, name, block_name = place
    page = page_of_type(model, homes, language)
    block = model._meta.get_field(name).stream_block.child_blocks[block_name]
    write_stream(page, name, stored(block))
    page = model.objects.get(pk=page.pk)

    translated = publish_translation(editor, page, on_commit)

    assert translated.live
    assert len(getattr(translated, name)) == len(variants(block))
    assert editor.get(reverse("wagtailadmin_pages:edit", args=[translated.pk])).status_code == 200


@pytest.mark.parametrize("missing", [None, ""])
def test_p10_a_block_without_any_value_translates(homes: Any, editor: Client, missing: Any) -> None:
    page = add_page(homes["fr"])
    blocks = StandardPage._meta.get_field("body").stream_block.child_blocks
    values = [{"type": "heading", "value": missing}, {"type": "text", "value": missing}]
    values += [{"type": name, "value": {}} for name in blocks if name not in ("heading", "text")]
    values += [{"type": name, "value": {"items": None}} for name in ("questions", "definitions", "steps")]
    write_stream(page, "body", json.dumps([{**value, "id": str(n)} for n, value in enumerate(values)]))

    translated = submit(editor, page)

    assert len(translated.body) == len(values)


def test_p11_what_must_not_be_translated_is_a_field_that_follows_the_source(
    homes: Any, editor: Client, on_commit: Any
) -> None:
    indexes = news_indexes(homes)
    page = add_page(indexes["fr"], NewsPage, source_url="https://exemple.be/1")
    translated = publish_translation(editor, page, on_commit)
    assert translated.source_url == "https://exemple.be/1"
    page.source_url = "https://exemple.be/2"
    page.date = "2025-03-01"
    page.save_revision().publish()

    editor.post(reverse("wagtail_localize:update_translations", args=[TranslationSource.objects.get().pk]), {})
    with on_commit():
        publish(editor, translated)

    translated.refresh_from_db()
    assert (translated.source_url, str(translated.date)) == ("https://exemple.be/2", "2025-03-01")


def test_the_lists_of_types_are_complete() -> None:
    fixed = {"Page", "MemberAreaPage", "GroupIndexPage", "GroupPage"}
    covered = {model.__name__ for model in [HomePage, GroupNewsPage, *PUBLIC_TYPES]} | fixed
    assert {model.__name__ for model in get_page_models()} == covered
    streams = {
        (model, field.name)
        for model in get_page_models()
        for field in model._meta.get_fields()
        if isinstance(field, StreamField)
    }
    assert streams == set(STREAMS)
