"""Loads the alliance's content: once. What is there already is never overwritten, so editors keep their changes.

The steps below are shared by the ``seeding`` module of every app; ``manage.py seed`` calls them in order.
"""

from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import models
from wagtail.models import Locale, Page, Site

from home.languages import DEFAULT_LANGUAGE, LANGUAGES
from home.models import ContactPage, HomePage, StandardPage

SEED = settings.BASE_DIR / "home" / "seed"


def read(path: Path) -> Any:
    """One YAML file of facts."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)  # ten times as fast as Python's own


def pages_content() -> dict[str, Any]:
    """The words of the editorial pages, by page and language."""
    content: dict[str, Any] = read(SEED / "pages.yaml")
    return content


def fields(model: type[models.Model], facts: dict[str, Any], **renamed: str) -> dict[str, Any]:
    """Those facts that are columns of the model; an unknown text becomes empty. ``renamed``: column=fact."""
    facts = facts | {column: facts[name] for column, name in renamed.items() if name in facts}
    columns = {field.name: field for field in model._meta.concrete_fields if not field.is_relation}
    return {
        name: "" if value is None and not columns[name].null else value
        for name, value in facts.items()
        if name in columns and name != "id"
    }


def add_missing(model: Any, facts: dict[str, Any], *, key: str = "slug", **values: Any) -> tuple[Any, bool]:
    """The record with this key, made from the facts when there is none yet."""
    values = {**facts, **values}
    lookup = {key: values.pop(key)}
    found = model.objects.filter(**lookup).first()
    return (found, False) if found else (model.objects.create(**lookup, **values), True)


def add_page(parent: Page, page: Page, original: Page | None = None) -> Page:
    """Publish a page below its parent in the parent's language; ``original`` is the one it translates."""
    there = type(page).objects.child_of(parent).filter(slug=page.slug).first()
    if there:
        return there
    page.locale = parent.locale
    if original:
        page.translation_key = original.translation_key
    parent.add_child(instance=page)
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)  # the one at hand still believes to have unpublished changes


def add_in_every_language(parents: dict[str, Page], model: type[Page], words: dict[str, Any]) -> dict[str, Page]:
    """One page per language with its words, linked as translations of each other, source first."""
    made: dict[str, Page] = {}
    order = [code for code in (words.get("source_language", DEFAULT_LANGUAGE), *LANGUAGES) if code in words]
    for language in dict.fromkeys(order):
        original = next(iter(made.values()), None)
        made[language] = add_page(parents[language], model(**words[language]), original)
    return made


def seed_home_pages() -> dict[str, Page]:
    """The home page of each language, and the site that serves them."""
    words = pages_content()["home"]
    root = Page.objects.get(depth=1)
    homes: dict[str, Page] = {}
    for language in LANGUAGES:
        home = HomePage.objects.filter(locale__language_code=language).first()
        homes[language] = home or _add_home(root, language, words[language], homes)
    Site.objects.get_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "site_name": "Alliance Otonom", "root_page": homes[DEFAULT_LANGUAGE]},
    )
    return homes


def _add_home(root: Page, language: str, words: dict[str, Any], homes: dict[str, Page]) -> HomePage:
    axes = [("axis", {"title": axis["title"], "text": f"<p>{axis['text']}</p>"}) for axis in words["axes"]]
    home = HomePage(**{**words, "axes": axes}, locale=Locale.objects.get(language_code=language))
    if homes:
        home.translation_key = homes[DEFAULT_LANGUAGE].translation_key
    root.add_child(instance=home)
    home.save_revision().publish()
    return home


def seed_editorial_pages(homes: dict[str, Page]) -> None:
    """The alliance, contact, legal notice, privacy and accessibility."""
    content = pages_content()
    for key, model, in_menu in (
        ("alliance", StandardPage, True),
        ("contact", ContactPage, False),
        ("legal", StandardPage, False),
        ("privacy", StandardPage, False),
        ("accessibility", StandardPage, False),
    ):
        words = {code: {**content[key][code], "show_in_menus": in_menu} for code in LANGUAGES}
        add_in_every_language(homes, model, with_bodies(words))


def with_bodies(words: dict[str, Any]) -> dict[str, Any]:
    """The words with their blocks in the form that a StreamField stores."""
    return {
        key: {**value, "body": [stored_block(block) for block in value["body"]]}
        if isinstance(value, dict) and "body" in value
        else value
        for key, value in words.items()
    }


def stored_block(block: dict[str, Any]) -> tuple[str, Any]:
    """A block of the seed as (name, value)."""
    return block["type"], block["value"]
