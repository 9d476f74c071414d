"""Links in texts to our own pages: where they lead, and that a page asks once for all of them."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from home.page_links import with_links
from news.models import WorkingGroup
from tests.factories.groups import GroupNewsPageFactory, MeetingFactory, WorkingGroupFactory
from tests.factories.home import StandardPageFactory, in_both
from tests.factories.members import CharterPageFactory
from tests.factories.news import NewsIndexPageFactory, NewsPageFactory
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def linked(homes: dict[str, Any]) -> dict[str, Page]:
    """A page in both languages that others link to."""
    return in_both(StandardPageFactory, homes, fr="aide", nl="hulp")


def text_with(page: Page) -> str:
    return f'<p>Voyez <a linktype="page" id="{page.pk}">ici</a>.</p>'


def body_with(pages: list[Page]) -> list[tuple[str, Any]]:
    """One block of each kind that may link, for each of these pages."""
    body: list[tuple[str, Any]] = []
    for page in pages:
        text = text_with(page)
        body += [
            ("text", text),
            ("notice", {"tone": "info", "title": "", "text": text}),
            ("questions", {"title": "", "items": [{"question": "Où ?", "answer": text}]}),
            ("definitions", {"title": "", "items": [{"term": "Mot", "description": text}]}),
            ("steps", {"title": "", "items": [{"title": "Un", "text": text}]}),
            ("button", {"label": "Allez", "page": page, "address": ""}),
        ]
    return body


@pytest.mark.parametrize(("language", "address"), [("fr", "/fr/aide/"), ("nl", "/nl/hulp/")])
@pytest.mark.parametrize("together", [True, False])
def test_a_link_leads_to_the_page_in_the_readers_language(
    linked: dict[str, Page], language: str, address: str, together: bool
) -> None:
    text = text_with(linked["fr"])
    with override(language):
        html = str(with_links(lambda: expand_db_html(text))) if together else expand_db_html(text)

    assert html == f'<p>Voyez <a href="{address}">ici</a>.</p>'


@pytest.mark.parametrize("together", [True, False])
def test_a_link_leads_to_the_page_itself_where_its_translation_is_not_live(
    linked: dict[str, Page], together: bool
) -> None:
    linked["nl"].unpublish()
    text = text_with(linked["fr"])
    with override("nl"):
        html = str(with_links(lambda: expand_db_html(text))) if together else expand_db_html(text)

    assert 'href="/fr/aide/"' in html


@pytest.mark.parametrize("key", ["987654321", "0", "", "abc", "-1", "01", "²", "9" * 30, '1" onclick="x'])
@pytest.mark.parametrize("together", [True, False])
def test_a_link_to_no_page_leads_nowhere(homes: dict[str, Any], key: str, together: bool) -> None:
    text = f'<a linktype="page" id="{key}">ici</a>'
    html = str(with_links(lambda: expand_db_html(text))) if together else expand_db_html(text)

    assert html == "<a>ici</a>"


def test_what_is_drawn_inside_has_its_own_links(linked: dict[str, Page]) -> None:
    """A part that is remembered for other pages holds addresses, not the places of this page."""
    text, parts = text_with(linked["fr"]), []

    def draw() -> str:
        parts.append(with_links(lambda: expand_db_html(text)))
        return expand_db_html(text) + parts[0]

    html = with_links(draw)

    assert 'href="/fr/aide/"' in parts[0]
    assert html.count('href="/fr/aide/"') == 2


def test_after_a_failure_links_are_looked_up_as_before(linked: dict[str, Page]) -> None:
    def fail() -> str:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        with_links(fail)

    assert 'href="/fr/aide/"' in expand_db_html(text_with(linked["fr"]))


@pytest.fixture
def pages(homes: dict[str, Any]) -> Callable[[list[Page]], dict[str, str]]:
    """One page of every kind with texts, whose texts link to these pages: their addresses."""
    home = homes["fr"]
    news = NewsIndexPageFactory(parent=home, slug="actualites")
    made = {
        "standard": StandardPageFactory(parent=home, slug="alliance"),
        "charter": CharterPageFactory(parent=home, slug="charte"),
        "news": NewsPageFactory(parent=news, slug="nouvelle"),
        "home": home,
    }
    group: WorkingGroup = WorkingGroupFactory()
    article = GroupNewsPageFactory(group=group)
    meetings = [MeetingFactory(group=group) for _ in range(5)]

    def link(to: list[Page]) -> dict[str, str]:
        for kind in ("standard", "news"):
            made[kind].body = body_with(to)
        made["charter"].preamble = "".join(map(text_with, to))
        made["charter"].articles = [("article", {"title": "Lien", "text": text_with(page)}) for page in to]
        home.axes = [("axis", {"title": "Axe", "text": text_with(page)}) for page in to]
        for page in made.values():
            page.save()
        article.body = [block for block in body_with(to) if block[0] != "picture"]
        article.save_revision().publish()
        for meeting in meetings:
            meeting.agenda_fr = "".join(map(text_with, to))
            meeting.save()
        return {kind: page.get_url() for kind, page in made.items()} | {
            "group": group.get_absolute_url(),
            "article of a group": article.get_url(),
            "meeting": meetings[0].get_absolute_url(),
        }

    return link


PUBLIC = ["standard", "charter", "news", "home"]
WITH_BUTTONS = ["standard", "news", "article of a group"]
OF_GROUPS = ["group", "article of a group", "meeting"]


@pytest.mark.parametrize("kind", [*PUBLIC, *OF_GROUPS])
def test_a_page_asks_once_for_all_its_links(
    client: Client,
    homes: dict[str, Any],
    pages: Callable[[list[Page]], dict[str, str]],
    count_queries: Callable[[Any], int],
    kind: str,
) -> None:
    if kind in OF_GROUPS:
        client.force_login(UserFactory(is_editor=True))
    targets = [StandardPageFactory(parent=homes["fr"]) for _ in range(6)]
    numbers, links, has_buttons = [], [], kind in WITH_BUTTONS
    for number in (0, 1, 6):
        url = pages(targets[:number])[kind]
        assert client.get(url).status_code == 200  # fills the caches that live as long as the process
        numbers.append(count_queries(lambda url=url: client.get(url)))
        html = client.get(url).content.decode()
        links.append(sum(f'Voyez <a href="{target.get_url()}">' in html for target in targets))
        if has_buttons:
            assert html.count('class="button" href="/fr/page-') == number
        assert not re.search("page-[0-9a-f]{32}", html), "a place without its address"

    assert links == [0, 1, 6]
    assert numbers[1] == numbers[2]
    assert numbers[2] <= min(12 if kind in OF_GROUPS else 8, numbers[0] + (2 if has_buttons else 1))
