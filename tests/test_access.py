"""Who may see what: every address of the running site, as every role, in both languages, against one table.

The table below is README's, told once more and independently of ``visible_to``: the roles' rights are worked
out from the facts of the content (who is in which group and association), never by asking the code under test.
"""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override
from wagtail.models import Page

from library.models import Tool
from members.models import Association, Invitation, Need, User
from news.models import GroupNewsPage, GroupPage, WorkingGroup
from tests.access_table import INVITERS, OVERSEERS, named_patterns, rule
from tests.budget_table import UNLINKED, most_queries
from tests.conftest import DEMO_NAMES, ROLES
from tests.crawling import Crawls, counted, crawl

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

LANGUAGES = ("fr", "nl")


def get(client: Client, url: str) -> int:
    """The status of an address; a redirect to the sign-in page counts as 401."""
    response = client.get(url)
    location = response.headers.get("Location", "")
    if response.status_code in (301, 302) and ("/login/" in location or "/reauthenticate/" in location):
        return 401
    if response.streaming:
        b"".join(response.streaming_content)
    return response.status_code


def groups_of(role: str) -> set[int]:
    """The working groups whose content a role may read, from the facts of the content."""
    if role == "visitor":
        return set()
    everything = WorkingGroup.objects.values_list("pk", "is_open")
    if role in OVERSEERS:
        return {pk for pk, _ in everything}
    person = User.objects.get(email__startswith=f"{DEMO_NAMES[role]}@")
    own = set(person.working_groups.values_list("pk", flat=True)) | set(
        person.coordinated_groups.values_list("pk", flat=True)
    )
    return {pk for pk, is_open in everything if is_open or pk in own}


def may_see_tool(role: str, tool: Tool) -> bool:
    if role == "visitor":
        return False
    if role in OVERSEERS or tool.sharing in ("alliance", "public"):
        return True
    person = User.objects.get(email__startswith=f"{DEMO_NAMES[role]}@")
    if tool.association_id == person.association_id:
        return True
    return tool.sharing == "groups" and bool(set(tool.groups.values_list("pk", flat=True)) & groups_of(role))


def check(as_role: dict[str, Client], url: str, may: set[str] | tuple[str, ...]) -> list[str]:
    """What is wrong with who gets in at one address."""
    wrong = []
    for role, client in as_role.items():
        status = get(client, url)
        let_in = status == 200
        if let_in != (role in may) or status >= 500:
            wrong.append(f"{role} gets {status} at {url}")
    return wrong


def test_the_table_covers_every_address() -> None:
    uncovered = sorted({name for name, _ in named_patterns() if rule(name) is None})
    assert uncovered == []


def addresses_of(tool: Tool) -> Iterator[str]:
    """Everything that shows a tool or gives a part of it, in the active language."""
    for name in ("tool", "file", "metadata"):
        yield reverse(f"library:{name}", args=[tool.slug])
    numbers = []
    for version in tool.versions.select_related("stored_file"):
        numbers.append(version.number)
        yield version.get_absolute_url()
        if version.stored_file.preview_count:
            yield reverse("library:preview", args=[tool.slug, version.number, 1])
    if len(numbers) > 1:
        yield reverse("library:compare", args=[tool.slug, min(numbers), max(numbers)])


def test_tools_and_their_files(as_role: dict[str, Client]) -> None:
    wrong, seen = [], 0
    for tool in Tool.objects.all():
        may = {role for role in ROLES if may_see_tool(role, tool)}
        for language in LANGUAGES:
            with override(language):
                for url in addresses_of(tool):
                    wrong += check(as_role, url, may)
                    seen += 1
    assert seen > 29 * 4 * 2
    assert wrong == []


def test_the_permanent_link_of_a_tool_leads_only_its_readers_on(as_role: dict[str, Client]) -> None:
    wrong = []
    for tool in Tool.objects.all():
        for role, client in as_role.items():
            answer = client.get(reverse("library:permanent", args=[tool.pk]))
            leads_on = answer.headers.get("Location") == tool.get_absolute_url()
            if leads_on != may_see_tool(role, tool):
                wrong.append(f"{role} at {tool}")
    assert wrong == []


