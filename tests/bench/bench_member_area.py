"""How the member area behaves with 200 associations, 5,000 people, 100 groups, 5,000 articles, and with a twentieth.

``.venv/bin/pytest tests/bench/bench_member_area.py -s`` prints, per page and role, the queries and the times at both
sizes, and how much longer the large one takes; all is measured in one run, because the machine's speed differs from
one run to the next. It fails where a page of the member area asks more than twelve queries, or
any page more of them in the large alliance than in the small one. For a quick look ``BENCH_DIVIDED_BY`` makes both
smaller, and ``BENCH_ROUNDS`` asks fewer times.
"""

import gc
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any, NamedTuple

import numpy as np
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from members.models import JobFunction, User
from news.models import GroupNewsPage, GroupPage, WorkingGroup
from tests.bench.alliance_data import alliance_of, name_of
from tests.bench.own_database import use_database
from tests.bench.people_data import LARGE, Alliance
from tests.template_database import _template

SMALLER, DIVIDED_BY = 20, int(os.environ.get("BENCH_DIVIDED_BY", "1"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "15"))
MOST_QUERIES = 12
CMS = "/admin/"
ROLES = ("member", "coordinator", "delegate", "editor")  # administrators see what editors do


class Measure(NamedTuple):
    """What one page costs: queries, the middle and the slowest of its times in milliseconds, and its weight."""

    queries: int
    median: float
    most: float
    kilobytes: float


def pages(alliance: Alliance) -> Iterator[tuple[str, str, str]]:
    """What is measured: its name, who asks, and its address."""
    for role in ROLES:
        yield "dashboard", role, reverse("members:dashboard")
        yield "list of groups", role, reverse("news:groups")
        yield from _group(role)
        yield from _directory(role)
    with override("nl"):
        yield "dashboard in Dutch", "member", reverse("members:dashboard")
        yield "group in Dutch", "member", WorkingGroup.objects.order_by("pk")[0].get_absolute_url()
    yield from _own(alliance)
    yield from _accounts(alliance)
    yield from _cms()


def _group(role: str) -> Iterator[tuple[str, str, str]]:
    """The closed group to which everybody of the roles belongs, and the open one next to it."""
    closed, is_open = WorkingGroup.objects.order_by("pk")[:2]
    yield "closed group", role, closed.get_absolute_url()
    yield "open group", role, is_open.get_absolute_url()
    yield "group, second page", role, f"{closed.get_absolute_url()}?page=2"
    yield "past meetings", role, reverse("news:past_meetings", args=[closed.slug])
    articles = GroupNewsPage.objects.filter(group=closed, locale__language_code="fr").newest_first()
    yield "article with comments", role, articles[0].url
    yield "meeting to come", role, closed.meetings.upcoming()[0].get_absolute_url()
    yield "past meeting", role, closed.meetings.past()[0].get_absolute_url()
    yield "meeting of an open group", role, is_open.meetings.upcoming()[0].get_absolute_url()


def _directory(role: str) -> Iterator[tuple[str, str, str]]:
    people = reverse("members:counterparts")
    known = User.objects.listed().order_by("pk").last()
    function = JobFunction.objects.order_by("pk")[2].slug
    yield "directory", role, people
    yield "directory, page 3", role, f"{people}?page=3"
    for name, words in (
        ("a name", known.last_name),
        ("a typing error", "infromatique"),
        ("a function", "comptable"),
        ("a language", "arabe"),
        ("a number", known.phone),
        ("several words", f"subsides {known.association} turc"),
        ("nothing", "xyzzyqwert"),
    ):
        yield f"search: {name}", role, f"{people}?q={words}"
    yield "search: filters", role, f"{people}?function={function}&language=ar"
    yield "map of gaps", role, reverse("members:coverage")
    yield "map of one function", role, f"{reverse('members:coverage')}?function={function}"
    yield "person", role, reverse("members:counterpart", args=[known.pk])
    yield "phone list", role, reverse("members:phone_list", args=["bench-0"])
    yield "cards of a function", role, reverse("members:function_vcards", args=[function])
    yield "somebody left", role, reverse("members:report_departure", args=[known.pk])


def _own(alliance: Alliance) -> Iterator[tuple[str, str, str]]:
    member = alliance.roles["member"]
    token, group = member.feed_key.token, WorkingGroup.objects.order_by("pk")[0]
    yield "own page with tools", "member", reverse("members:counterpart", args=[member.pk])
    yield "profile", "member", reverse("members:profile")
    yield "my data", "member", reverse("members:my_data")
    yield "calendars", "member", reverse("news:calendars")
    yield "calendars", "editor", reverse("news:calendars")
    yield "own calendar (ics)", "member", reverse("news:own_calendar", args=[token])
    yield "calendar of a group (ics)", "member", reverse("news:group_calendar", args=[token, group.pk])
    yield "feed of a group", "member", reverse("news:group_feed", args=[token, group.pk])


