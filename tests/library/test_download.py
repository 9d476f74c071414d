"""The only door to the library's files."""

import logging

import pytest
from django.core.files.storage import storages
from django.test import Client

from tests.factories.library import PDF, ToolFactory, with_file
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client: Client) -> Client:
    client.force_login(UserFactory())
    return client


def test_a_file_comes_under_its_own_name_and_never_as_a_page(signed_in: Client) -> None:
    version = with_file(ToolFactory(), "Règlement « été ».pdf")

    response = signed_in.get(version.get_absolute_url())

    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''R%C3%A8glement")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    assert "public" not in response["Cache-Control"]


def test_the_web_server_sends_it_where_there_is_one(signed_in: Client, settings: object) -> None:
    settings.LIBRARY_ACCEL_REDIRECT = "/internal/"
    version = with_file(ToolFactory())

    response = signed_in.get(version.get_absolute_url())

    assert response["X-Accel-Redirect"].startswith("/internal/library/")
    assert response["Content-Type"] == "application/pdf"
    assert response.content == b""


def test_every_version_keeps_its_address(signed_in: Client) -> None:
    tool = ToolFactory()
    first, second = with_file(tool), with_file(tool, content=PDF + b"2")

    assert b"".join(signed_in.get(first.get_absolute_url()).streaming_content) == PDF
    assert b"".join(signed_in.get(second.get_absolute_url()).streaming_content) == PDF + b"2"


def test_visitors_are_asked_to_sign_in_and_come_back(client: Client) -> None:
    url = with_file(ToolFactory()).get_absolute_url()

    response = client.get(url)

    assert response.status_code == 302
    assert response["Location"].startswith("/fr/compte/login/?next=")
    assert "no-store" in response["Cache-Control"]


def test_what_another_association_keeps_is_not_there(signed_in: Client) -> None:
    version = with_file(ToolFactory(sharing="association"))

    assert signed_in.get(version.get_absolute_url()).status_code == 404


def test_a_lost_file_is_said_and_noted(signed_in: Client, caplog: pytest.LogCaptureFixture) -> None:
    version = with_file(ToolFactory())
    storages["private"].delete(version.stored_file.file.name)

    with caplog.at_level(logging.ERROR, logger="library.views.files"):
        response = signed_in.get(version.get_absolute_url())

    assert response.status_code == 404
    assert version.tool.get_absolute_url() in response.content.decode()
    assert version.stored_file.file.name in caplog.text
