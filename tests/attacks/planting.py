"""Puts hostile text into every field that somebody can type into, as far as the field itself takes it."""

import json
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField

OURS = ("home", "members", "news", "library")
# What the site itself writes: where pages stand in the tree, marks of files, keys.
OF_THE_SITE = {"path", "password", "checksum", "suffix", "language", "about", "format", "title_key", "word"}
UNCHANGEABLE = {"AuditEntry"}  # the database lets nobody
LONG = (
    "\"'></title></textarea></script><script>planted()</script><img src=x onerror=planted()>"
    "<planted-tag>{{7777*7}}\nX-Planted: 1"
)
# The longest that fits is taken, each after a number of its own, for some fields must be unlike each other.
PAYLOADS = (
    LONG,
    "\"'><planted-tag onclick=planted()>",
    "<planted-tag>",
    "javascript:planted()",
    "javascript:x",
    "<b>",
)
RICH_TEXT = {
    "blocks": [
        {
            "key": "a",
            "text": f"lien {LONG}".replace("\n", " "),
            "type": "unstyled",
            "depth": 0,
            "inlineStyleRanges": [],
            "entityRanges": [{"offset": 0, "length": 4, "key": 0}],
        }
    ],
    "entityMap": {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "javascript:planted()"}}},
}


def plant() -> dict[str, int]:
    """Everywhere; gives how many records of each field hold it now."""
    return {
        f"{model._meta.label}.{field.attname}": sum(_into(record, field) for record in records_of(model))
        for model in apps.get_models()
        if model._meta.app_label in OURS and model.__name__ not in UNCHANGEABLE
        for field in typed_fields(model)
    }


def records_of(model: type[models.Model]) -> Any:
    return model._base_manager.all()


def typed_fields(model: type[models.Model]) -> Iterator[Any]:
    """The columns of a model, or above it of a page, that hold what somebody typed."""
    for field in model._meta.concrete_fields:
        text = field.base_field if isinstance(field, ArrayField) else field
        is_text = isinstance(text, (models.CharField, models.TextField, StreamField))
        if is_text and field.editable and not text.choices and not is_reference(field):
            yield field


def is_reference(field: Any) -> bool:
    """Tell whether nobody types into this, or nothing but letters, digits and lines."""
    of_another_kind = isinstance(field, (models.FileField, models.SlugField, models.EmailField))
    return field.primary_key or of_another_kind or field.name in OF_THE_SITE


def _into(record: models.Model, field: Any) -> bool:
    hostile = hostile_value(record, field)
    try:
        with transaction.atomic():
            return hostile is not None and bool(
                field.model._base_manager.filter(pk=record.pk).update(**{field.attname: hostile})
            )
    except IntegrityError:  # the database refuses it by itself, which is as good as the field's refusal
        return False


def hostile_value(record: models.Model, field: Any) -> Any:
    """What the field is to hold; nothing where it takes none."""
    if isinstance(field, StreamField):
        stored = field.value_from_object(record).get_prep_value()
        return field.stream_block.to_python(in_block(field.stream_block, stored))
    if isinstance(field, RichTextField):
        return rich_text(field.formfield().widget)
    if isinstance(field, ArrayField):
        text = accepted(record, field.base_field)
        return [text] if text else None
    return accepted(record, field)


def accepted(record: models.Model, field: Any) -> str | None:
    """The worst that passes the checks of the field."""
    for payload in PAYLOADS:
        text = payload if payload.startswith("javascript") else f"{record.pk}{payload}"
        try:
            return str(field.clean(text, record))
        except ValidationError:
            continue
    return None


def rich_text(widget: Any) -> str:
    """What the editor makes of a text that no editor sent."""
    return str(widget.converter.to_database_format(json.dumps(RICH_TEXT)))


def in_block(block: Any, raw: Any) -> Any:
    """The stored form of a block, with hostile text in all its fields."""
    if isinstance(block, blocks.StreamBlock):
        return [one | {"value": in_block(block.child_blocks[one["type"]], one["value"])} for one in raw]
    if isinstance(block, blocks.ListBlock):
        return [one | {"value": in_block(block.child_block, one["value"])} for one in raw]
    if isinstance(block, blocks.StructBlock):
        return {name: in_block(child, raw.get(name)) for name, child in block.child_blocks.items()}
    if isinstance(block, blocks.RichTextBlock):
        return rich_text(block.field.widget)
    if isinstance(block, (blocks.CharBlock, blocks.TextBlock, blocks.URLBlock)):
        return next((text for text in PAYLOADS if is_taken(block, text)), raw)
    return raw


def is_taken(block: Any, text: str) -> bool:
    try:
        block.clean(text)
    except ValidationError:
        return False
    return True
