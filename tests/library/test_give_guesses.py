"""What is guessed of a file, and what is there already."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from library.enums import SharingLevel, TextState
from library.giving.guessing import Guesser, readable, title_of
from library.models import Draft, FilePage, StoredFile, Theme, ToolType
from tests.factories.library import PDF, ThemeFactory, ToolFactory, ToolTypeFactory, with_file
from tests.factories.people import UserFactory
from tests.reading import soup

pytestmark = pytest.mark.django_db
TEXT = "Le télétravail est possible deux jours par semaine. " * 20


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("note_de-frais.pdf", "Note de frais"),
        ("Reglement travail v2.1 def.docx", "Reglement travail"),
        ("20240312 PV assemblée générale (2).odt", "PV assemblée générale"),
        ("FicheDePoste.docx", "Fiche De Poste"),
        ("2024.pdf", "2024"),
        (".pdf", "Pdf"),
    ],
)
def test_a_name_is_made_readable(name: str, title: str) -> None:
    assert readable(name) == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("ASBL Exemple\n\nPolitique de télétravail\n\nLe télétravail est possible.", "Politique de télétravail"),
        ("Alliance · Bibliothèque · Politique de télétravail\nPolitique de télétravail", "Politique de télétravail"),
        ("Tout autre chose", "Politique de teletravail"),
        ("", "Politique de teletravail"),
    ],
)
def test_the_title_is_the_heading_that_goes_with_the_name(text: str, title: str) -> None:
    assert title_of("politique-de-teletravail.pdf", text) == title


def test_type_and_themes_come_from_the_vocabulary() -> None:
    wanted = ToolTypeFactory(name_fr="Politique ou charte", name_nl="Beleid", search_words=["code de conduite"])
    ToolTypeFactory(name_fr="Formulaire", name_nl="Formulier")
    theme = ThemeFactory(name_fr="Ressources humaines", name_nl="Personeel", search_words=["télétravail"])

    guesser = Guesser(ToolType.objects.all(), Theme.objects.all())
    for name in ("politique-de-teletravail.pdf", "Code de conduite télétravail.docx"):
        guess = guesser.guess(name, TEXT, "fr")
        assert (guess.type, guess.themes, guess.language) == (wanted, (theme,), "fr"), name
    assert guesser.guess("xyz.pdf").type is None


def test_guesses_fill_the_form_until_somebody_types(client: Client) -> None:
    client.force_login(UserFactory())
    kind: ToolType = ToolTypeFactory(name_fr="Note de frais", name_nl="Onkostennota")
    draft = drafted(client, "onkostennota.pdf")
    StoredFile.objects.update(language="nl")

    guessed = soup(client.get(reverse("library:upload")))
    client.post(reverse("library:save_draft", args=[draft.pk]), {f"{draft.pk.hex}-title": "Autre", "touched": "title"})
    typed = soup(client.get(reverse("library:upload")))

    assert guessed.select_one("[name$=-title]")["value"] == "Onkostennota"
    assert guessed.select_one("[name$=-type] [selected]")["value"] == str(kind.pk)
    assert guessed.select_one("[name$=-language] [selected]")["value"] == "nl"
    assert typed.select_one("[name$=-title]")["value"] == "Autre"


def drafted(client: Client, name: str = "note.pdf", content: bytes = PDF) -> Draft:
    client.post(reverse("library:upload"), {"file": SimpleUploadedFile(name, content)})
    return Draft.objects.get()


def alike_links(client: Client) -> list[str]:
    return [link["href"] for link in soup(client.get(reverse("library:upload"))).select(".draft__alike a")]


def test_the_same_file_is_pointed_out_before_saving(client: Client) -> None:
    client.force_login(UserFactory())
    tool = ToolFactory()
    with_file(tool)
    drafted(client)

    assert alike_links(client) == [tool.get_absolute_url()]


def with_text(stored: StoredFile, text: str, likeness: int) -> None:
    StoredFile.objects.filter(pk=stored.pk).update(likeness=likeness, text_state=TextState.READ)
    FilePage.objects.create(stored_file=stored, number=1, text=text)


@pytest.mark.parametrize(
    ("bits", "text", "is_near"),
    [
        (0, TEXT, True),
        (0b111, TEXT + "Signé en 2025.", True),
        (-1, TEXT, False),
        (0b1111111, TEXT, False),
        (0, "Autre chose, d'un bout à l'autre. " * 30, False),
    ],
)
def test_nearly_the_same_text_is_pointed_out(client: Client, bits: int, text: str, is_near: bool) -> None:
    giver = UserFactory()
    client.force_login(giver)
    tool = ToolFactory(association=giver.association)
    with_text(with_file(tool, content=PDF + b"2").stored_file, TEXT, -7_000_000_000)
    with_text(drafted(client).stored_file, text, -7_000_000_000 ^ bits)

    page = soup(client.get(reverse("library:upload")))

    assert alike_links(client) == ([tool.get_absolute_url()] if is_near else [])
    assert bool(page.select(".draft__alike [name=action]")) == is_near


def test_a_hidden_tool_is_not_given_away(client: Client, count_queries: Any) -> None:
    client.force_login(UserFactory())
    draft = drafted(client)
    with_text(draft.stored_file, TEXT, 12)
    hidden: dict[str, Any] = {"sharing": SharingLevel.ASSOCIATION, "type": ToolTypeFactory()}
    client.get(reverse("library:upload"))
    before = client.get(reverse("library:upload"))
    queries = count_queries(lambda: client.get(reverse("library:upload")))

    with_file(ToolFactory(**hidden))
    with_text(with_file(ToolFactory(**hidden), content=PDF + b"2").stored_file, TEXT, 12)

    after = client.get(reverse("library:upload"))
    assert str(soup(after).select_one(".draft")) == str(soup(before).select_one(".draft"))
    assert count_queries(lambda: client.get(reverse("library:upload"))) == queries


def test_the_version_button_is_for_who_may_add_one(client: Client) -> None:
    client.force_login(UserFactory())
    with_text(with_file(ToolFactory(), content=PDF + b"2").stored_file, TEXT, 12)
    with_text(drafted(client).stored_file, TEXT, 12)

    page = soup(client.get(reverse("library:upload")))

    assert page.select(".draft__alike a")
    assert not page.select(".draft__alike [name=action]")
