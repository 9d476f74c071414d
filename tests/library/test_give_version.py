"""The next version of a tool, handed in by its association."""

import pytest
from django.test import Client
from django.urls import reverse

from library.models import Draft, Tool
from members.models import User
from tests.factories.giving import file, hand_in, share, shown
from tests.factories.library import PDF, ToolFactory, with_file
from tests.factories.people import UserFactory
from tests.reading import soup

pytestmark = pytest.mark.django_db


@pytest.fixture
def giver() -> User:
    return UserFactory()


@pytest.fixture
def signed_in(client: Client, giver: User) -> Client:
    client.force_login(giver)
    return client


def test_a_version_is_added_from_the_tools_page(signed_in: Client, giver: User) -> None:
    tool = ToolFactory(association=giver.association)
    with_file(tool)
    url = signed_in.get(reverse("library:add_version", args=[tool.slug])).url
    hidden = soup(signed_in.get(url)).select_one("form.hand-in [name=tool]")

    hand_in(signed_in, file("v2.pdf", PDF + b"2"), tool=hidden["value"])
    share(signed_in, shown(signed_in), note="Nouvelle loi")

    version = Tool.objects.get().current_version
    assert (version.number, version.note, version.file_name) == (2, "Nouvelle loi", "v2.pdf")


def test_the_newest_file_is_no_new_version(signed_in: Client, giver: User) -> None:
    tool = ToolFactory(association=giver.association)
    with_file(tool)
    hand_in(signed_in, tool=tool.slug)

    assert share(signed_in, shown(signed_in)).status_code == 422
    assert tool.versions.count() == 1


def test_versions_are_for_the_people_of_the_association(signed_in: Client) -> None:
    tool = ToolFactory()

    assert signed_in.get(reverse("library:add_version", args=[tool.slug])).status_code == 404
    assert hand_in(signed_in, tool=tool.slug).status_code == 404
    assert not Draft.objects.exists()
