"""Changing a tool from the member area, and seeing who will see it before it is saved."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from library.enums import SharingLevel
from library.giving.forms import EditForm
from library.models import Tool
from members.models import User
from tests.factories.forms import form_data
from tests.factories.groups import WorkingGroupFactory
from tests.factories.library import PDF, ToolFactory, with_file
from tests.factories.people import UserFactory
from tests.reading import errors, soup

pytestmark = pytest.mark.django_db


@pytest.fixture
def contact() -> User:
    return UserFactory()


@pytest.fixture
def tool(contact: User) -> Tool:
    return ToolFactory(association=contact.association, contact=contact, title="Avant")


@pytest.fixture
def signed_in(client: Client, contact: User) -> Client:
    client.force_login(contact)
    return client


def url(tool: Tool) -> str:
    return reverse("library:edit", args=[tool.slug])


def change(client: Client, tool: Tool, action: str = "save", **changes: Any) -> Any:
    return client.post(url(tool), form_data(client, url(tool)) | changes | {"action": action})


def number(page: Any) -> str:
    return "".join(letter for letter in page.select_one(".audience__number").get_text() if letter.isdigit())


def test_the_contact_changes_the_tool(signed_in: Client, tool: Tool) -> None:
    response = change(signed_in, tool, title="Après", search_words="un\ndeux")

    tool.refresh_from_db()
    assert response.url == tool.get_absolute_url()
    assert (tool.title, tool.search_words) == ("Après", ["un", "deux"])


def test_sharing_is_taken_back(signed_in: Client, tool: Tool) -> None:
    other = Client()
    other.force_login(UserFactory())
    assert other.get(tool.get_absolute_url()).status_code == 200

    change(signed_in, tool, sharing=SharingLevel.ASSOCIATION)

    assert other.get(tool.get_absolute_url()).status_code == 404


def test_checking_says_who_would_see_it_and_saves_nothing(signed_in: Client, tool: Tool) -> None:
    UserFactory()

    page = soup(change(signed_in, tool, "check", sharing=SharingLevel.ASSOCIATION, title="Tapé"))

    assert number(page) == "1"
    assert page.select_one("[name=title]")["value"] == "Tapé"
    tool.refresh_from_db()
    assert (tool.title, tool.sharing) == ("Avant", SharingLevel.ALLIANCE)


def test_a_script_gets_only_the_sentence(signed_in: Client, tool: Tool) -> None:
    group = WorkingGroupFactory(is_open=False)
    group.members.add(UserFactory(), UserFactory())
    group.coordinators.add(tool.contact)
    group.save()
    data = {"sharing": SharingLevel.GROUPS, "groups": [group.pk]}

    page = soup(signed_in.post(url(tool), data, headers={"X-Live": "audience"}))

    assert number(page) == "3"
    assert group.name_fr in page.get_text()
    assert not page.select("form")


def test_what_is_wrong_is_said_next_to_its_field(signed_in: Client, tool: Tool) -> None:
    response = change(signed_in, tool, title="", summary="x" * 501)

    assert response.status_code == 422
    assert set(errors(response)) == {"title", "summary"}


def test_only_editors_make_a_tool_public(signed_in: Client, tool: Tool) -> None:
    assert set(errors(change(signed_in, tool, sharing=SharingLevel.PUBLIC))) == {"sharing"}
    editor = Client()
    editor.force_login(UserFactory(is_editor=True))

    change(editor, tool, sharing=SharingLevel.PUBLIC)

    tool.refresh_from_db()
    assert tool.sharing == SharingLevel.PUBLIC


def test_who_may_change_a_tool_may_take_it_back_from_the_public(signed_in: Client, tool: Tool) -> None:
    Tool.objects.filter(pk=tool.pk).update(sharing=SharingLevel.PUBLIC)

    change(signed_in, tool, sharing=SharingLevel.ALLIANCE)

    tool.refresh_from_db()
    assert tool.sharing == SharingLevel.ALLIANCE


def test_a_group_that_one_does_not_know_is_neither_named_nor_lost(signed_in: Client, tool: Tool) -> None:
    secret = WorkingGroupFactory(is_open=False, name_fr="Groupe discret")
    secret.members.add(UserFactory())
    secret.save()
    tool.groups.set([secret])
    tool.sharing = SharingLevel.GROUPS
    tool.save()

    shown = signed_in.get(url(tool))
    change(signed_in, tool, title="Après")

    assert "Groupe discret" not in shown.content.decode()
    assert number(soup(shown)) == "2"
    assert list(Tool.objects.get(pk=tool.pk).groups.all()) == [secret]


def test_a_source_that_one_does_not_see_is_neither_named_nor_lost(signed_in: Client, tool: Tool) -> None:
    tool.derived_from = tool.translation_of = source = ToolFactory(title="Tournesol", sharing=SharingLevel.ASSOCIATION)
    tool.save()

    shown = signed_in.get(url(tool))
    change(signed_in, tool, title="Après")

    tool.refresh_from_db()
    assert "Tournesol" not in shown.content.decode()
    assert (tool.title, tool.derived_from, tool.translation_of) == ("Après", source, source)


def test_a_version_that_comes_while_one_changes_the_tool_stays_the_current_one(
    signed_in: Client, tool: Tool, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_file(tool)
    second, clean = [], EditForm.clean

    def slowly(form: EditForm) -> Any:
        second.append(with_file(tool, content=PDF + b"2"))
        return clean(form)

    monkeypatch.setattr(EditForm, "clean", slowly)
    change(signed_in, tool, title="Après")

    tool.refresh_from_db()
    assert (tool.title, tool.current_version) == ("Après", second[0])


@pytest.mark.parametrize(
    ("who", "status"), [({}, 404), ({"is_delegate": True}, 404), ({"is_editor": True}, 200)], ids=str
)
def test_strangers_do_not_reach_the_form(client: Client, tool: Tool, who: dict[str, bool], status: int) -> None:
    client.force_login(UserFactory(**who))

    assert client.get(url(tool)).status_code == status
    assert client.post(url(tool), {"title": "Volé"}).status_code == (422 if status == 200 else 404)


def test_colleagues_who_are_not_its_contact_do_not_change_it(client: Client, tool: Tool) -> None:
    client.force_login(UserFactory(association=tool.association))

    assert client.get(url(tool)).status_code == 404


def test_delegates_change_the_tools_of_their_association(client: Client, tool: Tool) -> None:
    client.force_login(UserFactory(association=tool.association, is_delegate=True))

    change(client, tool, title="Par la référente")

    tool.refresh_from_db()
    assert tool.title == "Par la référente"


def test_names_are_suggested_only_of_tools_that_one_may_see(signed_in: Client, tool: Tool) -> None:
    ToolFactory(title="Avantage caché", sharing=SharingLevel.ASSOCIATION)
    ToolFactory(title="avant", slug="deuxieme")

    names = signed_in.get(reverse("library:tool_names"), {"q": "AVANT"}).json()["names"]

    assert sorted(names) == sorted(["avant (deuxieme)", f"Avant ({tool.slug})"])
    assert signed_in.get(reverse("library:tool_names")).json()["names"] == []


def test_what_the_public_reads_gets_new_versions_from_editors_only(client: Client) -> None:
    member = UserFactory()
    tool = ToolFactory(association=member.association, sharing=SharingLevel.PUBLIC)
    address = reverse("library:add_version", args=[tool.slug])

    statuses = []
    for person in (member, UserFactory(association=member.association, is_delegate=True), UserFactory(is_editor=True)):
        client.force_login(person)
        statuses.append(client.get(address).status_code)

    assert statuses == [404, 404, 302]
