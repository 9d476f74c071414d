"""The traps of translating (research/features.md, P9 to P16), each sprung on purpose, in both directions."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, get_page_models
from wagtail_localize.models import TranslationSource

from home.fields import StreamField
from home.models import HomePage, StandardPage
from home.translation_views import translation_rows
from members.models import CharterPage
from news.models import GroupNewsPage, NewsPage
from tests.factories.groups import GroupNewsPageFactory, WorkingGroupFactory, folder_of
from tests.factories.pages import (
    OTHER,
    PUBLIC_TYPES,
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

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
LANGUAGES = ["fr", "nl"]
STREAMS = [
    (StandardPage, "body"),
    (NewsPage, "body"),
    (GroupNewsPage, "body"),
    (CharterPage, "articles"),
    (HomePage, "axes"),
]


@pytest.fixture
def editor(db: None) -> Client:
    client = Client()
    client.force_login(UserFactory(is_editor=True))
    return client


@pytest.fixture
def on_commit(django_capture_on_commit_callbacks: Any) -> Any:
    """Run what happens after the transaction, as it does on the site."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def page_of_type(model: type, homes: dict[str, HomePage], language: str) -> Any:
    """A published page of this type in this language, below pages that exist in both."""
    if model is HomePage:
        HomePage.objects.filter(pk=homes[language].pk).update(translation_key=uuid4())  # as if it were alone
        homes[OTHER[language]].delete()
        return HomePage.objects.get(pk=homes[language].pk)
    if model is GroupNewsPage:
        return GroupNewsPageFactory(group=WorkingGroupFactory(), language=language)
    return add_page(news_indexes(homes)[language] if model is NewsPage else homes[language], model)


def publish_translation(editor: Client, page: Page, on_commit: Any) -> Any:
    """The whole way: submit, translate, publish."""
    translated = submit(editor, page)
    translate_all(translated)
    with on_commit():
        publish(editor, translated)
    return Page.objects.get(pk=translated.pk).specific


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
