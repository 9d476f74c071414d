"""Searches that people save, and the letters that come of them."""

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from library.models import SavedSearch, Tool
from members.models import User
from tests.factories.groups import WorkingGroupFactory
from tests.factories.library import ToolFactory, ToolTypeFactory
from tests.factories.people import UserFactory
from tests.reading import soup

pytestmark = pytest.mark.django_db
LIST = "/fr/espace/bibliotheque/"


@pytest.fixture
def reader() -> User:
    return UserFactory()


@pytest.fixture
def signed_in(client: Client, reader: User) -> Client:
    client.force_login(reader)
    return client


@pytest.fixture
def notices(django_capture_on_commit_callbacks: object) -> object:
    """Write the letters; returns those of this time."""

    def write() -> list[mail.EmailMessage]:
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            call_command("library_notices")
        return list(mail.outbox)

    return write


def save(client: Client, **query: str) -> None:
    """Press the button that the page of results shows."""
    page = soup(client.get(LIST, query))
    form = page.select_one("form:has([name=query])")
    client.post(form["action"], {"query": form.select_one("[name=query]")["value"]})


def test_a_search_is_saved_once_with_its_filters(signed_in: Client, reader: User) -> None:
    ToolFactory(title="Budget", type=ToolTypeFactory(slug="plan"))

    save(signed_in, q="budget", type="plan", sort="title")
    save(signed_in, type="plan", q="budget")

    saved = SavedSearch.objects.get()
    assert (saved.owner, saved.query, saved.language) == (reader, "q=budget&type=plan", "fr")
    page = soup(signed_in.get(reverse("library:saved_searches")))
    assert page.select_one(".saved-search a")["href"] == f"{LIST}?q=budget&type=plan"


@pytest.mark.parametrize("query", ["", "q=", "type=inconnu", "q=" + "x" * 300, "page=2&sort=title"])
def test_a_search_of_everything_or_nonsense_is_not_saved(signed_in: Client, query: str) -> None:
    response = signed_in.post(reverse("library:keep_search"), {"query": query}, follow=True)

    assert soup(response).select(".messages .notice--warning")
    assert not SavedSearch.objects.exists()


def test_a_new_match_is_told_once(signed_in: Client, reader: User, notices: object) -> None:
    ToolFactory(title="Budget connu")
    save(signed_in, q="budget")
    assert notices() == []

    new = ToolFactory(title="Budget nouveau")
    ToolFactory(title="Autre")
    [letter] = notices()

    assert letter.to == [reader.email]
    assert new.get_absolute_url() in letter.body
    assert "connu" not in letter.body
    assert reverse("library:saved_searches") in letter.body
    assert notices() == []


def test_searches_of_one_person_come_in_one_letter(signed_in: Client, notices: object) -> None:
    save(signed_in, q="budget")
    save(signed_in, language="nl")
    ToolFactory(title="Budget", language="nl")

    assert len(notices()) == 1


def test_a_letter_speaks_the_language_of_the_search(signed_in: Client, notices: object) -> None:
    with override("nl"):
        signed_in.post(reverse("library:keep_search"), {"query": "q=budget"})
    ToolFactory(title="Budget")

    assert "/nl/ruimte/" in notices()[0].body


def test_a_tool_that_becomes_visible_is_told_when_it_is(signed_in: Client, reader: User, notices: object) -> None:
    group = WorkingGroupFactory(is_open=False)
    ToolFactory(title="Budget", sharing="groups", groups=[group])
    save(signed_in, q="budget")
    assert notices() == []

    group.members.add(reader)
    group.save()

    assert len(notices()) == 1


def test_a_tool_that_is_hidden_again_is_not_told(signed_in: Client, notices: object) -> None:
    save(signed_in, q="budget")
    tool = ToolFactory(title="Budget")
    Tool.objects.filter(pk=tool.pk).update(sharing="association")

    assert notices() == []


def test_who_left_gets_no_letter(signed_in: Client, reader: User, notices: object) -> None:
    save(signed_in, q="budget")
    ToolFactory(title="Budget")
    User.objects.filter(pk=reader.pk).update(is_active=False)

    assert notices() == []


def test_a_deleted_search_is_told_no_more(signed_in: Client, notices: object) -> None:
    save(signed_in, q="budget")
    form = soup(signed_in.get(reverse("library:saved_searches"))).select_one(".saved-search form")
    signed_in.post(form["action"])
    ToolFactory(title="Budget")

    assert notices() == []


def test_nobody_deletes_the_search_of_another(signed_in: Client, client: Client) -> None:
    saved = SavedSearch.objects.create(owner=UserFactory(), query="q=a", language="fr")

    assert signed_in.post(reverse("library:delete_search", args=[saved.pk])).status_code == 404
    assert (
        reverse("library:delete_search", args=[saved.pk])
        not in signed_in.get(reverse("library:saved_searches")).content.decode()
    )


def test_nobody_saves_without_end(signed_in: Client, reader: User) -> None:
    SavedSearch.objects.bulk_create(SavedSearch(owner=reader, query=f"q={n}", language="fr") for n in range(50))

    signed_in.post(reverse("library:keep_search"), {"query": "q=budget"})

    assert SavedSearch.objects.count() == 50


def test_the_list_costs_the_same_for_many(
    homes: object, signed_in: Client, reader: User, count_queries: object
) -> None:
    url = reverse("library:saved_searches")
    SavedSearch.objects.create(owner=reader, query="q=budget", language="fr")
    signed_in.get(url)
    few = count_queries(lambda: signed_in.get(url))
    SavedSearch.objects.bulk_create(SavedSearch(owner=reader, query=f"q={n}", language="fr") for n in range(20))

    assert count_queries(lambda: signed_in.get(url)) == few <= 15
