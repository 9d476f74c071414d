"""The style guide shows everything there is, and only to those who look after the site."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from laces.components import Component
from wagtail.admin.panels import Panel
from wagtail.admin.widgets.button import Button
from wagtail.blocks import Block

from home.blocks import BODY_BLOCKS
from home.models import HomePage
from members.blocks import CharterArticleBlock
from tests.factories.people import UserFactory
from tests.reading import soup

APPS = {"home", "members", "news", "library"}
OF_CMS = (Panel.BoundPanel, Button)
ADDRESS = "/fr/styleguide/"


def below(kind: type) -> Iterator[type]:
    for other in kind.__subclasses__():
        yield from (other, *below(other))


@pytest.fixture
def shown(homes: dict[str, HomePage], editor: Client, monkeypatch: pytest.MonkeyPatch) -> tuple[set[type], Any]:
    """The kinds of components that the page showed, and the page."""
    kinds, render = set(), Component.render_html

    def note(piece: Component, *args: Any, **options: Any) -> Any:
        kinds.add(type(piece))
        return render(piece, *args, **options)

    monkeypatch.setattr(Component, "render_html", note)
    response = editor.get(ADDRESS)
    assert response.status_code == 200
    return kinds, soup(response)


def test_every_component_is_shown_without_any_record(shown: tuple[set[type], Any]) -> None:
    ours = {
        kind for kind in below(Component) if kind.__module__.split(".")[0] in APPS and not issubclass(kind, OF_CMS)
    }
    assert len(ours) > 10
    assert ours - shown[0] == set()


def test_every_block_is_shown(shown: tuple[set[type], Any]) -> None:
    blocks: list[Block] = [*(block for _name, block in BODY_BLOCKS), CharterArticleBlock()]
    descriptions = {str(block.meta.description) for block in blocks}
    assert descriptions - {note.get_text() for note in shown[1].select(".example > .meta")} == set()


def test_no_sample_leads_nowhere(shown: tuple[set[type], Any]) -> None:
    assert not shown[1].select('main a[href="None"], main a[href=""]')


def test_a_visitor_and_a_member_do_not_find_it(homes: dict[str, HomePage], client: Client) -> None:
    assert client.get(ADDRESS).status_code == 404
    client.force_login(UserFactory())
    assert client.get(ADDRESS).status_code == 404
