"""Pages of every type, and how an editor translates them."""

from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from home.models import BasePage, ContactPage, HomePage, StandardPage
from members.models import AssociationIndexPage, CharterPage, NeedIndexPage
from news.models import NewsIndexPage, NewsPage

PUBLIC_TYPES = [StandardPage, ContactPage, NewsIndexPage, NewsPage, AssociationIndexPage, NeedIndexPage, CharterPage]
OTHER = {"fr": "nl", "nl": "fr"}


def locale(language: str) -> Locale:
    return Locale.objects.get(language_code=language)


def add_page(parent: Page, model: type[BasePage] = StandardPage, **fields: Any) -> Any:
    """A published page, with something in every field that must be filled."""
    fields = {"title": "Une page", "slug": "une-page", **fields}
    if model is NewsPage:
        fields = {"summary": "En bref.", **fields}
    if model is ContactPage:
        fields = {"thank_you_title": "Merci", **fields}
    page = model(locale=parent.locale, **fields)
    parent.add_child(instance=page)
    page.save_revision().publish()
    return model.objects.get(pk=page.pk)


def news_indexes(homes: dict[str, HomePage]) -> dict[str, NewsIndexPage]:
    """The list of news in both languages."""
    french = add_page(homes["fr"], NewsIndexPage, title="Actualités", slug="actualites")
    dutch = add_page(homes["nl"], NewsIndexPage, title="Nieuws", slug="nieuws", translation_key=french.translation_key)
    return {"fr": french, "nl": dutch}


def submit(client: Client, page: Page, **data: Any) -> Any:
    """Ask for the translation of a page, as an editor does; gives the draft in the other language, or None."""
    target = locale(OTHER[page.locale.language_code])
    url = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    response = client.post(url, {"locales": [target.pk], **data})
    assert response.status_code == 302, response.content
    return page.get_translation_or_none(target)


def translation_of(page: Page) -> Translation:
    """The record that links this page, a translation, to its source."""
    return Translation.objects.get(source__object_id=page.translation_key, target_locale=page.locale)


def translate_all(page: Page, prefix: str = "NL ") -> None:
    """Translate every text of a draft translation; links and formatting stay."""
    translation = translation_of(page)
    for segment in StringSegment.objects.filter(source=translation.source).select_related("string", "context"):
        text = segment.string.data
        if segment.context.path == "slug":
            text = f"nl-{text}"
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            defaults={"data": text if text.startswith("nl-") else prefix + text},
        )


def publish(client: Client, page: Page) -> Any:
    """Choose "publish" in the editor of a translation."""
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish"})


def messages_of(response: Any, client: Client) -> str:
    """What the CMS says after this, on the page where it leads."""
    return client.get(response.headers["Location"]).content.decode()
