"""How the cost of pages grows: 10 to 1,000 associations, 100 to 20,000 articles of each kind, 1,000 to 100,000 tools.

``make bench`` measures public and member pages as nobody remembers them, through the whole of Django, and writes
``bench.svg`` and ``bench.md`` into the data folder. It fails where a page asks more than its budget, or more often in
a large alliance than in a small one, or takes more than twice as long; the pages of which this last is known are named
below. All sizes are there at once and each page is asked at one after the other, so that whatever else the machine
does slows all of them.

Making the largest library takes some minutes. For a quick look ``BENCH_DIVIDED_BY`` makes the larger sizes smaller,
``BENCH_TOOLS`` is the largest number of tools, and ``BENCH_ROUNDS`` asks fewer times.
"""

import gc
import os
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from statistics import median
from typing import Any, NamedTuple

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from home.sitemap import number_of_parts
from library.models import Tool
from members.models import User
from news.models import GroupNewsPage, NewsPage, WorkingGroup
from tests.bench.alliance_data import fill
from tests.bench.growth_plot import as_svg, as_table
from tests.bench.library_data import database_of, vocabulary
from tests.bench.own_database import own_database, use_database
from tests.bench.people_data import Sizes
from tests.bench.public_data import add_public_pages
from tests.budget_table import most_queries
from tests.factories.home import make_homes
from tests.template_database import _template

