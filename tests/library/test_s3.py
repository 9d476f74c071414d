"""The library's files in an S3 bucket, asked of a server that speaks S3 over HTTP."""

from collections.abc import Iterator

import boto3
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from moto.server import ThreadedMotoServer

from home.private_files.s3 import PrivateS3Storage
from home.private_files.storage import s3_options
from library.actions import store_file
from library.examination.work import examine_all
from library.models import StoredFile
from tests.factories.library import PDF, ToolFactory, with_file
from tests.factories.people import UserFactory
from tests.factories.storage import keep_files_in

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            patch.setenv(name, "test")
        moto = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
        moto.start()
        host, port = moto.get_host_and_port()
        url = f"http://{host}:{port}"
        boto3.client("s3", endpoint_url=url, region_name="eu-west-1").create_bucket(
            Bucket="otonom", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
        )
        yield url
        moto.stop()


@pytest.fixture(autouse=True)
def _in_a_bucket(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    options = s3_options(f"s3://otonom/bibliotheque?endpoint_url={server}&region_name=eu-west-1")
    keep_files_in(PrivateS3Storage(**options), monkeypatch)


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
