"""Puts hostile text wherever the site keeps text that it shows, as far as its forms would let it in."""

import json
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Cast, Concat, Left
from wagtail import blocks
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.fields import RichTextField, StreamField

APPS = ("home", "members", "news", "library", "wagtailcore", "wagtailimages")
# What a browser would obey, in an element, an attribute, an address, a script and a header; x-ss tells where it did.
LONG = "javascript:x()//\"'><x-ss onxss=1></script></title></textarea><x-ss>\r\nX-Evil: 1\r\n=1+1"
SHORT = "\"'><x-ss>"
KEPT_BY_THE_SITE = {
    *("slug", "path", "url_path", "password", "email", "token", "name_on_disk", "sha256", "mark", "content_type"),
    *("language", "language_code", "codename", "hostname", "app_label", "model", "preferred_language", "file_hash"),
}
FEATURES = ["h2", "h3", "bold", "italic", "link", "ol", "ul", "hr", "blockquote", "image", "embed", "document-link"]


def plant() -> int:
    """Put it into every field of every row; gives how many fields that were."""
    count = 0
    for model in apps.get_models():
        if model._meta.app_label in APPS and not model._meta.proxy and model._meta.managed:
            count += sum(_planted(model, field) for field in model._meta.local_fields)
    return count


def _planted(model: type[models.Model], field: Any) -> bool:
    rows = model._base_manager.all()
    if isinstance(field, StreamField):
        for row in rows.exclude(pk__in=[]):
            value = getattr(row, field.name)
            poisoned = json.dumps(_stream(value.stream_block, list(value.raw_data)))
            rows.filter(pk=row.pk).update(**{field.name: poisoned})
        return rows.exists()
    if isinstance(field, RichTextField):
        return bool(rows.update(**{field.name: rich_text(field.features or FEATURES)}))
    if isinstance(field, ArrayField):
        is_free = isinstance(field.base_field, models.CharField | models.TextField) and not field.base_field.choices
        return bool(is_free and rows.update(**{field.name: [_text(field.base_field)]}))
    if not _is_free(field):
        return False
    text = Concat(Value(_text(field)), Cast(F("pk"), models.TextField()))
    return bool(rows.exclude(**{field.name: ""}).update(**{field.name: Left(text, field.max_length or 1000)}))


def _is_free(field: Any) -> bool:
    """Tell whether people may write what they like here."""
    if not isinstance(field, models.CharField | models.TextField) or field.choices or field.primary_key:
        return False
    if isinstance(field, models.SlugField | models.EmailField | models.URLField | models.FilePathField):
        return False
    is_short = field.max_length is not None and field.max_length < len(SHORT) + 6
    return not (is_short or field.name in KEPT_BY_THE_SITE or field.name.startswith("slug_"))


def _text(field: Any) -> str:
    return LONG if field.max_length is None or field.max_length > len(LONG) + 10 else SHORT


def _stream(block: Any, value: Any) -> Any:
    """The stored words of a block with ours in their place."""
    if isinstance(block, blocks.BaseStreamBlock):
        return [child | {"value": _stream(block.child_blocks[child["type"]], child["value"])} for child in value]
    if isinstance(block, blocks.BaseStructBlock):
        return {name: _stream(block.child_blocks[name], inner) for name, inner in value.items()}
    if isinstance(block, blocks.ListBlock):
        return [child | {"value": _stream(block.child_block, child["value"])} for child in value]
    if isinstance(block, blocks.RichTextBlock):
        return rich_text(block.features or FEATURES)
    is_text = isinstance(block, blocks.CharBlock | blocks.TextBlock)
    return LONG[: block.field.max_length] if is_text else value


def rich_text(features: list[str]) -> str:
    """What Wagtail's editor makes of a forged message: the only way in for rich text."""
    return ContentstateConverter(features).to_database_format(json.dumps(FORGED))


def _entities() -> Iterator[dict[str, Any]]:
    for url in ("javascript:x()", " java\tscript:x()", 'https://a.example/"><x-ss>', "data:text/html,<x-ss>"):
        yield {"type": "LINK", "mutability": "MUTABLE", "data": {"url": url}}
    image = {"id": '1"><x-ss>', "alt": '"><x-ss onxss=1>', "format": '"><x-ss>'}
    yield {"type": "IMAGE", "mutability": "IMMUTABLE", "data": image}
    yield {"type": "EMBED", "mutability": "IMMUTABLE", "data": {"url": 'javascript:x()"><x-ss>'}}
    yield {"type": "DOCUMENT", "mutability": "MUTABLE", "data": {"id": '1"><x-ss>', "url": "javascript:x()"}}


ENTITIES = list(_entities())


def _block(number: int, kind: str, text: str, **more: Any) -> dict[str, Any]:
    return {
        "key": f"k{number}",
        "type": kind,
        "text": text,
        "depth": 0,
        "inlineStyleRanges": [],
        "entityRanges": [],
    } | more


FORGED = {
    "entityMap": {str(number): entity for number, entity in enumerate(ENTITIES)},
    "blocks": [
        _block(0, "unstyled", LONG, inlineStyleRanges=[{"offset": 0, "length": 9, "style": '"><x-ss>'}]),
        _block(1, "header-two", "<x-ss>", inlineStyleRanges=[{"offset": 0, "length": 3, "style": "BOLD"}]),
        _block(2, '"><x-ss>', "text of a kind that is not there"),
        *(
            _block(9 + number, "unstyled", "link", entityRanges=[{"offset": 0, "length": 4, "key": number}])
            for number in range(len(ENTITIES))
        ),
    ],
}
