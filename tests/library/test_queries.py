"""However somebody searches the library, and whatever tool is changed: the database is asked twelve times at most.

The crawl in ``test_access.py`` counts the pages to which a link leads; none leads to a search with words.
"""

import pytest
from django.test import Client

from library.models import DownloadCount, Tool
from library.search.matching import LARGE, Reader
from members.models import User
from news.models import WorkingGroup
from tests.budget_table import MEMBER, most_queries
from tests.conftest import ROLES
from tests.crawling import counted
from tests.reading import soup

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
LISTS = ("/fr/espace/bibliotheque/", "/nl/ruimte/bibliotheek/")
FILTERS = "type=reglement&theme=rh&language=fr&format=docx"
MEANT = ".search-meant"  # a word was read otherwise
# What somebody asks for, and what the page then shows.
SEARCHES = {
    "": ".tool-item",
    FILTERS: ".chip",
    "sort=title": ".pagination",
    "language=nl&sort=taken": ".tool-item",
    "q=travail": ".tool-item mark",
    "q=travail&page=2": ".tool-item mark",
    "q=annuel+évalua": ".tool-item__passage mark",
    f"q=travail&{FILTERS}": ".chip",
    "q=travail&sort=title": ".tool-item mark",
    'q="règlement+de+travail"': ".tool-item mark",
    "q=reglemant+benevola": MEANT,
    f"q=reglemant+du+travial&{FILTERS}": MEANT,
    "q=reglemant&sort=taken&language=fr": MEANT,
    "q=arbeidsreglementen": ".tool-item",
    'q="reglemant+de+travial"+"charte+informatique"&language=nl': ".empty",
    "q=xyzzyqwv": ".empty",
    f"q=xyzzyqwv+plop&{FILTERS}": ".empty",
}


@pytest.fixture(params=ROLES[1:])
def role(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def reader(role: str, as_role: dict[str, Client]) -> Client:
    """Somebody in a process that knows already what it asks only now and then."""
    tools = Tool.objects.filter(sharing="alliance")
    DownloadCount.objects.bulk_create(DownloadCount(tool=tool, month="2026-01-01", number=tool.pk) for tool in tools)
    for url in LISTS:
        as_role[role].get(url, {"q": "reglemant"})
    return as_role[role]


def costs(reader: Client) -> dict[str, tuple[int, bool]]:
    """How often each search asks, and whether a word is read otherwise; each shows what it should."""
    found = {}
    for url in LISTS:
        for query, wanted in SEARCHES.items():
            response, queries = counted(reader, f"{url}?{query}")
            page = soup(response)
            assert page.select(wanted), f"{url}?{query}"
            found[f"{url}?{query}"] = queries, bool(page.select(MEANT))
    return found


def test_no_search_asks_the_database_too_often(reader: Client, role: str) -> None:
    over = {url: queries for url, (queries, _) in costs(reader).items() if queries > most_queries(role, url)}
    assert over == {}


def test_a_search_of_a_large_library_asks_once_more_where_a_word_is_read_otherwise(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Reader, "library_size", LARGE + 1)
    over = {url: queries for url, (queries, is_corrected) in costs(reader).items() if queries > MEMBER + is_corrected}
    assert over == {}


@pytest.mark.parametrize("role", ["editor"])
def test_changing_a_tool_with_everything_that_it_can_have(reader: Client) -> None:
    tool, source, other = Tool.objects.exclude(association__slug="csd-bruxelles").exclude(themes=None)[:3]
    tool.contact = User.objects.get(email__startswith="delegue@")
    tool.sharing, tool.derived_from, tool.translation_of = "groups", source, other
    tool.groups.set(WorkingGroup.objects.all())
    tool.save()

    response, queries = counted(reader, f"/fr/espace/bibliotheque/{tool.slug}/modifier/")

    shown = [soup(response).select_one(f"[name={name}]")["value"] for name in ("derived_from", "translation_of")]
    assert shown == [source.title, other.title]
    assert queries <= MEMBER