def may_change_tool(role: str, tool: Tool) -> bool:
    person = None if role == "visitor" else User.objects.get(email__startswith=f"{DEMO_NAMES[role]}@")
    is_own = person is not None and tool.association_id == person.association_id
    return role in OVERSEERS or (is_own and (role == "delegate" or tool.contact_id == person.pk))


def test_tools_are_changed_by_their_association(as_role: dict[str, Client]) -> None:
    wrong = []
    for tool in Tool.objects.all():
        may = {role for role in ROLES if may_change_tool(role, tool)}
        wrong += check(as_role, reverse("library:edit", args=[tool.slug]), may)
    assert wrong == []


def test_groups_and_their_articles(as_role: dict[str, Client]) -> None:
    wrong = []
    for group in WorkingGroup.objects.all():
        may = {role for role in ROLES if group.pk in groups_of(role)}
        for language in LANGUAGES:
            wrong += check(as_role, group.get_absolute_url(language), may)
            with override(language):
                wrong += check(as_role, reverse("news:past_meetings", args=[group.slug]), may)
        for meeting in group.meetings.all():
            for language in LANGUAGES:
                wrong += check(as_role, meeting.get_absolute_url(language), may)
                with override(language):
                    wrong += check(as_role, reverse("news:meeting_file", args=[meeting.pk]), may)
        for article in GroupNewsPage.objects.filter(group=group):
            wrong += check(as_role, article.url, may if article.live else ())
    assert wrong == []


def test_public_pages_and_records(as_role: dict[str, Client]) -> None:
    wrong = []
    member_only = {page.pk for model in (GroupNewsPage, GroupPage) for page in model.objects.all()}
    for page in Page.objects.live().filter(depth__gt=1).exclude(pk__in=member_only).specific():
        if not page.is_member_only:
            wrong += check(as_role, page.url, ROLES)
    for record in (*Association.objects.all(), *Need.objects.all()):
        for language in LANGUAGES:
            wrong += check(as_role, record.get_absolute_url(language), ROLES if record.live else ())
    assert wrong == []


def test_hidden_pages_and_records_are_seen_by_nobody(as_role: dict[str, Client]) -> None:
    need, association = Need.objects.in_order()[0], Association.objects.in_order()[0]
    for record in (need, association):
        type(record).objects.filter(pk=record.pk).update(live=False)
    wrong = [
        line
        for record in (need, association)
        for language in LANGUAGES
        for line in check(as_role, record.get_absolute_url(language), ())
    ]
    assert wrong == []


def test_fixed_addresses(as_role: dict[str, Client]) -> None:
    wrong = []
    for language in LANGUAGES:
        with override(language):
            for name in (
                "home:site_map",
                "home:styleguide",
                "members:dashboard",
                "members:profile",
                "members:invitations",
                "members:counterparts",
                "members:coverage",
                "members:directory_reports",
                "news:feed",
                "news:groups",
                "library:tools",
                "library:saved_searches",
                "account_login",
            ):
                may = rule(name)
                if name == "account_login":
                    may = ("visitor",)  # whoever is signed in is led to the dashboard
                wrong += check(as_role, reverse(name), may)
    assert wrong == []


def plain_addresses() -> Iterator[tuple[str, str]]:
    """Every address that takes nothing or one number, in both languages, with its name."""
    root = Page.objects.get(depth=1).pk
    for language in LANGUAGES:
        with override(language):
            for name, _pattern in named_patterns():
                for arguments in ([], [root]):
                    try:
                        yield reverse(name, args=arguments), name
                    except NoReverseMatch:
                        continue


