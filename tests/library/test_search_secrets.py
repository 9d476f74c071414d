"""Nothing of the search tells of tools that one may not see."""

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from library.models import Tool
from library.search.matching import MATCHES, Reader, Selection, found, newest, with_words
from library.search.parts import EVERYTHING
from library.search.query import Query
from members.models import User
from tests.factories.groups import WorkingGroupFactory
from tests.factories.library import ToolFactory, ToolTypeFactory, with_file, with_text
from tests.factories.people import EmployerFactory, UserFactory
from tests.reading import options, soup

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("few_and_many")]
LIST = "/fr/espace/bibliotheque/"
LEVELS = ("association", "groups", "alliance", "public")


@pytest.fixture
def reader() -> User:
    return UserFactory()


@pytest.fixture
def signed_in(client: Client, reader: User) -> Client:
    client.force_login(reader)
    return client


@pytest.fixture
def hidden() -> list[Tool]:
    """Tools of another association and of a closed group, with words that nothing else has."""
    kind = ToolTypeFactory(name_fr="Coquelicot")
    group = WorkingGroupFactory(is_open=False, slug_fr="discret")
    made = [
        ToolFactory(title="Tournesol secret", type=kind, sharing="association", language="nl"),
        ToolFactory(title="Tournesol discret", type=kind, sharing="groups", groups=[group], updated_on="2011-01-01"),
    ]
    for tool in made:
        with_text(tool, f"Le myosotis du numéro {tool.pk}.", name="caché.pdf")
    return made


@pytest.mark.parametrize("typed", ["tournesol", "myosotis", "coquelicot", '"tournesol secret"', "tourne", "tournesl"])
def test_results_and_suggestions(signed_in: Client, hidden: list[Tool], typed: str) -> None:
    ToolFactory(title="Visible")

    content = soup(signed_in.get(LIST, {"q": typed})).select_one(".search-place").get_text(" ").lower()

    for word in ("secret", "discret", "numéro", "tournesol ", "«"):
        assert word not in content.replace(typed, ""), word
    assert not soup(signed_in.get(LIST, {"q": typed})).select(".search-meant, .tool-item, mark")


def test_counts_of_facets(signed_in: Client, hidden: list[Tool]) -> None:
    ToolFactory(title="Visible", language="fr")

    for query in ({}, {"q": "visible"}, {"language": "fr"}):
        response = signed_in.get(LIST, query)
        for name in ("type", "theme", "association", "group", "language", "year", "format"):
            for option in options(response, name):
                assert "(" not in option or "(1)" in option, option
                assert "Coquelicot" not in option


def test_a_closed_group_is_no_choice(signed_in: Client, hidden: list[Tool]) -> None:
    response = signed_in.get(LIST, {"group": "discret"})

    assert soup(response).select_one("[name=group]") is None or "field--error" in response.content.decode()
    assert "discret" not in soup(response).select_one(".search-place").get_text()


def test_a_group_of_a_tool_that_one_sees_otherwise_is_no_choice(signed_in: Client, reader: User) -> None:
    group = WorkingGroupFactory(is_open=False, name_fr="Groupe discret")
    ToolFactory(title="À nous", association=reader.association, sharing="groups", groups=[group])

    response = signed_in.get(LIST)

    assert "À nous" in response.content.decode()
    assert "Groupe discret" not in response.content.decode()


def tools(reader: Reader, selection: Selection) -> set[int]:
    return {match.tool for match in found(reader, [selection])[0]}


def test_the_index_agrees_with_the_rule_for_everybody() -> None:
    """The index knows readers by heart, to be quick; the rule is asked again for every row. Both give the same."""
    own, other = EmployerFactory(), EmployerFactory()
    closed, open_ = WorkingGroupFactory(is_open=False), WorkingGroupFactory(is_open=True)
    for association in (own, other):
        for level in LEVELS:
            for groups in ([], [closed], [open_], [closed, open_]):
                ToolFactory(title="Rond", association=association, sharing=level, groups=groups)
    inside, coordinator = UserFactory(association=other), UserFactory(association=other)
    closed.members.add(inside)
    closed.coordinators.add(coordinator)
    closed.save()
    people = [UserFactory(association=own), inside, coordinator, UserFactory(association=None)]
    for person in (*people, UserFactory(is_editor=True)):
        wanted = set(Tool.objects.visible_to(person).values_list("pk", flat=True))
        by_index = Reader(EDITOR := UserFactory(is_editor=True), Reader.of(person).sees)
        assert tools(by_index, with_words(by_index, ["'=rond'"], Query(), EVERYTHING)) == wanted
        by_rule = Reader(person, "")
        assert tools(by_rule, with_words(by_rule, ["'=rond'"], Query(), EVERYTHING)) == wanted
        assert tools(by_index, newest(Reader.of(person), [], "entry.tool_id", 100)) == wanted
        assert EDITOR.is_editor
    assert "library_matches" in MATCHES


def test_what_becomes_private_is_found_no_more(signed_in: Client) -> None:
    tool = ToolFactory(title="Tournesol")
    assert signed_in.get(LIST, {"q": "tournesol"}).content.decode().count("tool-item__title") == 1

    Tool.objects.filter(pk=tool.pk).update(sharing="association")

    assert "tool-item__title" not in signed_in.get(LIST, {"q": "tournesol"}).content.decode()


def test_letters_of_saved_searches(
    signed_in: Client, reader: User, hidden: list[Tool], django_capture_on_commit_callbacks: object
) -> None:
    signed_in.post(reverse("library:keep_search"), {"query": "q=tournesol"})
    assert reader.saved_searches.exists()
    Tool.objects.filter(pk=hidden[0].pk).update(title="Tournesol encore")
    ToolFactory(title="Tournesol caché", sharing="association")

    with django_capture_on_commit_callbacks(execute=True):
        call_command("library_notices")

    assert mail.outbox == []


@pytest.mark.parametrize("words", ["sees", "format", "share", "#sees:all", "sees：all", "＃type：{}", "group：{}"])
def test_no_word_reaches_what_the_index_notes_for_itself(signed_in: Client, words: str) -> None:
    """Readers, formats and shares stand in the same vector; a fullwidth sign is a sign."""
    kind = ToolTypeFactory(name_fr="Fleur", name_nl="Bloem")  # the factory's own names say "type" and a number
    tool = with_file(ToolFactory(title="Tournesol", type=kind, groups=[WorkingGroupFactory(is_open=True)])).tool

    response = signed_in.get(LIST, {"q": words.format(tool.type_id)})

    assert soup(response).select(".tool-item__title") == []
