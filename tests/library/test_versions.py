"""Older versions of a tool: what changed in the words, the permanent link, and what other programs read of it."""

from datetime import date
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from library.enums import ScanState, TextState
from library.models import FilePage, Tool, ToolVersion
from library.trust import differences
from library.trust.differences import Difference
from tests.factories.library import PDF, ThemeFactory, ToolFactory, with_file
from tests.factories.people import UserFactory
from tests.reading import main_text, soup

pytestmark = pytest.mark.django_db
DC, DCTERMS = "{http://purl.org/dc/elements/1.1/}", "{http://purl.org/dc/terms/}"


@pytest.fixture
def signed_in(client: Client) -> Client:
    client.force_login(UserFactory())
    return client


def with_text(tool: Tool, *pages: str) -> ToolVersion:
    """A version whose file says this, whatever is really in it."""
    version = with_file(tool, content=PDF + repr(pages).encode())
    version.stored_file.pages.all().delete()
    FilePage.objects.bulk_create(
        FilePage(stored_file=version.stored_file, number=number, text=text) for number, text in enumerate(pages, 1)
    )
    version.stored_file.text_state = TextState.READ
    version.stored_file.save()
    return version


def address(tool: Tool, older: int = 1, newer: int = 2) -> str:
    return reverse("library:compare", args=[tool.slug, older, newer])


def test_words_that_came_and_went_are_marked(signed_in: Client) -> None:
    tool = ToolFactory(language="nl")
    with_text(tool, "Titel\nDe termijn is acht dagen.", "Slot")
    with_text(tool, "Titel\nDe termijn is tien dagen.", "Slot\nNieuw artikel")

    page = soup(signed_in.get(address(tool)))

    assert [gone.contents[-1] for gone in page.select("del")] == ["acht"]
    assert [come.contents[-1] for come in page.select("ins")] == ["tien", "Nieuw artikel"]
    assert all(mark.select_one(".visually-hidden")["lang"] == "fr" for mark in page.select("ins, del"))
    assert page.select_one(".comparison")["lang"] == "nl"


def test_the_list_of_versions_leads_to_the_comparison(signed_in: Client) -> None:
    tool = ToolFactory()
    with_text(tool, "Un")
    with_text(tool, "Deux")

    links = [link["href"] for link in soup(signed_in.get(tool.get_absolute_url())).select(".versions__compare a")]

    assert links == [address(tool)]
    assert signed_in.get(links[0]).status_code == 200


def test_what_has_no_text_says_so(signed_in: Client) -> None:
    tool = ToolFactory()
    with_text(tool)
    with_text(tool, "Deux")

    assert soup(signed_in.get(address(tool))).select("[data-state=no-text]")


def test_the_same_words_say_so(signed_in: Client) -> None:
    tool = ToolFactory()
    with_text(tool, "Les mêmes  mots")
    with_text(tool, "Les mêmes mots", "")

    assert soup(signed_in.get(address(tool))).select("[data-state=same]")


