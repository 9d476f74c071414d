"""A tool's own page."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from members.models import User
from tests.factories.groups import WorkingGroupFactory
from tests.factories.library import ThemeFactory, ToolFactory, with_file
from tests.factories.people import UserFactory
from tests.reading import main_text, soup

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> User:
    return UserFactory()


@pytest.fixture
def signed_in(client: Client, reader: User) -> Client:
    client.force_login(reader)
    return client


def test_the_newest_file_comes_first_and_all_versions_stay(signed_in: Client) -> None:
    tool = ToolFactory()
    with_file(tool, "modele.pdf", added_on=date(2025, 1, 2), note="Début")
    newest = with_file(tool, "modele.pdf", added_on=date(2026, 1, 2), note="Nouvelle loi")

    page = soup(signed_in.get(tool.get_absolute_url()))

    assert page.select_one(".download a")["href"] == newest.get_absolute_url()
    assert "2 janvier 2026" in page.select_one(".download").get_text()
    assert [row.th.get_text() for row in page.select("tbody tr")] == ["2", "1"]


def test_a_tool_without_a_file_says_so(signed_in: Client) -> None:
    assert not soup(signed_in.get(ToolFactory().get_absolute_url())).select(".download")


def test_relations_show_only_what_the_reader_may_see(signed_in: Client) -> None:
    source = ToolFactory(title="Source visible")
    tool = ToolFactory(derived_from=source)
    ToolFactory(title="Adaptation visible", derived_from=tool)
    ToolFactory(title="Adaptation secrète", derived_from=tool, sharing="association")
    ToolFactory(title="Traduction visible", translation_of=tool, language="nl")
    hidden_source = ToolFactory(title="Source secrète", sharing="association")
    orphan = ToolFactory(derived_from=hidden_source)

    words = main_text(signed_in.get(tool.get_absolute_url()))

    assert "Source visible" in words
    assert "Adaptation visible" in words
    assert "Traduction visible" in words
    assert "secrète" not in words
    assert "secrète" not in main_text(signed_in.get(orphan.get_absolute_url()))


def test_tools_of_others_are_not_there(signed_in: Client) -> None:
    closed = WorkingGroupFactory(is_open=False)
    for sharing in ({"sharing": "association"}, {"sharing": "groups", "groups": [closed]}):
        assert signed_in.get(ToolFactory(**sharing).get_absolute_url()).status_code == 404


def test_a_group_shares_with_its_people(signed_in: Client, reader: User) -> None:
    closed = WorkingGroupFactory(is_open=False)
    tool = ToolFactory(sharing="groups", groups=[closed])
    closed.members.add(reader)
    closed.save()

    response = signed_in.get(tool.get_absolute_url())

    assert response.status_code == 200
    assert closed.name_fr in main_text(response)


def test_the_owner_does_not_learn_of_a_closed_group(signed_in: Client, reader: User) -> None:
    closed = WorkingGroupFactory(is_open=False, name_fr="Groupe discret")
    tool = ToolFactory(sharing="groups", groups=[closed], association=reader.association)

    assert "Groupe discret" not in main_text(signed_in.get(tool.get_absolute_url()))


def test_a_review_that_is_due_is_said(signed_in: Client) -> None:
    yesterday, tomorrow = timezone.localdate() - timedelta(1), timezone.localdate() + timedelta(1)

    assert soup(signed_in.get(ToolFactory(review_on=yesterday).get_absolute_url())).select(".notice--warning")
    assert not soup(signed_in.get(ToolFactory(review_on=tomorrow).get_absolute_url())).select(".notice--warning")


def test_the_contact_is_reachable_only_when_in_the_directory(signed_in: Client) -> None:
    open_, discreet = UserFactory(phone="02 123 45 67"), UserFactory(phone="02 765 43 21", is_in_directory=False)

    page = soup(signed_in.get(ToolFactory(contact=open_).get_absolute_url()))
    assert page.select_one(".colleague .phone")["href"] == "tel:+3221234567"
    page = soup(signed_in.get(ToolFactory(contact=discreet).get_absolute_url()))
    assert str(discreet) not in page.get_text()
    assert "765" not in page.get_text()
    assert discreet.email not in page.get_text()


def test_a_former_colleague_is_no_longer_named(signed_in: Client) -> None:
    gone = UserFactory(is_active=False)

    assert str(gone) not in soup(signed_in.get(ToolFactory(contact=gone).get_absolute_url())).get_text()


def test_the_number_of_queries_does_not_grow(homes: object, signed_in: Client, count_queries: object) -> None:
    tool = ToolFactory(contact=UserFactory(), derived_from=ToolFactory())

    def fill(number: int) -> None:
        for _ in range(number):
            with_file(tool)
            ToolFactory(derived_from=tool)
        tool.themes.set(ThemeFactory.create_batch(number))
        tool.save()

    fill(1)
    url = tool.get_absolute_url()
    signed_in.get(url)
    few = count_queries(lambda: signed_in.get(url))
    fill(10)

    assert count_queries(lambda: signed_in.get(url)) == few <= 15
