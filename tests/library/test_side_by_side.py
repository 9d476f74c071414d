"""Side by side: which tools stand there, in which order, and what is counted."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from library.models import Theme, Tool, ToolType
from members.components import AT_ONCE
from members.models import Association, User
from tests.factories.library import ThemeFactory, ToolFactory, ToolTypeFactory, with_file
from tests.factories.people import EmployerFactory, UserFactory
from tests.reading import side_by_side_row, soup

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> User:
    return UserFactory()


@pytest.fixture
def signed_in(client: Client, reader: User) -> Client:
    client.force_login(reader)
    return client


@pytest.fixture
def kind() -> ToolType:
    return ToolTypeFactory(slug="reglement")


@pytest.fixture
def theme() -> Theme:
    return ThemeFactory(slug="conges", name_fr="Congés")


@pytest.fixture
def other() -> Association:
    return EmployerFactory(slug="autre")


def page(kind: ToolType) -> str:
    return reverse("library:side_by_side", args=[kind.slug])


def tools_on(theme: Theme, number: int, **fields: Any) -> list[Tool]:
    tools = ToolFactory.create_batch(number, **fields)
    for tool in tools:
        tool.themes.set([theme])
        tool.save()
    return tools


def test_tools_that_wait_for_their_file_come_last(signed_in: Client, kind: ToolType, other: Association) -> None:
    ToolFactory.create_batch(4, type=kind, association=other, title="Attend")
    for day in (1, 2, 3):
        with_file(ToolFactory(type=kind, association=other, title=f"Outil {day}", updated_on=date(2026, 1, day)))

    tools = [link.get_text() for link in side_by_side_row(signed_in.get(page(kind)), other).select("td a[lang]")]

    assert tools == ["Outil 3", "Outil 2", "Outil 1", "Attend"]


def test_what_an_unpublished_association_shares_counts_nowhere(
    signed_in: Client, kind: ToolType, theme: Theme, other: Association
) -> None:
    tools_on(theme, 1, type=kind, association=other)
    Association.objects.filter(pk=other.pk).update(live=False)

    shown = soup(signed_in.get(page(kind)))
    types = soup(signed_in.get(reverse("library:types"))).select_one(f'a[href="{page(kind)}"] .meta').get_text()

    assert shown.select_one("select[name=theme] [value=conges]").get_text() == "Congés (0)"
    assert types.startswith("0 ")
    assert str(other) not in shown.main.get_text()


def test_a_theme_stays_on_every_page_and_in_the_way_to_all_tools(
    signed_in: Client, kind: ToolType, theme: Theme, other: Association
) -> None:
    tools_on(theme, 5, type=kind, association=other)
    ToolFactory(type=kind, association=other, title="Autre thème")
    Association.objects.bulk_create(
        Association(slug=f"une-{place}", name_fr="Une", short_name_fr=f"Une {place}", order=1000 + place)
        for place in range(AT_ONCE + 5)
    )
    on_theme = f"{page(kind)}?theme=conges"

    forward = soup(signed_in.get(on_theme)).find("a", rel="next")["href"]
    all_of_them = side_by_side_row(signed_in.get(on_theme), other).select_one("td[colspan] a")
    listed = soup(signed_in.get(all_of_them["href"])).main.get_text()

    assert forward == f"{page(kind)}?theme=conges&page=2"
    assert "sur ce thème" in all_of_them.get_text()
    assert "Autre thème" not in listed
    assert all(tool.title in listed for tool in Tool.objects.filter(themes=theme))


@pytest.mark.parametrize("has_tool", [True, False])
def test_ones_own_association_cannot_be_asked_and_says_why(
    signed_in: Client, reader: User, kind: ToolType, *, has_tool: bool
) -> None:
    if has_tool:
        ToolFactory(type=kind, association=reader.association)

    answer = signed_in.post(reverse("library:ask", args=[kind.slug, reader.association.slug]))

    assert answer.status_code == 422
    assert "votre propre association" in soup(answer).select_one(".side-by-side .errorlist").get_text()
    assert not soup(answer).select(".side-by-side textarea")
