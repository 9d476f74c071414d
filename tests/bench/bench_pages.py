"""How pages behave when everything there is becomes ten times as much.

``.venv/bin/pytest tests/bench/bench_pages.py`` prints, per page, the queries and the median time with the alliance's
real content and with ten times as many associations, needs, articles and tools, and the ratio of the two times. Both
are taken in one run, because the machine's speed differs from one run to the next.
"""

import statistics
import time
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from home.models import HomePage
from library.models import Tool
from members.models import Association, Need
from news.models import GroupNewsPage, GroupPage, NewsIndexPage, NewsPage, WorkingGroup
from tests.factories.library import ToolFactory, with_file
from tests.factories.members import AssociationFactory, NeedFactory, ServiceFactory

PUBLIC = (
    "/fr/",
    "/nl/leden/",
    "/fr/membres/csd-bruxelles/",
    "/fr/trouver/",
    "/nl/vinden/",
    "/fr/actualites/",
    "/fr/charte/",
    "/sitemap.xml",
)
MEMBER = ("/fr/espace/", "/nl/ruimte/groepen/", "/fr/espace/groupes/ressources-humaines/", "/fr/espace/bibliotheque/")
ROUNDS = 15
TIMES = 10


def median_ms(call: Callable[[], object]) -> float:
    """The middle of several timings, in milliseconds."""
    call()
    timings = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        call()
        timings.append((time.perf_counter() - started) * 1000)
    return statistics.median(timings)


def queries(call: Callable[[], object]) -> int:
    """How many SQL queries one call takes, once what is read once is read."""
    call()
    with CaptureQueriesContext(connection) as captured:
        call()
    return len(captured)


def multiply() -> None:
    """Make everything that lists show ten times as much."""
    group = Need.objects.in_order()[0].group
    for association in AssociationFactory.create_batch(Association.objects.count() * (TIMES - 1)):
        ServiceFactory(association=association)
    NeedFactory.create_batch(Need.objects.count() * (TIMES - 1), group=group)
    for home in HomePage.objects.all():
        index = NewsIndexPage.objects.child_of(home).get()
        _add_articles(index, NewsPage, NewsPage.objects.child_of(index).count())
    working_group = WorkingGroup.objects.get(slug_fr="ressources-humaines")
    folder = GroupPage.objects.get(group=working_group, locale__language_code="fr")
    _add_articles(folder, GroupNewsPage, GroupNewsPage.objects.count())
    for tool in ToolFactory.create_batch(Tool.objects.count() * (TIMES - 1)):
        with_file(tool)


def _add_articles(parent: object, model: type, there: int) -> None:
    for number in range(there * (TIMES - 1)):
        parent.add_child(instance=model(title=f"Article {number}", slug=f"article-{number}", summary="Court."))


@pytest.mark.django_db
def test_ten_times_as_much(as_role: dict[str, Client], capsys: pytest.CaptureFixture[str]) -> None:
    pages = [(as_role["visitor"], url) for url in PUBLIC] + [(as_role["member"], url) for url in MEMBER]
    calls = {url: (lambda client=client, url=url: client.get(url)) for client, url in pages}
    before = {url: (queries(call), median_ms(call)) for url, call in calls.items()}
    multiply()
    after = {url: (queries(call), median_ms(call)) for url, call in calls.items()}
    with capsys.disabled():
        print(f"\n{'page':42} {'queries':>8} {f'x{TIMES}':>5} {'ms':>8} {f'ms x{TIMES}':>8} {'ratio':>6}")
        for url in calls:
            (few, quick), (many, slow) = before[url], after[url]
            print(f"{url:42} {few:8} {many:5} {quick:8.1f} {slow:8.1f} {slow / quick:6.2f}")
    assert {url: count for url, (count, _) in before.items()} == {url: count for url, (count, _) in after.items()}
