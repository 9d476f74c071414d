"""The tools that an editor made public: the same for everybody, and gone at once when that is taken back."""

from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from library.models import Tool
from tests.factories.library import PDF, ThemeFactory, ToolFactory, with_file
from tests.factories.people import UserFactory
from tests.reading import soup

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("homes")]


def url(name: str, *args: Any, language: str = "fr") -> str:
    with override(language):
        return reverse(f"library:{name}", args=args)


def public_tool(**fields: Any) -> Tool:
    tool = ToolFactory(sharing="public", **fields)
    with_file(tool)
    return tool


def titles(client: Client) -> list[str]:
    return [title.get_text() for title in soup(client.get(url("public_tools"))).select(".tool-item__title")]


def test_only_public_tools_with_a_file_are_listed(client: Client) -> None:
    public_tool(title="Pour chacun")
    ToolFactory(sharing="public", title="Sans fichier")
    for sharing in ("alliance", "groups", "association"):
        with_file(ToolFactory(sharing=sharing, title=f"Réservé {sharing}"))

    assert titles(client) == ["Pour chacun"]
    client.force_login(UserFactory(is_editor=True))
    assert titles(client) == ["Pour chacun"]


def test_a_page_is_the_same_for_everybody_and_may_be_cached(client: Client) -> None:
    contact = UserFactory(last_name="Secrète")
    tool = public_tool(contact=contact)
    addresses = [url("public_tools"), tool.get_public_url(), url("public_metadata", tool.slug)]
    visitor = [client.get(address) for address in addresses]
    client.force_login(contact)

    for before, after in zip(visitor, (client.get(address) for address in addresses), strict=True):
        assert before.content == after.content
        assert set(before["Cache-Control"].split(", ")) == {"public", "max-age=0", "must-revalidate"}
        assert not before.cookies
        assert "Secrète" not in before.content.decode()


def test_the_file_is_there_for_everybody(client: Client) -> None:
    tool = public_tool()
    link = soup(client.get(tool.get_public_url())).select_one(".download a")["href"]

    response = client.get(link)

    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"].startswith("attachment")


def test_taking_it_back_closes_every_door_at_once(client: Client) -> None:
    tool = public_tool()
    doors = [tool.get_public_url(), url("public_metadata", tool.slug), url("public_file", tool.slug)]
    Tool.objects.filter(pk=tool.pk).update(sharing="alliance")

    assert [client.get(door).status_code for door in doors] == [404, 404, 404]
    assert titles(client) == []
    assert tool.slug not in client.get("/sitemap.xml").content.decode()


def test_relations_are_public_ones_only(client: Client) -> None:
    hidden = ToolFactory(title="Source réservée")
    shown = public_tool(title="Adaptation publique")
    tool = public_tool(derived_from=hidden)
    Tool.objects.filter(pk=shown.pk).update(derived_from=tool)

    page = client.get(tool.get_public_url())
    record = client.get(url("public_metadata", tool.slug)).content.decode()

    assert "Source réservée" not in page.content.decode()
    assert soup(page).select_one(f'main a[href="{shown.get_public_url()}"]')
    assert "isVersionOf" not in record
    assert f"http://testserver{tool.get_public_url()}" in record


def test_the_sitemap_and_the_page_name_both_languages(client: Client) -> None:
    tool = public_tool()
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314  # our own
    named = {element.text for element in root.iter() if element.tag.endswith("loc")}
    page = soup(client.get(tool.get_public_url()))

    for language in ("fr", "nl"):
        assert f"http://testserver{tool.get_public_url(language)}" in named
        assert f"http://testserver{url('public_tools', language=language)}" in named
        alternate = page.select_one(f"link[rel=alternate][hreflang={language}]")
        assert alternate["href"] == f"http://testserver{tool.get_public_url(language)}"


def test_the_footer_and_the_sitemap_name_the_list_only_when_there_is_something(client: Client) -> None:
    address = url("public_tools")
    assert address not in client.get("/fr/").content.decode()
    assert address not in client.get("/sitemap.xml").content.decode()
    assert client.get(address).status_code == 200

    public_tool()
    assert soup(client.get("/fr/")).select(f'footer a[href="{address}"]')


def test_a_long_list_is_paged(client: Client) -> None:
    for _ in range(21):
        public_tool()

    page = soup(client.get(url("public_tools")))

    assert len(page.select(".tool-item")) == 20
    assert page.select_one(".pagination [rel=next]")


@pytest.mark.parametrize("kind", ["list", "tool"])
def test_the_number_of_queries_does_not_grow(client: Client, count_queries: Any, kind: str) -> None:
    tool = public_tool()

    def fill(number: int) -> None:
        for _ in range(number):
            public_tool(derived_from=tool)
        tool.themes.set(ThemeFactory.create_batch(number))
        tool.save()

    fill(1)
    address = tool.get_public_url() if kind == "tool" else url("public_tools")
    client.get(address)
    few = count_queries(lambda: client.get(address))
    fill(10)

    assert count_queries(lambda: client.get(address)) == few <= 12
