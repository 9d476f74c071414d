"""Tools in the CMS: delegates keep those of their association, and see before saving who will read them."""

from typing import Any
from unittest.mock import patch

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from library.admin_forms import ToolForm
from library.enums import SharingLevel
from library.models import Tool
from members.models import User
from tests.factories.forms import errors_of, form_data
from tests.factories.groups import WorkingGroupFactory
from tests.factories.library import PDF, ThemeFactory, ToolFactory, ToolTypeFactory, with_file
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
ADD, LIST = "wagtailsnippets_library_tool:add", "wagtailsnippets_library_tool:list"


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def delegate(db: None) -> User:
    return UserFactory(is_delegate=True)


def edit_url(tool: Tool) -> str:
    return reverse("wagtailsnippets_library_tool:edit", args=[tool.pk])


def upload(name: str = "note-de-frais.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def new_tool(delegate: User, **changes: Any) -> dict[str, Any]:
    data = {
        "title": "Note de frais",
        "slug": "note-de-frais",
        "summary": "Pour se faire rembourser.",
        "language": "fr",
        "type": ToolTypeFactory().pk,
        "themes": [ThemeFactory().pk],
        "association": delegate.association_id,
        "sharing": SharingLevel.ALLIANCE,
        "licence": "cc-by-sa",
        "new_file": upload(),
        "new_note": "Première version",
    }
    return data | changes


def test_a_delegate_adds_a_tool_with_its_file(delegate: User) -> None:
    response = browser(delegate).post(reverse(ADD), new_tool(delegate))

    assert response.status_code == 302, errors_of(response)
    tool = Tool.objects.get(slug="note-de-frais")
    version = tool.current_version
    assert (version.number, version.file_name, version.note) == (1, "note-de-frais.pdf", "Première version")
    assert (version.added_by, tool.association) == (delegate, delegate.association)


def test_a_source_that_a_delegate_does_not_see_stays(delegate: User) -> None:
    source = ToolFactory(sharing=SharingLevel.ASSOCIATION)
    tool = ToolFactory(association=delegate.association, derived_from=source)
    client = browser(delegate)

    response = client.post(edit_url(tool), form_data(client, edit_url(tool)) | {"title": "Après"})

    tool.refresh_from_db()
    assert response.status_code == 302, errors_of(response)
    assert (tool.title, tool.derived_from) == ("Après", source)


def test_a_version_that_comes_while_a_delegate_edits_stays_the_current_one(delegate: User) -> None:
    tool = ToolFactory(association=delegate.association)
    with_file(tool)
    client = browser(delegate)
    data = form_data(client, edit_url(tool)) | {"title": "Après"}
    second, clean = [], ToolForm.clean

    def slowly(form: ToolForm) -> Any:
        second.append(with_file(tool, content=PDF + b"2"))
        return clean(form)

    with patch.object(ToolForm, "clean", slowly):
        client.post(edit_url(tool), data)

    tool.refresh_from_db()
    assert (tool.title, tool.current_version) == ("Après", second[0])


@pytest.mark.parametrize(
    "file", [upload("note.exe", b"MZ\0"), upload("note.png", b"PNG\0"), upload("note.pdf", b""), None], ids=str
)
def test_a_file_that_is_not_taken_is_said_next_to_it_and_nothing_is_lost(delegate: User, file: Any) -> None:
    data = new_tool(delegate, new_file=file) if file else new_tool(delegate)
    if file is None:
        del data["new_file"]

    response = browser(delegate).post(reverse(ADD), data)

    assert list(errors_of(response)) == ["new_file"]
    page = BeautifulSoup(response.content, "html.parser")
    assert page.select_one('[name="title"]')["value"] == "Note de frais"
    assert page.select_one('[name="new_note"]')["value"] == "Première version"
    assert page.select_one('[name="themes"]').has_attr("checked")
    assert not Tool.objects.exists()


def test_a_new_version_keeps_the_ones_before(delegate: User) -> None:
    tool = ToolFactory(association=delegate.association)
    client = browser(delegate)
    for number in (1, 2):
        data = form_data(client, edit_url(tool)) | {"new_file": upload(f"v{number}.pdf"), "new_note": f"v{number}"}
        assert client.post(edit_url(tool), data).status_code == 302

    shown = client.get(edit_url(tool)).content.decode()

    numbers = list(tool.versions.order_by("number").values_list("file_name", flat=True))
    assert numbers[-2:] == ["v1.pdf", "v2.pdf"]
    assert "v1.pdf" in shown
    assert "v2.pdf" in shown


def test_saving_without_a_file_keeps_the_versions(delegate: User) -> None:
    tool = ToolFactory(association=delegate.association)
    before, client = tool.versions.count(), browser(delegate)

    client.post(edit_url(tool), form_data(client, edit_url(tool)) | {"title": "Changé"})

    tool.refresh_from_db()
    assert (tool.title, tool.versions.count()) == ("Changé", before)


def test_a_delegate_sees_and_changes_only_the_tools_of_the_association(delegate: User) -> None:
    mine, theirs = ToolFactory(association=delegate.association, title="À nous"), ToolFactory(title="À eux")
    client = browser(delegate)
    listed = client.get(reverse(LIST)).content.decode()
    views = ("edit", "delete", "history", "usage")
    urls = [reverse(f"wagtailsnippets_library_tool:{view}", args=[theirs.pk]) for view in views]

    stolen = client.post(edit_url(mine), form_data(client, edit_url(mine)) | {"association": theirs.association_id})

    assert "À nous" in listed
    assert "À eux" not in listed
    assert all(client.get(url).status_code in (302, 403) for url in urls)
    assert all(client.post(url).status_code in (302, 403) for url in urls)
    assert "association" in errors_of(stolen)
    assert Tool.objects.filter(pk=theirs.pk).exists()


def test_deleting_many_at_once_does_not_pass_the_scope(delegate: User) -> None:
    theirs = ToolFactory()
    url = reverse("wagtail_bulk_action", args=["library", "tool", "delete"])

    response = browser(delegate).post(f"{url}?id={theirs.pk}")

    assert response.status_code == 403
    assert Tool.objects.filter(pk=theirs.pk).exists()


def test_what_one_may_not_see_is_not_offered(delegate: User) -> None:
    ToolFactory(title="Caché", sharing=SharingLevel.ASSOCIATION)
    WorkingGroupFactory(name_fr="Groupe fermé", is_open=False)
    stranger = UserFactory(last_name="Inconnu")

    shown = browser(delegate).get(reverse(ADD)).content.decode()

    assert "Caché" not in shown
    assert "Groupe fermé" not in shown
    assert stranger.last_name not in shown


def test_sharing_with_a_group_asks_for_the_group(delegate: User) -> None:
    client, group = browser(delegate), WorkingGroupFactory(is_open=True)

    refused = client.post(reverse(ADD), new_tool(delegate, sharing=SharingLevel.GROUPS))
    accepted = client.post(reverse(ADD), new_tool(delegate, sharing=SharingLevel.GROUPS, groups=[group.pk]))

    assert list(errors_of(refused)) == ["groups"]
    assert accepted.status_code == 302, errors_of(accepted)
    tool = Tool.objects.get()
    client.post(edit_url(tool), form_data(client, edit_url(tool)) | {"sharing": SharingLevel.ASSOCIATION})
    tool.refresh_from_db()
    assert (tool.sharing, list(tool.groups.all())) == (SharingLevel.ASSOCIATION, [])


@pytest.mark.parametrize(
    ("sharing", "count"), [(SharingLevel.ASSOCIATION, 1), (SharingLevel.GROUPS, 2), (SharingLevel.ALLIANCE, 3)]
)
def test_the_form_says_how_many_people_see_it(delegate: User, sharing: str, count: int) -> None:
    colleague, _stranger = UserFactory(), UserFactory()
    group = WorkingGroupFactory(is_open=False)
    group.members.add(colleague, delegate)
    group.save()
    tool = ToolFactory(
        association=delegate.association,
        sharing=sharing,
        groups=[group] if sharing == SharingLevel.GROUPS else [],
    )

    page = BeautifulSoup(browser(delegate).get(edit_url(tool)).content, "html.parser")

    assert str(count) in page.select_one(".help-info").text.split()


def test_an_editor_changes_any_tool() -> None:
    tool = ToolFactory()
    client = browser(UserFactory(is_editor=True))

    response = client.post(edit_url(tool), form_data(client, edit_url(tool)) | {"title": "Relu"})

    assert response.status_code == 302, errors_of(response)
    tool.refresh_from_db()
    assert tool.title == "Relu"


def test_a_contact_is_typed_not_chosen_among_thousands() -> None:
    editor, contact = (
        browser(UserFactory(is_editor=True)),
        UserFactory(first_name="Élise", last_name="Van den Bossche"),
    )
    tool = ToolFactory()
    page = BeautifulSoup(editor.get(edit_url(tool)).content, "html.parser")
    assert page.select_one("input[name=contact]")
    assert not page.select("select[name=derived_from], select[name=translation_of]")

    for typed in ("elise bossche", contact.email):
        Tool.objects.update(contact=None)
        response = editor.post(edit_url(tool), form_data(editor, edit_url(tool)) | {"contact": typed})
        assert response.status_code == 302, errors_of(response)
        assert Tool.objects.get().contact == contact


def test_a_contact_that_nobody_or_several_people_could_be_is_refused() -> None:
    editor, tool = browser(UserFactory(is_editor=True)), ToolFactory()
    for _ in range(2):
        UserFactory(first_name="Jan", last_name="Peeters")

    for typed in ("Jan Peeters", "Personne"):
        response = editor.post(edit_url(tool), form_data(editor, edit_url(tool)) | {"contact": typed})
        assert list(errors_of(response)) == ["contact"]
        assert BeautifulSoup(response.content, "html.parser").select_one("input[name=contact]")["value"] == typed


def test_a_delegate_names_only_own_colleagues_as_contact(delegate: User) -> None:
    client, tool = browser(delegate), ToolFactory(association=delegate.association)
    stranger = UserFactory()

    response = client.post(edit_url(tool), form_data(client, edit_url(tool)) | {"contact": stranger.email})

    assert list(errors_of(response)) == ["contact"]


def test_a_contact_whose_account_is_suspended_stays(delegate: User) -> None:
    client, away = browser(delegate), UserFactory(is_active=False)
    tool = ToolFactory(association=delegate.association, contact=away)

    response = client.post(edit_url(tool), form_data(client, edit_url(tool)) | {"title": "Autre titre"})

    assert response.status_code == 302, errors_of(response)
    assert (Tool.objects.get().title, Tool.objects.get().contact) == ("Autre titre", away)


def test_the_title_of_a_source_that_one_may_not_see_is_not_told(delegate: User) -> None:
    secret = ToolFactory(title="Secret des autres", sharing=SharingLevel.ASSOCIATION)
    client, tool = browser(delegate), ToolFactory(association=delegate.association, derived_from=secret)

    assert "Secret des autres" not in client.get(edit_url(tool)).text
    response = client.post(edit_url(tool), form_data(client, edit_url(tool)))

    assert response.status_code == 302, errors_of(response)
    assert Tool.objects.get(pk=tool.pk).derived_from == secret
