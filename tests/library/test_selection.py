"""Taking several tools together, and everything that an association has."""

import csv
import logging
from io import BytesIO, StringIO
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse

from library.models import DownloadCount, Tool
from library.taking import selection
from members.enums import AuditAction
from members.models import AuditEntry, User
from tests.factories.library import PDF, ToolFactory, with_file
from tests.factories.people import EmployerFactory, UserFactory
from tests.reading import soup

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> User:
    return UserFactory()


@pytest.fixture
def signed_in(client: Client, reader: User) -> Client:
    client.force_login(reader)
    return client


def url(name: str = "selection", *args: Any) -> str:
    return reverse(f"library:{name}", args=args)


def select(client: Client, *tools: Tool, **data: Any) -> Any:
    return client.post(url("select"), {"tool": [tool.pk for tool in tools], **data})


def unpacked(response: Any) -> ZipFile:
    archive = ZipFile(BytesIO(b"".join(response.streaming_content)))
    assert archive.testzip() is None
    return archive


def listed(client: Client) -> list[str]:
    return [link.get_text() for link in soup(client.get(url())).select(".selection__tool a")]


def test_tools_are_put_aside_and_taken_in_one_zip(signed_in: Client) -> None:
    first, second = ToolFactory(title="Un"), ToolFactory(title="Deux")
    with_file(first, "règlement.pdf")
    with_file(second, "note.pdf", PDF + b"2")
    select(signed_in, first, second)

    archive = unpacked(signed_in.get(url("selection_file")))

    assert listed(signed_in) == ["Deux", "Un"]
    paths = {f"{first.association}/règlement.pdf": PDF, f"{second.association}/note.pdf": PDF + b"2"}
    assert set(archive.namelist()) == {*paths, "index.html", "metadata.csv", "dublin-core.xml"}
    assert all(archive.read(path) == content for path, content in paths.items())


def test_the_index_leads_to_every_file_and_shows_text_as_text(signed_in: Client) -> None:
    tool = ToolFactory(title="<script>alert(1)</script>")
    with_file(tool, "été & hiver #1.pdf")
    select(signed_in, tool)

    archive = unpacked(signed_in.get(url("selection_file")))

    index = BeautifulSoup(archive.read("index.html"), "html.parser")
    links = [unquote(link["href"]) for link in index.select("a")]
    assert len(links) == 3
    assert set(links) <= set(archive.namelist())
    assert not index.select("script")


def test_what_describes_the_files_is_in_the_zip(signed_in: Client) -> None:
    tools = ToolFactory.create_batch(2, summary="=1+1")
    for tool in tools:
        with_file(tool)
    select(signed_in, *tools)

    archive = unpacked(signed_in.get(url("selection_file")))

    table = list(csv.DictReader(StringIO(archive.read("metadata.csv").decode("utf-8-sig")), delimiter=";"))
    assert [row["title"] for row in table] == sorted(tool.title for tool in tools)
    assert {row["summary"] for row in table} == {"'=1+1"}
    assert len(ElementTree.fromstring(archive.read("dublin-core.xml"))) == 2  # noqa: S314  # our own


def test_names_never_collide_and_are_safe(signed_in: Client) -> None:
    owner = EmployerFactory(short_name_fr="../CON")
    tools = ToolFactory.create_batch(3, association=owner)
    for tool, name in zip(tools, ("Note.pdf", "note.PDF", "note.pdf"), strict=True):
        with_file(tool, name)
    select(signed_in, *tools)

    names = unpacked(signed_in.get(url("selection_file"))).namelist()

    files = [name for name in names if name.endswith(".pdf")]
    assert len({name.casefold() for name in files}) == 3
    assert all(len(name.split("/")) == 2 and not name.startswith((".", "/")) for name in files)
    assert not any(name.split("/")[0].casefold() == "con" for name in files)


def test_only_what_one_may_see_at_that_moment_is_in_it(signed_in: Client) -> None:
    kept, hidden, never = ToolFactory(), ToolFactory(title="Repris"), ToolFactory(sharing="association")
    for tool in (kept, hidden, never):
        with_file(tool)
    select(signed_in, kept, hidden, never)
    Tool.objects.filter(pk=hidden.pk).update(sharing="association")

    archive = unpacked(signed_in.get(url("selection_file")))

    assert len([name for name in archive.namelist() if name.endswith(".pdf")]) == 1
    assert b"Repris" not in b"".join(archive.read(name) for name in archive.namelist())
    assert listed(signed_in) == [kept.title]


def test_tools_are_taken_out_and_the_selection_is_emptied(signed_in: Client) -> None:
    first, second, third = ToolFactory.create_batch(3)
    select(signed_in, first, second, third)

    select(signed_in, first, remove="1")
    assert len(listed(signed_in)) == 2
    select(signed_in, clear="1")
    assert listed(signed_in) == []
    assert signed_in.get(url("selection_file"))["Location"] == url()