def test_a_huge_text_is_cut_and_says_so(signed_in: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(differences, "MAX_CHARACTERS", 40)
    tool = ToolFactory()
    with_text(tool, "mot " * 20)
    with_text(tool, "mot " * 5 + "changé " + "mot " * 20)

    assert soup(signed_in.get(address(tool))).select("[data-state=cut]")


def test_long_unchanged_parts_are_left_out_and_counted() -> None:
    lines = [f"ligne {number}" for number in range(20)]

    passages = Difference(lines, [*lines[:10], "changée", *lines[11:]]).passages

    assert [passage.skipped for passage in passages] == [9, 0, 0]
    assert [passage.is_change for passage in passages] == [False, True, False]


def test_looking_for_changes_ends_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(differences, "MAX_SECONDS", -1.0)

    passages = Difference(["a b c", "d"], ["a x c", "d"]).passages

    assert [piece.kind for piece in passages[0].pieces] == ["removed", "added"]


@pytest.mark.parametrize(("older", "newer"), [(2, 1), (1, 1), (1, 3), (0, 1)])
def test_versions_that_are_not_there_cannot_be_compared(signed_in: Client, older: int, newer: int) -> None:
    tool = ToolFactory()
    with_text(tool, "Un")
    with_text(tool, "Deux")

    assert signed_in.get(address(tool, older, newer)).status_code == 404


def test_a_version_that_is_not_available_is_not_compared(signed_in: Client) -> None:
    tool = ToolFactory()
    with_text(tool, "Un")
    waiting = with_text(tool, "Secret")
    waiting.stored_file.scan = ScanState.INFECTED
    waiting.stored_file.save()

    assert signed_in.get(address(tool)).status_code == 404


def test_versions_of_hidden_tools_are_not_there(signed_in: Client) -> None:
    tool = ToolFactory(sharing="association")
    with_text(tool, "Un")
    with_text(tool, "Deux")

    for url in (address(tool), reverse("library:metadata", args=[tool.slug]), permanent(tool)):
        assert signed_in.get(url).status_code == 404


def permanent(tool: Tool) -> str:
    return reverse("library:permanent", args=[tool.pk])


def test_the_permanent_link_outlives_a_change_of_address(signed_in: Client) -> None:
    tool = ToolFactory()
    shown = soup(signed_in.get(tool.get_absolute_url())).select_one("#permanent")["value"]
    Tool.objects.filter(pk=tool.pk).update(slug="autre-adresse")

    response = signed_in.get(shown.removeprefix("http://testserver"))

    assert shown.endswith(permanent(tool))
    assert response["Location"] == reverse("library:tool", args=["autre-adresse"])


def test_a_visitor_signs_in_and_comes_back(client: Client) -> None:
    tool = ToolFactory()
    for url in (address(tool), permanent(tool)):
        assert "/login/?next=" in client.get(url)["Location"]


def test_dublin_core_says_what_is_known(signed_in: Client) -> None:
    source, hidden = ToolFactory(), ToolFactory(sharing="association")
    tool = ToolFactory(
        title="Règlement & <annexes>\x0b", derived_from=source, translation_of=hidden, review_on=date(2027, 1, 2)
    )
    tool.themes.set([ThemeFactory(name_fr="Personnel", name_nl="Personeel")])
    tool.save()
    with_file(tool, added_on=date(2026, 1, 2))

    response = signed_in.get(reverse("library:metadata", args=[tool.slug]))

    record = ElementTree.fromstring(response.content)  # noqa: S314  # our own
    said = {name: [one.text for one in record.findall(name)] for name in {one.tag for one in record}}
    assert response["Content-Type"].startswith("application/xml")
    assert said[f"{DC}title"] == ["Règlement & <annexes> "]
    assert said[f"{DC}subject"] == ["Personnel", "Personeel"]
    assert said[f"{DC}identifier"] == [f"http://testserver{permanent(tool)}"]
    assert said[f"{DCTERMS}isVersionOf"] == [f"http://testserver{permanent(source)}"]
    assert said[f"{DCTERMS}valid"] == ["end=2027-01-02"]
    assert str(hidden.pk) not in [url.rstrip("/").rsplit("/", 1)[-1] for url in said.get(f"{DCTERMS}isFormatOf", [])]


def test_the_head_of_the_page_says_it_too(signed_in: Client) -> None:
    tool = ToolFactory(title='Un "titre"')
    page = soup(signed_in.get(tool.get_absolute_url()))

    assert page.select_one('meta[name="DC.title"]')["content"] == 'Un "titre"'
    assert page.select_one("link[type='application/xml']")["href"] == reverse("library:metadata", args=[tool.slug])


def test_both_languages_compare(signed_in: Client) -> None:
    tool = ToolFactory()
    with_text(tool, "Un")
    with_text(tool, "Deux")
    with override("nl"):
        response = signed_in.get(address(tool))

    assert soup(response).html["lang"] == "nl"
    assert tool.title in main_text(response)
