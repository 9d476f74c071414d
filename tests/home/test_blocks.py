"""Every block is complete, and shows itself in the CMS."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles.finders import find
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse
from wagtail.blocks.base import Block
from wagtail.models import get_page_models

from home.blocks.text import Tone
from home.fields import StreamField
from tests.factories.people import UserFactory


def every_block() -> list[Block]:
    """The blocks that an editor can choose, in every StreamField of every page."""
    found: dict[type, Block] = {}
    for model in get_page_models():
        for field in model._meta.get_fields():
            if isinstance(field, StreamField):
                found |= {type(block): block for block in field.stream_block.child_blocks.values()}
    return list(found.values())


def names(block: Block) -> str:
    return type(block).__name__


@pytest.mark.parametrize("block", every_block(), ids=names)
def test_a_block_says_what_it_is(block: Block) -> None:
    assert block.meta.icon != "placeholder"
    assert block.meta.group
    assert block.get_description()
    assert block.meta.label
    assert get_template(block.meta.template)


def words_of(stored: Any) -> list[str]:
    """The plain texts of a block as stored."""
    if isinstance(stored, dict):
        return [word for name, value in stored.items() if name not in ("id", "type") for word in words_of(value)]
    if isinstance(stored, list):
        return [word for value in stored for word in words_of(value)]
    if not isinstance(stored, str) or stored in Tone.values or stored.startswith("http"):
        return []
    texts = BeautifulSoup(stored, "html.parser").get_text(" ").split()
    return [word for word in texts if word.isalpha()]


@pytest.mark.django_db
@pytest.mark.ignore_template_errors
@pytest.mark.parametrize("block", every_block(), ids=names)
def test_the_cms_previews_a_block_in_our_style(block: Block) -> None:
    client = Client()
    client.force_login(UserFactory(is_editor=True))

    response = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})

    shown = response.content.decode()
    assert response.status_code == 200
    assert "css/site.css" in shown
    assert find("css/site.css")
    words = words_of(block.get_prep_value(block.get_preview_value()))
    assert [word for word in words if word not in shown] == []
    assert words


@pytest.mark.django_db
@pytest.mark.parametrize("block", every_block(), ids=names)
def test_a_block_renders_on_a_page(block: Block) -> None:
    """No undefined variable in its template: that fails here."""
    html = block.render(block.get_preview_value())

    assert html.strip() or block.name in ("picture", "attachment")  # there is none yet to show