def test_a_button_on_the_page_adds_it_and_comes_back(signed_in: Client) -> None:
    tool = ToolFactory()
    form = soup(signed_in.get(tool.get_absolute_url())).select_one(f'form[action="{url("select")}"]')
    data = {field["name"]: field["value"] for field in form.select("[name]")}

    response = signed_in.post(url("select"), data)

    assert response["Location"] == tool.get_absolute_url()
    assert soup(signed_in.get(tool.get_absolute_url())).select("button[name=remove]")


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_the_way_back_stays_on_this_site(signed_in: Client, elsewhere: str) -> None:
    assert select(signed_in, next=elsewhere)["Location"] == url()


def test_nonsense_is_ignored(signed_in: Client) -> None:
    signed_in.post(url("select"), {"tool": ["x", "-1", "9" * 30, "²", ""]})

    assert listed(signed_in) == []


def test_too_many_tools_are_said_and_the_selection_stays(signed_in: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(selection, "MAX_TOOLS", 2)
    tools = ToolFactory.create_batch(3)
    select(signed_in, *tools[:2])

    select(signed_in, tools[2])

    page = soup(signed_in.get(url()))
    assert page.select(".messages .notice--warning")
    assert len(page.select(".selection__tool")) == 2


def test_too_large_a_zip_is_said_before_it_begins(signed_in: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(selection, "MAX_SIZE", 10)
    tool = ToolFactory()
    with_file(tool)
    select(signed_in, tool)

    assert soup(signed_in.get(url("selection_file"), follow=True)).select(".messages .notice--warning")


def test_a_missing_file_is_said_in_the_index_and_noted(signed_in: Client, caplog: Any) -> None:
    lost, there = ToolFactory(title="Perdu"), ToolFactory()
    gone = with_file(lost, content=PDF + b"1")
    with_file(there)
    select(signed_in, lost, there)
    storages["private"].delete(gone.stored_file.file.name)

    with caplog.at_level(logging.ERROR, logger="library.taking.packages"):
        archive = unpacked(signed_in.get(url("selection_file")))

    index = BeautifulSoup(archive.read("index.html"), "html.parser")
    assert len(index.select("li a")) == 1
    assert "Perdu" in index.get_text()
    assert gone.stored_file.file.name in caplog.text


def test_each_tool_in_the_zip_counts_for_the_association(signed_in: Client, reader: User) -> None:
    tool = ToolFactory()
    with_file(tool)
    select(signed_in, tool)

    signed_in.get(url("selection_file"))

    count = DownloadCount.objects.get()
    assert (count.tool, count.association, count.number) == (tool, reader.association, 1)


def test_a_delegate_takes_everything_of_the_association(client: Client) -> None:
    delegate = UserFactory(is_delegate=True)
    tool = ToolFactory(association=delegate.association, sharing="association")
    with_file(tool, "modele.pdf")
    with_file(tool, "modele.pdf", PDF + b"2")
    with_file(ToolFactory())
    client.force_login(delegate)

    archive = unpacked(client.get(url("export", delegate.association.slug)))

    contents = [archive.read(name) for name in archive.namelist() if name.endswith(".pdf")]
    assert sorted(contents) == [PDF, PDF + b"2"]
    entry = AuditEntry.objects.get(action=AuditAction.EXPORTED)
    assert (entry.by, entry.association, entry.detail) == (delegate, delegate.association, "library, 2 files")


@pytest.mark.parametrize(("role", "status"), [({}, 403), ({"is_delegate": True}, 403), ({"is_editor": True}, 200)])
def test_what_others_own_is_taken_by_editors_only(client: Client, role: dict[str, bool], status: int) -> None:
    tool = ToolFactory()
    with_file(tool)
    client.force_login(UserFactory(**role))

    assert client.get(url("export", tool.association.slug)).status_code == status


def test_the_number_of_queries_does_not_grow(homes: Any, signed_in: Client, count_queries: Any) -> None:
    def fill(number: int) -> None:
        for _ in range(number):
            tool = ToolFactory()
            with_file(tool)
            select(signed_in, tool)

    fill(1)
    signed_in.get(url())
    few = count_queries(lambda: signed_in.get(url()))
    fill(10)

    assert count_queries(lambda: signed_in.get(url())) == few <= 15


@pytest.mark.parametrize("to", ["²", "nowhere"])
def test_an_address_that_is_no_path_leads_back_and_breaks_nothing(client: Client, to: str) -> None:
    client.force_login(UserFactory())

    assert client.post(reverse("library:select"), {"tool": ToolFactory().pk, "next": to}).status_code == 302
