"""Many drafts at once: one table, what is the same for all, all shared or none."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from library.enums import SharingLevel
from library.models import Draft, Tool
from members.models import User
from tests.factories.forms import form_data
from tests.factories.library import PDF, ToolFactory, ToolTypeFactory, with_file
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


def hand_in(client: Client, number: int, **fields: Any) -> list[str]:
    """Hand in so many files at once; gives the drafts' keys."""
    files = [SimpleUploadedFile(f"fichier-{place}.pdf", PDF + bytes([place])) for place in range(number)]
    client.post(reverse("library:upload"), {"file": files, **fields})
    return [draft.pk.hex for draft in Draft.objects.order_by("file_name")]


def send(client: Client, data: dict[str, Any], action: str = "share") -> Any:
    return client.post(
        reverse("library:drafts"), {k: v for k, v in data.items() if v is not None} | {"action": action}
    )


def filled(client: Client, keys: list[str]) -> dict[str, Any]:
    """The table as a browser would send it, with what is missing."""
    data, kind = form_data(client, reverse("library:upload")), ToolTypeFactory().pk
    data["draft"] = keys
    for key in keys:
        data |= {f"{key}-title": f"Titre {key[:4]}", f"{key}-type": kind, f"{key}-summary": "Pour essayer."}
    return data


def test_several_files_stand_in_one_table_and_are_shared_together(signed_in: Client) -> None:
    keys = hand_in(signed_in, 3)
    page = soup(signed_in.get(reverse("library:upload")))

    response = send(signed_in, filled(signed_in, keys))

    assert len(page.select(".drafts--several .draft")) == 3
    assert Tool.objects.count() == 3
    assert len(soup(signed_in.get(response.url)).select(".given__tool")) == 3


def test_one_bad_row_shares_nothing_and_is_the_one_that_is_marked(signed_in: Client) -> None:
    keys = hand_in(signed_in, 3)

    response = send(signed_in, filled(signed_in, keys) | {f"{keys[1]}-summary": ""})

    assert set(errors(response)) == {f"{keys[1]}-summary"}
    assert not Tool.objects.exists()
    assert soup(response).select_one(f"[name='{keys[2]}-title']")["value"].startswith("Titre")


def test_what_is_not_ticked_stays(signed_in: Client) -> None:
    keys = hand_in(signed_in, 3)
    data = filled(signed_in, keys) | {f"{keys[1]}-is_chosen": None, f"{keys[1]}-summary": ""}

    send(signed_in, data)

    assert Tool.objects.count() == 2
    assert Draft.objects.get().pk.hex == keys[1]


def test_a_second_click_shares_nothing_twice(signed_in: Client) -> None:
    data = filled(signed_in, hand_in(signed_in, 2))

    send(signed_in, data)
    send(signed_in, data)

    assert Tool.objects.count() == 2


def test_what_is_the_same_is_copied_into_the_ticked_rows(signed_in: Client) -> None:
    keys = hand_in(signed_in, 2)
    kind = ToolTypeFactory()
    data = form_data(signed_in, reverse("library:upload")) | {"draft": keys}
    data |= {"common-type": kind.pk, "common-sharing": SharingLevel.ASSOCIATION, f"{keys[1]}-is_chosen": None}
    data |= {f"{keys[0]}-title": "Gardé"}

    send(signed_in, data, "apply")

    first, second = (Draft.objects.get(pk=key) for key in keys)
    assert (first.typed["type"], first.typed["sharing"], first.typed["title"]) == (
        [str(kind.pk)],
        [SharingLevel.ASSOCIATION],
        ["Gardé"],
    )
    assert second.typed["sharing"] != [SharingLevel.ASSOCIATION]


def test_a_draft_becomes_a_version_and_a_tool_of_its_own_again(signed_in: Client, giver: User) -> None:
    tool = ToolFactory(association=giver.association)
    (key,) = hand_in(signed_in, 1)
    data = form_data(signed_in, reverse("library:upload")) | {f"{key}-title": "Tapé"}

    send(signed_in, data, f"version {key} {tool.slug}")
    as_version = Draft.objects.get().tool
    send(signed_in, form_data(signed_in, reverse("library:upload")), f"own {key}")

    assert as_version == tool
    assert Draft.objects.get().tool is None
    assert Draft.objects.get().typed["title"] == ["Tapé"]


def test_nobody_makes_a_version_of_a_tool_of_others(signed_in: Client) -> None:
    tool = ToolFactory()
    (key,) = hand_in(signed_in, 1)

    assert (
        send(signed_in, form_data(signed_in, reverse("library:upload")), f"version {key} {tool.slug}").status_code
        == 404
    )
    assert Draft.objects.get().tool is None


def test_the_number_of_queries_does_not_grow(homes: object, signed_in: Client, count_queries: Any) -> None:
    with_file(ToolFactory())
    url = reverse("library:upload")
    hand_in(signed_in, 2)
    signed_in.get(url)
    few = count_queries(lambda: signed_in.get(url))
    hand_in(signed_in, 15)

    assert count_queries(lambda: signed_in.get(url)) == few <= 35
