"""What a search finds: titles, words of both languages, and what the files say."""

import pytest
from django.test import Client

from library.models import FilePage, SearchEntry, Tool, ToolType
from members.models import User
from tests.factories.library import ThemeFactory, ToolFactory, ToolTypeFactory, with_file, with_text
from tests.factories.people import EmployerFactory, UserFactory
from tests.reading import soup

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("few_and_many")]
LIST = "/fr/espace/bibliotheque/"


@pytest.fixture
def reader() -> User:
    return UserFactory()


@pytest.fixture
def signed_in(client: Client, reader: User) -> Client:
    client.force_login(reader)
    return client


def found(client: Client, text: str, **chosen: str) -> list[str]:
    """The titles that a search gives, in order."""
    page = soup(client.get(LIST, {"q": text, **chosen}))
    return [" ".join(title.get_text().split()) for title in page.select(".tool-item__title")]


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "Carnet de bord"},
        {"summary": "Un carnet pour la route."},
        {"search_words": ["logboek", "carnet"]},
        {"author": "Équipe du carnet"},
        {"type__name_fr": "Carnets"},
        {"type__name_nl": "Carnet"},
        {"type__search_words": ["carnet de suivi"]},
        {"association__name_fr": "Les Carnets"},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_a_word_is_found_wherever_it_stands(signed_in: Client, fields: dict[str, object]) -> None:
    ToolFactory(title="Autre")
    wanted = ToolFactory(**fields)

    assert found(signed_in, "carnets") == [wanted.title]


def test_a_word_is_found_in_the_labels_of_themes(signed_in: Client) -> None:
    tool = ToolFactory(title="Rond")
    tool.themes.set([ThemeFactory(name_nl="Financiën", search_words=["kas"])])
    tool.save()

    assert found(signed_in, "financien") == found(signed_in, "kas") == ["Rond"]


def test_a_word_is_found_in_the_file(signed_in: Client) -> None:
    with_text(ToolFactory(title="Rond"), "Rien ici.", "Le défraiement des volontaires est forfaitaire.")

    assert found(signed_in, "defraiements forfaitaires") == ["Rond"]


def test_only_the_current_version_is_searched(signed_in: Client) -> None:
    tool = ToolFactory(title="Rond")
    with_text(tool, "ancienneté")
    with_text(tool, "nouveauté")

    assert found(signed_in, "nouveauté") == ["Rond"]
    assert found(signed_in, "ancienneté") == []


def test_a_file_that_is_not_available_is_not_searched(signed_in: Client) -> None:
    version = with_text(ToolFactory(title="Rond"), "nouveauté")
    Tool.objects.update(current_version=None)

    assert found(signed_in, "nouveauté") == []
    assert version.stored_file.pages.exists()


@pytest.mark.parametrize(
    ("title", "typed"),
    [
        ("Évaluation annuelle", "evaluations"),
        ("Les règlements", "reglement"),
        ("Cœur de métier", "coeur"),
        ("Vrijwilligersvergoedingen", "vrijwilligersvergoeding"),
        ("De kosten terugbetalen", "kost"),
        ("Procès-verbal de l’AG", "proces verbal ag"),
    ],
)
def test_endings_accents_and_signs_do_not_matter(signed_in: Client, title: str, typed: str) -> None:
    ToolFactory(title=title)

    assert found(signed_in, typed) == [title]


def test_words_in_quotes_stand_side_by_side(signed_in: Client) -> None:
    ToolFactory(title="Règlement de travail")
    ToolFactory(title="Travail sans règlement")
    with_text(ToolFactory(title="Rond"), "Selon le règlement de travail.")

    assert set(found(signed_in, '"règlement de travail"')) == {"Règlement de travail", "Rond"}


def test_the_last_word_may_be_unfinished(signed_in: Client) -> None:
    ToolFactory(title="Évaluation annuelle")

    assert found(signed_in, "annuel évalua") == ["Évaluation annuelle"]
    assert found(signed_in, "évaluatio") == ["Évaluation annuelle"]


@pytest.mark.parametrize("typed", ["teletravial", "téletravaille", "tlétravail"])
def test_a_typing_error_is_read_as_what_was_meant(signed_in: Client, typed: str) -> None:
    ToolFactory(title="Politique de télétravail")

    assert found(signed_in, typed) == ["Politique de télétravail"]
    assert soup(signed_in.get(LIST, {"q": typed})).select_one(".search-meant strong").get_text() == "télétravail"


