"""The only door to the library's files."""

import logging

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from library.models import DownloadCount, StoredFile, Tool, ToolVersion
from tests.factories.library import PDF, ToolFactory, with_file
from tests.factories.people import EmployerFactory, UserFactory

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


@pytest.mark.parametrize(
    ("asked", "part", "said"),
    [
        ("bytes=0-4", PDF[:5], f"bytes 0-4/{len(PDF)}"),
        ("bytes=5-", PDF[5:], f"bytes 5-{len(PDF) - 1}/{len(PDF)}"),
        ("bytes=-6", PDF[-6:], f"bytes {len(PDF) - 6}-{len(PDF) - 1}/{len(PDF)}"),
        ("bytes=3-999999", PDF[3:], f"bytes 3-{len(PDF) - 1}/{len(PDF)}"),
        ("bytes=-999999", PDF, f"bytes 0-{len(PDF) - 1}/{len(PDF)}"),
    ],
)
def test_a_part_of_a_file_is_given(signed_in: Client, asked: str, part: bytes, said: str) -> None:
    response = signed_in.get(with_file(ToolFactory()).get_absolute_url(), headers={"Range": asked})

    assert response.status_code == 206
    assert b"".join(response.streaming_content) == part
    assert response["Content-Range"] == said
    assert response["Content-Length"] == str(len(part))


@pytest.mark.parametrize(
    "asked", ["bytes=9-3", "bytes=a-b", "bytes=-", "pages=1-2", "bytes=0-1,3-4", "nonsense", f"bytes={'9' * 5000}-"]
)
def test_a_range_that_is_not_understood_means_the_whole_file(signed_in: Client, asked: str) -> None:
    response = signed_in.get(with_file(ToolFactory()).get_absolute_url(), headers={"Range": asked})

    assert response.status_code == 200
    assert b"".join(response.streaming_content) == PDF


@pytest.mark.parametrize("asked", [f"bytes={len(PDF)}-", "bytes=99999-", "bytes=-0"])
def test_a_part_that_is_not_there_is_refused_with_the_length(signed_in: Client, asked: str) -> None:
    response = signed_in.get(with_file(ToolFactory()).get_absolute_url(), headers={"Range": asked})

    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{len(PDF)}"


def test_a_download_that_broke_off_goes_on_only_with_the_same_content(signed_in: Client) -> None:
    version = with_file(ToolFactory())
    mark = signed_in.get(version.get_absolute_url())["ETag"]

    same = signed_in.get(version.get_absolute_url(), headers={"Range": "bytes=5-", "If-Range": mark})
    other = signed_in.get(version.get_absolute_url(), headers={"Range": "bytes=5-", "If-Range": '"another"'})

    assert mark == f'"{version.stored_file.checksum}"'
    assert (same.status_code, other.status_code) == (206, 200)


def test_what_a_browser_has_is_not_sent_again(signed_in: Client) -> None:
    version = with_file(ToolFactory())
    mark = signed_in.get(version.get_absolute_url())["ETag"]

    response = signed_in.get(version.get_absolute_url(), headers={"If-None-Match": mark})

    assert response.status_code == 304
    assert "private" in response["Cache-Control"]


def test_headers_can_be_asked_for_alone(signed_in: Client) -> None:
    response = signed_in.head(with_file(ToolFactory()).get_absolute_url(), headers={"Range": "bytes=0-4"})

    assert response.status_code == 200
    assert response["Content-Length"] == str(len(PDF))
    assert response["Accept-Ranges"] == "bytes"


def test_a_file_is_sent_as_it_is_so_that_its_length_is_known(signed_in: Client) -> None:
    version = with_file(ToolFactory(), content=PDF + b"%" * 5000)

    response = signed_in.get(version.get_absolute_url(), headers={"Accept-Encoding": "gzip"})

    assert response["Content-Length"] == str(len(PDF) + 5000)
    assert response["Content-Encoding"] == "identity"


@pytest.mark.parametrize(("name", "content"), [("a.html", b"<html><script>alert(1)</script>"), ("a.htm", b"<svg/>")])
def test_a_web_page_is_never_opened_as_one(signed_in: Client, name: str, content: bytes) -> None:
    response = signed_in.get(with_file(ToolFactory(), name, content).get_absolute_url())

    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_one_address_always_gives_the_newest_file(signed_in: Client) -> None:
    tool = ToolFactory()
    url = reverse("library:file", args=[tool.slug])
    with_file(tool)
    assert b"".join(signed_in.get(url).streaming_content) == PDF

    with_file(tool, "autre.pdf", PDF + b"2")

    response = signed_in.get(url)
    assert b"".join(response.streaming_content) == PDF + b"2"
    assert "autre.pdf" in response["Content-Disposition"]


def test_a_tool_without_a_file_has_none(signed_in: Client) -> None:
    assert signed_in.get(reverse("library:file", args=[ToolFactory().slug])).status_code == 404


def test_a_public_file_is_given_to_anybody_and_no_other(client: Client) -> None:
    public, own = ToolFactory(sharing="public"), ToolFactory()
    with_file(public)
    with_file(own)

    assert client.get(reverse("library:public_file", args=[public.slug])).status_code == 200
    assert client.get(reverse("library:public_file", args=[own.slug])).status_code == 404


def pictured(tool: Tool) -> ToolVersion:
    version = with_file(tool)
    StoredFile.objects.update(preview_count=1)
    storages["private"].save(version.stored_file.preview_path(1), ContentFile(b"RIFF....WEBP"))
    return version


def test_the_picture_of_a_page_is_shown_to_who_may_see_the_tool(signed_in: Client) -> None:
    version = pictured(ToolFactory())

    response = signed_in.get(reverse("library:preview", args=[version.tool.slug, 1, 1]))

    assert b"".join(response.streaming_content) == b"RIFF....WEBP"
    assert response["Content-Type"] == "image/webp"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "private" in response["Cache-Control"]


@pytest.mark.parametrize("page", [0, 2, 99999999999])
def test_there_is_no_picture_of_other_pages(signed_in: Client, page: int) -> None:
    version = pictured(ToolFactory())

    assert signed_in.get(reverse("library:preview", args=[version.tool.slug, 1, page])).status_code == 404


def test_pictures_and_newest_files_of_others_are_not_there(signed_in: Client) -> None:
    version = pictured(ToolFactory(sharing="association"))

    assert signed_in.get(reverse("library:preview", args=[version.tool.slug, 1, 1])).status_code == 404
    assert signed_in.get(reverse("library:file", args=[version.tool.slug])).status_code == 404


def test_downloads_are_counted_by_association_and_month() -> None:
    colleagues, version = UserFactory.create_batch(2, association=EmployerFactory()), with_file(ToolFactory())
    for user in (*colleagues, UserFactory()):
        client = Client()
        client.force_login(user)
        client.get(version.get_absolute_url())

    counts = {count.association: count.number for count in DownloadCount.objects.all()}
    assert counts[colleagues[0].association] == 2
    assert sum(counts.values()) == 3
    assert {count.month for count in DownloadCount.objects.all()} == {timezone.localdate().replace(day=1)}


@pytest.mark.parametrize("headers", [{"Range": "bytes=5-"}, {"If-None-Match": "*"}, {"Range": "bytes=99999-"}])
def test_what_is_no_new_download_is_not_counted(signed_in: Client, headers: dict[str, str]) -> None:
    version = with_file(ToolFactory())

    signed_in.head(version.get_absolute_url())
    signed_in.get(version.get_absolute_url(), headers=headers)

    assert not DownloadCount.objects.exists()