def _accounts(alliance: Alliance) -> Iterator[tuple[str, str, str]]:
    colleague = alliance.people[alliance.sizes.associations * 2]
    for role in ("delegate", "editor"):
        yield "accounts", role, reverse("members:accounts")
        yield "one account", role, reverse("members:account", args=[colleague.pk])
        yield "invitations", role, reverse("members:invitations")
        yield "list of invitations", role, reverse("members:invite_many")
        yield "reports", role, reverse("members:directory_reports")
    yield "accounts, page 2", "editor", f"{reverse('members:accounts')}?page=2"


def _cms() -> Iterator[tuple[str, str, str]]:
    group = WorkingGroup.objects.order_by("pk")[0]
    folder = GroupPage.objects.get(group=group, locale__language_code="fr")
    article = GroupNewsPage.objects.filter(group=group, locale__language_code="fr").newest_first()[0]
    for role in ("coordinator", "editor"):
        yield "CMS, first page", role, CMS
        yield "CMS, articles of a group", role, reverse("wagtailadmin_explore", args=[folder.pk])
        yield "CMS, an article", role, reverse("wagtailadmin_pages:edit", args=[article.pk])
        yield "CMS, meetings", role, reverse("wagtailsnippets_news_meeting:list")
        yield "CMS, new meeting", role, reverse("wagtailsnippets_news_meeting:add")
    yield "CMS, groups", "editor", reverse("wagtailsnippets_news_workinggroup:list")
    yield "CMS, a group", "editor", reverse("wagtailsnippets_news_workinggroup:edit", args=[group.pk])
    yield "CMS, associations", "editor", reverse("wagtailsnippets_members_association:list")
    yield "CMS, people", "administrator", reverse("wagtailusers_users:index")
    yield "CMS, a person", "administrator", reverse("wagtailusers_users:edit", args=[group.members.first().pk])
    yield "CMS, audit log", "administrator", reverse("wagtailsnippets_members_auditentry:list")


class Site:
    """One alliance in its database, with a browser for each role."""

    def __init__(self, alliance: Alliance) -> None:
        self.alliance = alliance
        self.clients = {role: Client() for role in alliance.roles}
        for role, client in self.clients.items():
            client.force_login(alliance.roles[role])
        self.pages = list(pages(alliance))

    def measure(self, place: int) -> Measure:
        """What one page costs."""
        _name, role, url = self.pages[place]
        client = self.clients[role]
        use_database(name_of(self.alliance.sizes))
        for _ in range(2):  # fills the caches that live as long as the process
            response = client.get(url)
        assert response.status_code == 200, url
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        return Measure(len(asked), *_times(client, url), len(response.content) / 1024)


def _times(client: Client, url: str) -> tuple[float, float]:
    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        client.get(url)
        taken.append((time.perf_counter() - started) * 1000)
    middle, most = np.percentile(taken, (50, 95))
    return float(middle), float(most)


@pytest.mark.ignore_template_errors
def test_a_large_alliance(
    django_db_setup: None, django_db_blocker: Any, capsys: pytest.CaptureFixture[str], settings: Any
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True  # as in production
    small, large = LARGE.divided_by(SMALLER * DIVIDED_BY), LARGE.divided_by(DIVIDED_BY)
    with django_db_blocker.unblock(), ExitStack() as both:
        sites = [Site(both.enter_context(alliance_of(_template(), sizes))) for sizes in (small, large)]
        gc.freeze()  # as the server does: config/serve.py
        # Each page in both, one after the other: whatever else the machine does slows both.
        costs = {page[:2]: [site.measure(place) for site in sites] for place, page in enumerate(sites[0].pages)}
    gc.unfreeze()
    with capsys.disabled():
        _print(costs)
    _hold_the_budgets(costs)


def _print(costs: dict[tuple[str, str], list[Measure]]) -> None:
    print(f"\n{'page':28} {'role':13} {'queries':>8} {'median':>15} {'p95':>15} {'ratio':>6} {'kB':>11}")
    for (name, role), (few, many) in costs.items():
        print(
            f"{name:28} {role:13} {few.queries:4}{many.queries:4} {few.median:7.1f} {many.median:7.1f}"
            f" {few.most:7.1f} {many.most:7.1f} {many.median / few.median:6.2f}"
            f" {few.kilobytes:5.0f} {many.kilobytes:5.0f}"
        )


def _hold_the_budgets(costs: dict[tuple[str, str], list[Measure]]) -> None:
    """CMS pages are Wagtail's own: they may ask more, but not more of them in a larger alliance."""
    numbers = {page: [one.queries for one in both] for page, both in costs.items()}
    member_area = {page: both for page, both in numbers.items() if not page[0].startswith("CMS")}
    assert {page: both for page, both in member_area.items() if max(both) > MOST_QUERIES} == {}
    assert {page: both for page, both in numbers.items() if len(set(both)) > 1} == {}
    assert min(map(min, numbers.values())) > 0  # they were counted
