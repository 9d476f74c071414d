"""Giving by the front door: files become drafts, drafts become tools and versions."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from library.enums import ScanState, SharingLevel
from library.models import Draft, StoredFile, Tool
from members.models import User
from tests.factories.giving import enough, file, hand_in, share, shown
from tests.factories.groups import WorkingGroupFactory
from tests.factories.library import PDF, ThemeFactory, ToolFactory
from tests.factories.people import UserFactory
from tests.reading import errors, soup

pytestmark = pytest.mark.django_db


@pytest.fixture
def giver() -> User:
    return UserFactory()


@pytest.fixture
def signed_in(client: Client, giver: User) -> Client:
    client.force_login(giver)
    return client


def test_title_type_summary_and_share_are_enough(signed_in: Client, giver: User) -> None:
    hand_in(signed_in)

    response = share(signed_in, shown(signed_in), **enough())

    tool = Tool.objects.get()
    assert response.url == f"{reverse('library:given')}?tool={tool.pk}"
    assert (tool.title, tool.slug, tool.association, tool.contact) == (
        "Note de frais",
        "note-de-frais",
        giver.association,
        giver,
    )
    assert tool.review_on is not None
    assert tool.current_version.file_name == "note-de-frais.pdf"
    assert tool.current_version.added_by == giver
    assert not Draft.objects.exists()


def test_the_confirmation_names_the_tool_and_says_who_sees_it(signed_in: Client, giver: User) -> None:
    UserFactory()
    tool = ToolFactory(association=giver.association)

    page = soup(signed_in.get(reverse("library:given"), {"tool": tool.pk}))

    assert page.select_one(".given a")["href"] == tool.get_absolute_url()
    assert "2" in page.select_one(".given .audience__number").get_text().split()


def test_the_confirmation_says_nothing_of_hidden_tools(signed_in: Client) -> None:
    hidden = ToolFactory(sharing=SharingLevel.ASSOCIATION, title="Secret")

    assert "Secret" not in signed_in.get(reverse("library:given"), {"tool": hidden.pk}).content.decode()


def test_what_is_wrong_is_said_next_to_its_field_and_nothing_is_lost(signed_in: Client) -> None:
    hand_in(signed_in)
    data = shown(signed_in)

    response = share(signed_in, data, **enough(summary="", review_on="demain", author="Le service du personnel"))

    key = Draft.objects.get().pk.hex
    assert response.status_code == 422
    assert set(errors(response)) == {f"{key}-summary", f"{key}-review_on"}
    page = soup(response)
    assert page.select_one(f"[name='{key}-author']")["value"] == "Le service du personnel"
    assert page.select_one(f"[name='{key}-review_on']").find_parent("details").has_attr("open")
    assert not Tool.objects.exists()


def test_what_was_typed_is_there_later(signed_in: Client) -> None:
    hand_in(signed_in)
    theme = ThemeFactory()

    share(signed_in, shown(signed_in), action="check", title="À moitié", themes=[theme.pk], review_on="demain")

    later = soup(signed_in.get(reverse("library:upload")))
    assert later.select_one("[name$=-title]")["value"] == "À moitié"
    assert later.select_one("[name$=-themes][checked]")["value"] == str(theme.pk)
    assert later.select_one("[name$=-review_on]")["value"] == "demain"


def test_typed_fields_are_kept_one_by_one(signed_in: Client) -> None:
    hand_in(signed_in)
    draft = Draft.objects.get()
    data = {f"{draft.pk.hex}-title": "Tapé", f"{draft.pk.hex}-summary": "pas touché", "touched": ["title"]}

    response = signed_in.post(reverse("library:save_draft", args=[draft.pk]), data)

    draft.refresh_from_db()
    assert draft.typed == {"title": ["Tapé"]}
    assert soup(response).select_one("[name$=-title]")["value"] == "Tapé"


def test_nobody_else_reaches_a_draft(signed_in: Client) -> None:
    hand_in(signed_in)
    draft, other = Draft.objects.get(), Client()
    other.force_login(UserFactory(is_editor=True))

    assert other.post(reverse("library:save_draft", args=[draft.pk])).status_code == 404
    assert draft.file_name not in other.get(reverse("library:upload")).content.decode()
    other.post(reverse("library:drafts"), {"draft": draft.pk.hex, "action": f"remove {draft.pk.hex}"})
    assert Draft.objects.exists()


def test_a_file_that_arrives_twice_is_one_draft(signed_in: Client) -> None:
    hand_in(signed_in)
    hand_in(signed_in)

    assert Draft.objects.count() == 1


def test_a_refused_file_is_said_next_to_the_field_and_the_others_are_kept(signed_in: Client) -> None:
    response = hand_in(signed_in, file("faux.pdf", b""), file())

    assert response.status_code == 422
    assert "faux.pdf" in soup(response).select_one("#id_file_error").get_text()
    assert soup(response).select_one(".draft__name").get_text() == "note-de-frais.pdf"


def test_a_script_gets_short_answers(signed_in: Client) -> None:
    url, live = reverse("library:upload"), {"X-Live": "upload"}

    assert signed_in.post(url, {"file": file()}, headers=live).status_code == 201
    refused = signed_in.post(url, {"file": file("faux.pdf", b"")}, headers=live)
    assert (refused.status_code, len(refused.json()["refused"])) == (422, 1)


def test_too_many_drafts_are_refused(signed_in: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("library.giving.actions.MOST_DRAFTS", 1)
    hand_in(signed_in)

    assert hand_in(signed_in, file(content=PDF + b"2")).status_code == 422
    assert Draft.objects.count() == 1


def test_one_address_hands_in_so_many_files_an_hour(signed_in: Client, settings: Any) -> None:
    settings.UPLOAD_RATE_LIMIT = "0/hour"

    assert hand_in(signed_in).status_code == 422


def test_a_request_without_end_is_not_read_to_its_end(signed_in: Client, settings: Any) -> None:
    settings.LIBRARY_MAX_REQUEST_SIZE = 20

    response = hand_in(signed_in)

    assert response.status_code == 422
    assert not StoredFile.objects.exists()


def test_only_editors_may_publish(signed_in: Client, giver: User) -> None:
    hand_in(signed_in)
    data = shown(signed_in)

    refused = share(signed_in, data, **enough(sharing=SharingLevel.PUBLIC))

    assert [name.split("-")[1] for name in errors(refused)] == ["sharing"]
    assert not Tool.objects.exists()


def test_nobody_gives_in_the_name_of_another_association(signed_in: Client, giver: User) -> None:
    hand_in(signed_in)
    other = UserFactory().association

    share(signed_in, shown(signed_in), **enough(association=other.pk))

    assert Tool.objects.get().association == giver.association


def test_an_editor_gives_for_any_association_and_publishes(client: Client) -> None:
    client.force_login(UserFactory(is_editor=True))
    hand_in(client)
    other = UserFactory().association

    share(client, shown(client), **enough(association=other.pk, sharing=SharingLevel.PUBLIC))

    assert (Tool.objects.get().association, Tool.objects.get().sharing) == (other, SharingLevel.PUBLIC)


def test_without_an_association_nothing_can_be_shared(client: Client) -> None:
    client.force_login(UserFactory(association=None))
    hand_in(client)

    response = share(client, shown(client), **enough())

    assert [name.split("-")[1] for name in errors(response)] == ["association"]


def test_sharing_with_groups_asks_for_a_group_one_knows(signed_in: Client) -> None:
    hand_in(signed_in)
    closed, open_ = WorkingGroupFactory(is_open=False), WorkingGroupFactory()
    data = shown(signed_in)

    for groups in ([], [closed.pk]):
        refused = share(signed_in, data, **enough(sharing=SharingLevel.GROUPS, groups=groups))
        assert [name.split("-")[1] for name in errors(refused)] == ["groups"]
    share(signed_in, data, **enough(sharing=SharingLevel.GROUPS, groups=[open_.pk]))

    assert list(Tool.objects.get().groups.all()) == [open_]


def test_a_file_with_a_virus_cannot_be_shared(signed_in: Client) -> None:
    hand_in(signed_in)
    StoredFile.objects.update(scan=ScanState.INFECTED)

    response = share(signed_in, shown(signed_in), **enough())

    assert response.status_code == 422
    assert soup(response).select_one(".draft__state--bad")
    assert not Tool.objects.exists()


def test_a_file_that_waits_for_the_scanner_is_shared_and_given_later(signed_in: Client) -> None:
    hand_in(signed_in)
    StoredFile.objects.update(scan=ScanState.WAITING)

    share(signed_in, shown(signed_in), **enough())

    assert Tool.objects.get().current_version is None
    assert Tool.objects.get().versions.count() == 1


def test_titles_alike_get_addresses_of_their_own(signed_in: Client) -> None:
    ToolFactory(slug="note-de-frais")
    hand_in(signed_in)

    share(signed_in, shown(signed_in), **enough())

    assert Tool.objects.filter(slug="note-de-frais-2").exists()


def test_it_comes_from_another_tool(signed_in: Client) -> None:
    source, hidden = ToolFactory(title="L'original"), ToolFactory(title="Caché", sharing=SharingLevel.ASSOCIATION)
    hand_in(signed_in, derived_from=source.slug)
    data = shown(signed_in)

    for typed in ("Caché", hidden.get_absolute_url(), "Rien de tel"):
        assert len(errors(share(signed_in, data, **enough(translation_of=typed)))) == 1, typed
    share(signed_in, data, **enough(translation_of=f"https://exemple.test{source.get_absolute_url()}"))

    tool = Tool.objects.exclude(pk__in=[source.pk, hidden.pk]).get()
    assert (tool.derived_from, tool.translation_of) == (source, source)


def test_a_draft_is_taken_out(signed_in: Client) -> None:
    hand_in(signed_in)

    share(signed_in, shown(signed_in), action=f"remove {Draft.objects.get().pk.hex}")

    assert not Draft.objects.exists()


@pytest.mark.parametrize("keys", ["tool=", "tool=rien", "request=rien", "request=99", "derived_from=rien"])
def test_what_is_not_there_is_not_there(signed_in: Client, keys: str) -> None:
    expected = 200 if keys == "tool=" else 404
    assert signed_in.get(f"{reverse('library:upload')}?{keys}").status_code == expected
