"""Giving what was asked for, and what goes with another tool."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from library.enums import Answer
from library.models import Draft, Tool, ToolRequest
from members.models import User
from tests.factories.forms import form_data
from tests.factories.library import PDF, ToolFactory, ToolTypeFactory
from tests.factories.people import UserFactory
from tests.reading import soup

pytestmark = pytest.mark.django_db


@pytest.fixture
def delegate() -> User:
    return UserFactory(is_delegate=True)


@pytest.fixture
def asked(delegate: User) -> ToolRequest:
    asker = UserFactory()
    return ToolRequest.objects.create(
        type=ToolTypeFactory(), association=delegate.association, asked_by=asker, asked_for=asker.association
    )


@pytest.fixture
def signed_in(client: Client, delegate: User) -> Client:
    client.force_login(delegate)
    return client


def hand_in(client: Client, query: str) -> None:
    """Hand in a file where a link with this query leads, with what the form holds."""
    page = soup(client.get(f"{reverse('library:upload')}?{query}"))
    held = {field["name"]: field["value"] for field in page.select("form.hand-in [type=hidden]")}
    client.post(reverse("library:upload"), held | {"file": SimpleUploadedFile("note.pdf", PDF)})


def share(client: Client, **changes: Any) -> None:
    key, data = Draft.objects.get().pk.hex, form_data(client, reverse("library:upload"))
    changes = {"title": "Note", "summary": "Pour essayer."} | changes
    client.post(reverse("library:drafts"), data | {f"{key}-{n}": v for n, v in changes.items()} | {"action": "share"})


def test_sharing_answers_the_request(signed_in: Client, asked: ToolRequest) -> None:
    hand_in(signed_in, f"request={asked.pk}")

    share(signed_in)

    asked.refresh_from_db()
    tool = Tool.objects.get()
    assert (asked.answer, asked.tool, tool.type) == (Answer.GIVEN, tool, asked.type)


def test_what_was_closed_meanwhile_is_shared_all_the_same(signed_in: Client, asked: ToolRequest) -> None:
    hand_in(signed_in, f"request={asked.pk}")
    ToolRequest.objects.update(answer=Answer.CLOSED, answered_at=asked.created_at)

    share(signed_in)

    asked.refresh_from_db()
    assert asked.answer == Answer.CLOSED
    assert Tool.objects.exists()


def test_only_who_is_asked_answers(client: Client, asked: ToolRequest) -> None:
    client.force_login(UserFactory(association=asked.association))

    assert client.get(f"{reverse('library:upload')}?request={asked.pk}").status_code == 404


def test_a_type_that_is_missing_is_filled_in(signed_in: Client) -> None:
    kind = ToolTypeFactory()
    hand_in(signed_in, f"type={kind.slug}")

    share(signed_in)

    assert Tool.objects.get().type == kind


def test_an_adaptation_is_linked_by_the_number_of_its_source(signed_in: Client) -> None:
    source = ToolFactory()
    hand_in(signed_in, f"derived_from={source.pk}")

    share(signed_in, type=source.type_id)

    assert Tool.objects.exclude(pk=source.pk).get().derived_from == source