DIVIDED_BY, ROUNDS = int(os.environ.get("BENCH_DIVIDED_BY", "1")), int(os.environ.get("BENCH_ROUNDS", "15"))
ASSOCIATIONS = (10, max(100 // DIVIDED_BY, 20), max(1_000 // DIVIDED_BY, 60))
ARTICLES = (100, max(2_000 // DIVIDED_BY, 200), max(20_000 // DIVIDED_BY, 400))
MOST_TOOLS = int(os.environ.get("BENCH_TOOLS", "100000"))
TOOLS = (min(1_000, MOST_TOOLS // 100), min(10_000, MOST_TOOLS // 10), MOST_TOOLS)


def short(number: int) -> str:
    """A number as the plot has room for it."""
    return f"{number // 1_000}k" if number >= 1_000 else str(number)


SIZES = (  # as the plot names them: of the alliance, of the library
    [f"{short(one)}, {short(other)}" for one, other in zip(ASSOCIATIONS, ARTICLES, strict=True)],
    [f"{short(one)} tools" for one in TOOLS],
)
MOST_RATIO = 2.0
GROWING = ("sitemap, last part",)  # until it has its 500 records


class Asked(NamedTuple):
    """One page: its name in the plot, who asks for it, and its address."""

    name: str
    role: str
    url: str


Measured = dict[Asked, list[tuple[int, float]]]  # at each size: queries, and the median time in milliseconds


class Site:
    """An alliance or a library of one size in a database of its own, with a browser for each role."""

    def __init__(self, database: str, people: dict[str, User], pages: list[Asked]) -> None:
        self.database, self.pages = database, pages
        self.clients = {"visitor": Client()}
        for role, person in people.items():
            self.clients[role] = Client()
            self.clients[role].force_login(person)

    def cost(self, place: int) -> tuple[int, float]:
        """The queries and the median time, in milliseconds, of one page."""
        page = self.pages[place]
        client = self.clients[page.role]
        use_database(self.database)
        for _ in range(2):  # fills what lives as long as the process
            assert client.get(page.url).status_code == 200, page
        with CaptureQueriesContext(connection) as asked:
            client.get(page.url)
        return len(asked), median(_milliseconds(client, page.url) for _ in range(ROUNDS))


def _milliseconds(client: Client, url: str) -> float:
    started = time.perf_counter()
    client.get(url)
    return (time.perf_counter() - started) * 1000


@contextmanager
def alliance(associations: int, articles: int) -> Iterator[Site]:
    """The public site and the working groups; a group has as many people whatever the size."""
    people = max(5 * associations, 60)
    sizes = Sizes(associations=associations, people=people, groups=10, articles=articles, comments=500, members=30)
    database = f"otonom_bench_growth_{associations}"
    with own_database(_template(), database):
        make_homes()
        made = fill(sizes)
        add_public_pages(made.associations, articles)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        yield Site(database, made.roles, [*public_pages(), *member_pages(made.roles["member"])])


def public_pages() -> Iterator[Asked]:
    """What visitors read."""
    article = NewsPage.objects.filter(locale__language_code="fr").newest_first()[20]
    pages = {
        "home": "/fr/",
        "home, Dutch": "/nl/",
        "associations": "/fr/membres/",
        "associations for all": "/nl/leden/?audience=",
        "association": "/fr/membres/bench-1/",
        "find help": "/fr/trouver/",
        "charter": "/fr/charte/",
        "news": "/fr/actualites/",
        "news, page 3": "/nl/nieuws/?page=3",
        "news of a year": f"/fr/actualites/?year={article.date.year}",
        "article": article.url,
        "feed": reverse("news:feed"),
        "site map": "/fr/plan-du-site/",
        "sitemap.xml": "/sitemap.xml",
        "sitemap, last part": reverse("sitemap_part", args=[number_of_parts()]),
    }
    for name, url in pages.items():
        yield Asked(name, "visitor", url)


def member_pages(member: User) -> Iterator[Asked]:
    """What the groups and the directory show; the first group is closed."""
    group = WorkingGroup.objects.order_by("pk")[0]
    article = GroupNewsPage.objects.filter(group=group, locale__language_code="fr").newest_first()[0]
    pages = {
        "dashboard": reverse("members:dashboard"),
        "groups": reverse("news:groups"),
        "group": group.get_absolute_url(),
        "article of a group": article.url,
        "directory": reverse("members:counterparts"),
        "a search in it": f"{reverse('members:counterparts')}?q={member.last_name}",
        "a job in it": f"{reverse('members:counterparts')}?q={member.job_function}",
        "a language of it": f"{reverse('members:counterparts')}?language=fr",
        "a typing error in it": f"{reverse('members:counterparts')}?q={member.last_name[:2]}{member.last_name[3:]}",
        "who does what": reverse("members:coverage"),
        "a person": reverse("members:counterpart", args=[member.pk]),
        "profile": reverse("members:profile"),
    }
    for name, url in pages.items():
        yield Asked(name, "member", url)
    yield Asked("use of the library", "delegate", reverse("library:usage"))
    yield Asked("accounts", "delegate", reverse("members:accounts"))


@contextmanager
def library(tools: int) -> Iterator[Site]:
    """The library, seen by a member and a delegate."""
    with database_of(_template(), tools) as member:
        delegate = User.objects.create(email="lead@example.org", association=member.association, is_delegate=True)
        people = {"member": member, "delegate": delegate}
        yield Site(f"otonom_bench_{tools}", people, list(library_pages()))


def library_pages() -> Iterator[Asked]:
    """Its list, a search, a tool, what counts tools, and what shows the newest."""
    start = reverse("library:tools")
    tool = Tool.objects.filter(sharing="alliance").order_by("pk")[0]
    pages = {
        "library": start,
        "a search": f"{start}?q={vocabulary('fr')[9_000]}",
        "search with a filter": f"{start}?q={vocabulary('fr')[900]}&language=fr",
        "tool": tool.get_absolute_url(),
        "types": reverse("library:types"),
        "side by side": reverse("library:side_by_side", args=[tool.type.slug]),
        "on a theme": f"{reverse('library:side_by_side', args=[tool.type.slug])}?theme={tool.themes.all()[0].slug}",
        "hand in": reverse("library:upload"),
        "newest tools": reverse("members:dashboard"),
    }
    for name, url in pages.items():
        yield Asked(name, "member", url)
    yield Asked("use of its tools", "delegate", reverse("library:usage"))
    yield Asked("public tools", "visitor", reverse("library:public_tools"))
    yield Asked("public tools, page 3", "visitor", f"{reverse('library:public_tools')}?page=3")


def measured(sites: list[AbstractContextManager[Site]]) -> Measured:
    """What each page costs at each size."""
    with ExitStack() as stack:
        there = [stack.enter_context(site) for site in sites]
        gc.freeze()  # as the server does: config/serve.py
        costs = {page: [site.cost(place) for site in there] for place, page in enumerate(there[0].pages)}
        gc.unfreeze()
    return costs


@pytest.mark.ignore_template_errors
def test_pages_cost_the_same_in_a_large_alliance(
    django_db_setup: None, django_db_blocker: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    with django_db_blocker.unblock():
        alliances = measured([alliance(*sizes) for sizes in zip(ASSOCIATIONS, ARTICLES, strict=True)])
        libraries = measured([library(tools) for tools in TOOLS])
    costs = alliances | libraries
    _write(costs, {page.name: SIZES[page in libraries] for page in costs}, capsys)
    _hold(costs)


def _write(costs: Measured, sizes: dict[str, list[str]], capsys: pytest.CaptureFixture[str]) -> None:
    by_name = {page.name: cost for page, cost in costs.items()}
    table, plot = as_table(by_name, sizes), settings.DATA_DIR / "bench.svg"
    plot.write_text(as_svg(by_name, sizes), encoding="utf-8")
    plot.with_suffix(".md").write_text(table, encoding="utf-8")
    with capsys.disabled():
        print(f"\n{table}\n{plot}")


def _hold(costs: Measured) -> None:
    """Each page within its budget, never with more queries in a larger alliance, and not twice as slow at the largest.

    A search asks less often where its first steps find something, and a sitemap where it only names its parts.
    """
    numbers = {page.name: [number for number, _median in cost] for page, cost in costs.items()}
    budgets = {page.name: most_queries(page.role, page.url) for page in costs}
    assert {name: each for name, each in numbers.items() if max(each) > budgets[name]} == {}
    assert {name: each for name, each in numbers.items() if max(each) > each[0]} == {}
    ratios = {page.name: round(cost[-1][1] / cost[0][1], 2) for page, cost in costs.items()}
    assert {name: ratio for name, ratio in ratios.items() if ratio > MOST_RATIO and name not in GROWING} == {}
