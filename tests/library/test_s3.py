"""The library's files in an S3 bucket, asked of a server that speaks S3 over HTTP."""

from collections.abc import Iterator

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from home.private_files.s3 import PrivateS3Storage
from home.private_files.storage import s3_options
from library.actions import store_file
from library.examination.work import examine_all
from library.models import StoredFile
from tests.factories.library import PDF, ToolFactory, with_file
from tests.factories.people import UserFactory
from tests.factories.storage import keep_files_in
from tests.s3_server import bucket

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with bucket() as made:
        yield made


@pytest.fixture(autouse=True)
def _in_a_bucket(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_files_in(PrivateS3Storage(**s3_options(address)), monkeypatch)


@pytest.fixture
def signed_in(client: Client) -> Client:
    client.force_login(UserFactory())
    return client


def test_a_file_is_kept_and_given(signed_in: Client) -> None:
    response = signed_in.get(with_file(ToolFactory()).get_absolute_url())

    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Length"] == str(len(PDF))


def test_a_part_of_a_file_is_given(signed_in: Client) -> None:
    response = signed_in.get(with_file(ToolFactory()).get_absolute_url(), headers={"Range": "bytes=5-9"})

    assert response.status_code == 206
    assert b"".join(response.streaming_content) == PDF[5:10]


def test_a_lost_file_is_said(signed_in: Client) -> None:
    version = with_file(ToolFactory())
    version.stored_file.file.storage.delete(version.stored_file.file.name)

    assert signed_in.get(version.get_absolute_url()).status_code == 404


def test_a_file_is_read() -> None:
    stored = store_file(ContentFile(b"Un texte dans un seau.", name="a.txt"))

    examine_all([stored])

    assert StoredFile.objects.get().pages.get().text == "Un texte dans un seau."