def test_a_word_of_two_known_words_is_taken_apart(signed_in: Client) -> None:
    ToolFactory(title="Barema van het loon")

    assert found(signed_in, "loonbarema") == ["Barema van het loon"]


def test_a_right_word_is_not_corrected(signed_in: Client) -> None:
    ToolFactory(title="Congé")
    ToolFactory(title="Congés")

    assert not soup(signed_in.get(LIST, {"q": "congé"})).select(".search-meant")


def test_the_other_language_finds_it_by_the_words_of_its_type(signed_in: Client) -> None:
    kind = ToolTypeFactory(name_fr="Règlement", name_nl="Reglement", search_words=["arbeidsreglement"])
    ToolFactory(title="Règlement de travail", type=kind)

    assert found(signed_in, "arbeidsreglement") == ["Règlement de travail"]


def test_the_title_counts_more_than_the_text(signed_in: Client) -> None:
    with_text(ToolFactory(title="Autre chose"), "budget budget budget")
    ToolFactory(title="Budget")

    assert found(signed_in, "budget") == ["Budget", "Autre chose"]


def test_a_tool_with_every_word_comes_first(signed_in: Client) -> None:
    ToolFactory(title="Budget")
    ToolFactory(title="Budget annuel de projet")

    assert found(signed_in, "budget projet")[0] == "Budget annuel de projet"


def test_the_index_follows_every_change(signed_in: Client) -> None:
    kind, owner = ToolTypeFactory(), EmployerFactory()
    tool = ToolFactory(title="Rond", type=kind, association=owner)
    version = with_text(tool, "texte")

    ToolType.objects.filter(pk=kind.pk).update(name_nl="Sjabloon")
    assert found(signed_in, "sjabloon") == ["Rond"]
    type(owner).objects.filter(pk=owner.pk).update(name_fr="Tournesol")
    assert found(signed_in, "tournesol") == ["Rond"]
    Tool.objects.filter(pk=tool.pk).update(title="Carré")
    assert found(signed_in, "carré") == ["Carré"]
    FilePage.objects.filter(stored_file=version.stored_file).update(text="coquelicot")
    assert found(signed_in, "coquelicot") == ["Carré"]
    FilePage.objects.all().delete()
    assert found(signed_in, "coquelicot") == []


def test_a_deleted_tool_leaves_the_index(signed_in: Client) -> None:
    tool = ToolFactory()
    tool.themes.set([ThemeFactory()])
    tool.save()
    with_text(tool, "texte")

    tool.delete()

    assert not SearchEntry.objects.exists()


def test_a_page_of_a_million_words_does_no_harm(signed_in: Client) -> None:
    version = with_file(ToolFactory(title="Rond"))

    FilePage.objects.create(stored_file=version.stored_file, number=1, text=" ".join(f"w{n}" for n in range(400_000)))

    assert found(signed_in, "w77") == ["Rond"]


@pytest.mark.parametrize(
    "typed",
    ["'", "&", "|", "!", ":*", "a:*", "'; DROP TABLE library_tool; --", "\\", "\\'", "\0", "<->", '"', '""', "%s"],
)
def test_signs_are_no_commands(signed_in: Client, typed: str) -> None:
    ToolFactory(title="Rond")

    for query in (typed, f"rond {typed}", f'"rond {typed}"'):
        assert signed_in.get(LIST, {"q": query}).status_code == 200
    assert found(signed_in, "rond") == ["Rond"]


def test_what_is_too_long_is_said_and_stays_in_the_box(signed_in: Client) -> None:
    page = soup(signed_in.get(LIST, {"q": "x" * 10_000}))

    assert page.select_one("[name=q]").find_parent(class_="field--error")
    assert page.select_one("[name=q]")["value"].startswith("xxx")


def test_without_an_encoder_words_are_compared(signed_in: Client, settings: object, monkeypatch: object) -> None:
    monkeypatch.setattr("library.search.meaning.meaning", type("Broken", (), {"of": lambda *_: None}))
    ToolFactory(title="Rond")

    assert found(signed_in, "rond") == ["Rond"]