def test_nobody_passes_where_the_table_does_not_let_them(as_role: dict[str, Client]) -> None:
    addresses = {url: rule(name) for url, name in plain_addresses()}
    closed = {url: set(ROLES) - set(may) for url, may in addresses.items() if may and set(may) <= set(ROLES)}
    wrong = []
    for url, outsiders in closed.items():
        for role in sorted(outsiders):
            if (status := get(as_role[role], url)) not in (401, 403, 404, 405):
                wrong.append(f"{role} gets {status} at {url}")
    assert len([url for url, outsiders in closed.items() if outsiders]) > 200
    assert wrong == []


@pytest.fixture(scope="module")
def crawls() -> Crawls:
    """What each role saw; each walks through the site once, for all tests that ask."""
    return {}


@pytest.mark.parametrize("role", ROLES)
def test_no_link_leads_a_role_where_it_may_not_go(as_role: dict[str, Client], role: str, crawls: Crawls) -> None:
    seen = crawl(role, as_role, crawls)
    assert {url: page.status for url, page in seen.items() if page.status >= 400} == {}
    assert len(seen) > 100


@pytest.mark.parametrize("role", ROLES)
def test_no_page_asks_the_database_too_often(as_role: dict[str, Client], role: str, crawls: Crawls) -> None:
    """Every page that a role reaches, and those to which no link leads, once what a process reads once is read."""
    seen = crawl(role, as_role, crawls)
    unlinked = {url: counted(as_role[role], url)[1] for url in (*UNLINKED, *UNLINKED)}  # the second time counts
    numbers = {url: page.queries for url, page in seen.items()} | unlinked

    over = {url: number for url, number in numbers.items() if number > most_queries(role, url)}
    again = {url: counted(as_role[role], url)[1] for url in over}
    assert {url: number for url, number in again.items() if number > most_queries(role, url)} == {}
    assert max(numbers.values()) > 2  # they were counted


def secret_titles() -> set[str]:
    """Titles that only some members may read."""
    closed = GroupNewsPage.objects.filter(group__is_open=False).values_list("title", flat=True)
    tools = Tool.objects.exclude(sharing="alliance").values_list("title", flat=True)
    return set(closed) | set(tools)


def test_a_visitor_reads_nothing_of_the_member_area(as_role: dict[str, Client], crawls: Crawls) -> None:
    titles = secret_titles() | set(GroupNewsPage.objects.values_list("title", flat=True))
    titles |= set(Tool.objects.values_list("title", flat=True))
    texts = {url: page.text for url, page in crawl("visitor", as_role, crawls).items()}
    for url in ("/sitemap.xml", "/fr/actualites/flux.xml", "/nl/nieuws/feed.xml"):
        texts[url] = as_role["visitor"].get(url).content.decode()
    leaks = [f"{title!r} at {url}" for url, text in texts.items() for title in titles if title in text]
    assert len(titles) > 30
    assert leaks == []


@pytest.mark.parametrize("role", ["member", "coordinator", "delegate"])
def test_a_member_reads_nothing_of_closed_groups_and_other_associations(
    as_role: dict[str, Client], role: str, crawls: Crawls
) -> None:
    forbidden = {page.title for page in GroupNewsPage.objects.all() if page.group_id not in groups_of(role)}
    forbidden |= {tool.title for tool in Tool.objects.all() if not may_see_tool(role, tool)}
    assert forbidden
    seen = crawl(role, as_role, crawls)
    assert [f"{title!r} at {url}" for url, page in seen.items() for title in forbidden if title in page.text] == []


def test_an_invitation_is_withdrawn_only_by_whom_the_table_says(as_role: dict[str, Client]) -> None:
    association = Association.objects.get(slug="csd-bruxelles")
    by = User.objects.get(email__startswith="delegue@")
    for role in ROLES:
        invitation = Invitation.objects.create(
            email=f"{role}@example.org", association=association, language="fr", invited_by=by
        )
        as_role[role].post(f"/fr/espace/invitations/{invitation.pk}/retirer/")
        invitation.refresh_from_db()
        assert bool(invitation.revoked_at) == (role in INVITERS), role
