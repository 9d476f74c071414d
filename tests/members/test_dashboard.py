"""The first page of the member area."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from members.models import User
from tests.factories.groups import GroupNewsPageFactory, MeetingFactory, WorkingGroupFactory
from tests.factories.library import ThemeFactory, ToolFactory, with_file
from tests.factories.people import UserFactory
from tests.reading import main_text, soup

pytestmark = pytest.mark.django_db
PAGE = {"fr": "/fr/espace/", "nl": "/nl/ruimte/"}


@pytest.fixture
def person(client: Client, homes: object) -> User:
    user = UserFactory()
    client.force_login(user)
    return user


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_visitors_sign_in_first(client: Client, language: str) -> None:
    response = client.get(PAGE[language])

    assert response["Location"].startswith(f"/{language}/")
    assert "no-store" in response["Cache-Control"]


def test_each_article_is_shown_once_in_the_readers_language(client: Client, person: User) -> None:
    group = WorkingGroupFactory()
    french = GroupNewsPageFactory(group=group, title="Bonjour")
    GroupNewsPageFactory(group=group, title="Goeiedag", language="nl", translation_key=french.translation_key)
    GroupNewsPageFactory(group=group, title="Alleen Nederlands", language="nl")

    in_french, in_dutch = soup(client.get(PAGE["fr"])), soup(client.get(PAGE["nl"]))

    assert "Bonjour" in in_french.main.get_text()
    assert "Goeiedag" not in in_french.main.get_text()
    assert in_french.find("a", string="Alleen Nederlands").find_parent(lang="nl")
    assert "Goeiedag" in in_dutch.main.get_text()
    assert "Bonjour" not in in_dutch.main.get_text()
    assert not in_dutch.find("a", string="Goeiedag").find_parent("div", lang=True)


def test_meetings_to_come_and_new_tools_are_there(client: Client, person: User) -> None:
    MeetingFactory(title_fr="Prochaine")
    MeetingFactory(title_fr="Passée", starts_at=timezone.now() - timedelta(days=3))
    ToolFactory(title="Tout neuf")

    shown = main_text(client.get(PAGE["fr"]))

    assert "Prochaine" in shown
    assert "Passée" not in shown
    assert "Tout neuf" in shown


def test_nothing_of_closed_groups_and_other_associations(client: Client, person: User) -> None:
    closed = WorkingGroupFactory(is_open=False, name_fr="Discret")
    GroupNewsPageFactory(group=closed, title="Caché un")
    MeetingFactory(group=closed, title_fr="Caché deux")
    ToolFactory(title="Caché trois", sharing="groups", groups=[closed])
    ToolFactory(title="Caché quatre", sharing="association")

    shown = main_text(client.get(PAGE["fr"]))
    assert "Caché" not in shown
    assert "Discret" not in shown

    closed.members.add(person)
    closed.save()
    assert main_text(client.get(PAGE["fr"])).count("Caché") == 3


def test_drafts_are_not_news(client: Client, person: User) -> None:
    GroupNewsPageFactory(group=WorkingGroupFactory(), title="Brouillon").unpublish()

    assert "Brouillon" not in main_text(client.get(PAGE["fr"]))


@pytest.mark.parametrize(
    ("role", "reaches"),
    [
        ({}, set()),
        ({"is_delegate": True}, {"/fr/espace/invitations/", "/admin/"}),
        ({"is_editor": True}, {"/fr/espace/invitations/", "/admin/"}),
    ],
)
def test_each_role_has_its_shortcuts(client: Client, homes: object, role: dict[str, bool], reaches: set[str]) -> None:
    client.force_login(UserFactory(**role))

    links = {link["href"] for link in soup(client.get(PAGE["fr"])).select(".dashboard__part a")}

    assert links & {"/fr/espace/invitations/", "/admin/"} == reaches


def test_a_member_sees_the_public_pages_as_everybody_does(client: Client, person: User) -> None:
    public = client.get("/fr/plan-du-site/")
    visitors = Client().get("/fr/plan-du-site/")

    assert public.content == visitors.content
    assert public["Cache-Control"] == visitors["Cache-Control"]
    assert "public" in public["Cache-Control"]


def test_the_number_of_queries_does_not_grow(client: Client, person: User, count_queries: object) -> None:
    def fill(number: int) -> None:
        for _ in range(number):
            group = WorkingGroupFactory()
            GroupNewsPageFactory(group=group)
            MeetingFactory(group=group)
            tool = ToolFactory()
            tool.themes.set([ThemeFactory()])
            tool.save()
            with_file(tool)

    fill(4)
    client.get(PAGE["fr"])
    few = count_queries(lambda: client.get(PAGE["fr"]))
    fill(10)

    assert count_queries(lambda: client.get(PAGE["fr"])) == few <= 15
