"""The page of the search: facets, order, passages, what to do when nothing fits."""

import pytest
from django.test import Client
from django.urls import reverse

from library.enums import TextState
from library.models import DownloadCount, StoredFile
from members.models import User
from tests.factories.groups import WorkingGroupFactory
from tests.factories.library import ThemeFactory, ToolFactory, ToolTypeFactory, with_file, with_text
from tests.factories.people import EmployerFactory, UserFactory
from tests.reading import options, soup

pytestmark = pytest.mark.django_db
LIST = "/fr/espace/bibliotheque/"


@pytest.fixture
def reader() -> User:
    return UserFactory()


@pytest.fixture
def signed_in(client: Client, reader: User) -> Client:
    client.force_login(reader)
    return client


def titles(client: Client, **query: str) -> list[str]:
    return [" ".join(one.get_text().split()) for one in soup(client.get(LIST, query)).select(".tool-item__title")]


def test_each_facet_counts_what_the_other_filters_leave(signed_in: Client) -> None:
    kind, other = ToolTypeFactory(slug="plan"), ToolTypeFactory(slug="guide")
    ToolFactory(title="Budget un", type=kind, language="fr")
    ToolFactory(title="Budget deux", type=kind, language="nl")
    ToolFactory(title="Budget trois", type=other, language="fr")

    for query in ({"q": "budget", "type": "plan"}, {"type": "plan"}):
        response = signed_in.get(LIST, query)
        counts = [option for option in options(response, "type") if "(" in option]
        assert counts == ["Genre guide (1)", "Genre plan (2)"]
        assert [option[-3:] for option in options(response, "language") if "(" in option] == ["(1)", "(1)"]


def test_a_phrase_that_no_tool_has_is_counted_nowhere(signed_in: Client) -> None:
    ToolFactory(title="Travail sans règlement", language="fr")

    response = signed_in.get(LIST, {"q": '"règlement de travail"', "language": "fr"})

    assert options(response, "language")[1:] == ["français (0)"]


def test_every_facet_narrows_a_search(signed_in: Client) -> None:
    group, theme = WorkingGroupFactory(slug_fr="rh"), ThemeFactory(slug="finances")
    wanted = ToolFactory(
        title="Budget voulu",
        type=ToolTypeFactory(slug="plan"),
        association=EmployerFactory(slug="gamma"),
        language="nl",
        sharing="groups",
        groups=[group],
    )
    wanted.themes.set([theme])
    wanted.save()
    with_file(wanted, added_on="2024-03-02")
    ToolFactory(title="Budget autre", updated_on="2025-01-01")
    facets = {
        "type": "plan",
        "theme": "finances",
        "association": "gamma",
        "group": "rh",
        "language": "nl",
        "year": "2024",
        "format": "pdf",
    }
    for name, value in facets.items():
        assert titles(signed_in, q="budget", **{name: value}) == ["Budget voulu"], name
        assert titles(signed_in, **{name: value}) == ["Budget voulu"], name


def test_a_chip_takes_one_filter_away_and_keeps_the_rest(signed_in: Client) -> None:
    ToolFactory(title="Budget", type=ToolTypeFactory(slug="plan"))

    chips = soup(signed_in.get(LIST, {"q": "budget", "type": "plan", "language": "fr"})).select(".chip")

    assert [chip["href"] for chip in chips] == [f"{LIST}?q=budget&language=fr", f"{LIST}?q=budget&type=plan"]


def test_results_can_be_put_in_order(signed_in: Client) -> None:
    old = ToolFactory(title="Zèbre budget", updated_on="2024-01-01")
    ToolFactory(title="Âne budget budget", updated_on="2025-01-01")
    DownloadCount.objects.create(tool=old, month="2026-01-01", number=5)

    for q in ("budget", ""):
        assert titles(signed_in, q=q, sort="newest")[0] == "Âne budget budget"
        assert titles(signed_in, q=q, sort="title")[0] == "Âne budget budget"
        assert titles(signed_in, q=q, sort="taken")[0] == "Zèbre budget"


def test_words_are_marked_and_the_page_of_a_pdf_is_told(signed_in: Client) -> None:
    tool = ToolFactory(title="Rond", summary="Un résumé de l'évaluation.")
    with_text(tool, "Rien.", "Avant. " * 60 + "L'évaluation annuelle a lieu en mai. " + "Après. " * 60)

    page = soup(signed_in.get(LIST, {"q": "évaluations annuelles"}))

    assert [mark.get_text() for mark in page.select(".tool-item__passage mark")] == ["évaluation", "annuelle"]
    assert page.select_one(".tool-item mark").get_text() == "évaluation"
    assert page.select_one(".tool-item__page")["href"] == f"{reverse('library:file', args=[tool.slug])}#page=2"
    assert len(page.select_one(".tool-item__passage").get_text()) < 400


def test_what_a_file_says_is_text_not_markup(signed_in: Client) -> None:
    with_text(ToolFactory(), "tournesol <script>alert(1)</script> <mark>non</mark>")

    content = signed_in.get(LIST, {"q": "tournesol"}).content.decode()

    assert "<script>alert" not in content
    assert "&lt;mark&gt;non" in content


def test_a_file_without_text_says_so(signed_in: Client) -> None:
    with_file(ToolFactory(title="Scan"))
    before = soup(signed_in.get(LIST, {"q": "scan"})).select_one(".tool-item .meta").get_text()

    StoredFile.objects.update(text_state=TextState.EMPTY)

    assert len(soup(signed_in.get(LIST, {"q": "scan"})).select_one(".tool-item .meta").get_text()) > len(before)


def test_nothing_found_says_what_to_do(signed_in: Client) -> None:
    page = soup(signed_in.get(LIST, {"q": "tournesol", "language": "nl"}))

    assert len(page.select(".empty__ways li")) == 4
    assert page.select(".empty__ways a")


def test_a_live_answer_is_the_results_alone(signed_in: Client) -> None:
    ToolFactory(title="Budget")

    answer = signed_in.get(LIST, {"q": "budget"}, headers={"X-Live": "1"}).content.decode()

    assert "Budget" in answer or "<mark>" in answer
    assert "<html" not in answer
    assert "data-menus" in answer


def test_a_long_list_of_results_keeps_its_words(signed_in: Client) -> None:
    ToolFactory.create_batch(21, title="Budget")

    following = soup(signed_in.get(LIST, {"q": "budget"})).select_one(".pagination [rel=next]")["href"]

    assert "q=budget" in following
    assert len(soup(signed_in.get(LIST + following)).select(".tool-item")) == 1


@pytest.mark.parametrize("query", [{"q": "budget annuel"}, {"q": "budget", "language": "fr"}, {"q": "bugdet"}])
def test_the_number_of_queries_does_not_grow(
    homes: object, signed_in: Client, count_queries: object, query: dict[str, str]
) -> None:
    def fill(number: int) -> None:
        for place in range(number):
            tool = ToolFactory(title=f"Budget annuel {place}")
            tool.themes.set([ThemeFactory()])
            tool.save()
            with_text(tool, f"Le budget de {place}.")

    fill(1)
    signed_in.get(LIST, query)
    few = count_queries(lambda: signed_in.get(LIST, query))
    fill(15)

    assert count_queries(lambda: signed_in.get(LIST, query)) <= few <= 12
