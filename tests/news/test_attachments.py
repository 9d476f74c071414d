"""Documents of the library in the articles of working groups."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from library.enums import SharingLevel
from library.models import Tool
from members.models import User
from news.models import GroupNewsPage, WorkingGroup
from tests.factories.forms import form_data
from tests.factories.groups import GroupNewsPageFactory, WorkingGroupFactory, folder_of
from tests.factories.library import ToolFactory, with_file
from tests.factories.people import UserFactory
from tests.factories.pictures import GroupPictureFactory
from tests.reading import main_text, soup

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
CHOOSER = "wagtailsnippetchoosers_library_tool"
SECRET = "Onzegbaar"


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def group(homes: Any) -> WorkingGroup:
    """An open group with a coordinator."""
    made = WorkingGroupFactory()
    made.coordinators.add(UserFactory())
    made.save()
    return made


@pytest.fixture
def coordinator(group: WorkingGroup) -> Client:
    return browser(group.coordinators.get())


@pytest.fixture
def secret(db: None) -> Tool:
    """A tool that an association keeps for itself."""
    return ToolFactory(title=SECRET, sharing=SharingLevel.ASSOCIATION)


def with_tools(group: WorkingGroup, *tools: Tool, **fields: Any) -> GroupNewsPage:
    return GroupNewsPageFactory(
        group=group, body=[("attachment", {"tool": tool, "note": ""}) for tool in tools], **fields
    )


def test_a_reader_finds_the_document_with_what_it_is(group: WorkingGroup) -> None:
    tool = ToolFactory(title="Een model", language="nl")
    with_file(tool)
    page = with_tools(group, tool)

    shown = soup(browser(UserFactory()).get(page.url)).select_one("main .attachment")

    assert shown.select_one(f'a[href="{tool.get_absolute_url()}"]')["lang"] == "nl"
    assert shown.select_one(f'a[href="{reverse("library:file", args=[tool.slug])}"][download]')
    for words in ("Een model", "Nederlands", "PDF", "octets"):
        assert words in shown.get_text(" ")


def test_a_document_without_a_file_yet_leads_to_its_page(group: WorkingGroup) -> None:
    tool = ToolFactory()

    shown = soup(browser(UserFactory()).get(with_tools(group, tool).url)).select_one("main .attachment")

    assert [link["href"] for link in shown.select("a")] == [tool.get_absolute_url()]


def test_who_may_not_see_a_document_learns_nothing_of_it(group: WorkingGroup, secret: Tool) -> None:
    page = with_tools(group, secret, ToolFactory(title="Pour tous"))

    stranger = browser(UserFactory()).get(page.url)
    colleague = browser(UserFactory(association=secret.association)).get(page.url)

    assert SECRET not in stranger.content.decode()
    assert secret.slug not in stranger.content.decode()
    assert len(soup(stranger).select("main .attachment")) == 1
    assert SECRET in main_text(colleague)


def test_a_document_that_is_no_longer_shared_disappears(group: WorkingGroup) -> None:
    tool = ToolFactory(title=SECRET)
    page, reader = with_tools(group, tool), browser(UserFactory())
    assert SECRET in main_text(reader.get(page.url))

    Tool.objects.filter(pk=tool.pk).update(sharing=SharingLevel.ASSOCIATION)

    assert SECRET not in reader.get(page.url).content.decode()


def test_an_article_outlives_its_document(group: WorkingGroup) -> None:
    tool = ToolFactory()
    page = with_tools(group, tool)
    tool.delete()

    assert browser(UserFactory()).get(page.url).status_code == 200


def test_the_number_of_queries_does_not_grow(group: WorkingGroup, count_queries: Any) -> None:
    reader = browser(UserFactory())

    def article(number: int) -> str:
        tools = [ToolFactory() for _ in range(number)]
        for tool in tools:
            with_file(tool)
        said = {"alternative": "Une table", "is_decorative": False, "caption": ""}
        pictures = [{"picture": GroupPictureFactory(group=group), **said} for _ in range(number)]
        blocks = [
            *(("attachment", {"tool": tool, "note": ""}) for tool in tools),
            *(("picture", picture) for picture in pictures),
        ]
        return str(GroupNewsPageFactory(group=group, body=blocks).url)

    few, many = article(2), article(9)
    reader.get(few)

    assert count_queries(lambda: reader.get(few)) == count_queries(lambda: reader.get(many))


def test_the_author_is_offered_what_the_library_shows_to_the_author(coordinator: Client, secret: Tool) -> None:
    ToolFactory(title="Règlement de travail")
    ToolFactory(title="Grille de salaires")

    offered = coordinator.get(reverse(f"{CHOOSER}:choose")).json()["html"]
    found = coordinator.get(reverse(f"{CHOOSER}:choose_results"), {"q": "reglement"}).content.decode()
    searched = coordinator.get(reverse(f"{CHOOSER}:choose_results"), {"q": SECRET}).content.decode()

    assert "Règlement de travail" in offered
    assert SECRET not in offered
    assert "Règlement de travail" in found
    assert "Grille" not in found
    assert secret.slug not in searched
    assert f">{SECRET}<" not in searched.replace(f"<em>{SECRET}</em>", "")


def test_no_number_gives_away_the_title_of_a_document(coordinator: Client, secret: Tool) -> None:
    own = ToolFactory()

    assert coordinator.get(reverse(f"{CHOOSER}:chosen", args=[own.pk])).status_code == 200
    assert coordinator.get(reverse(f"{CHOOSER}:chosen", args=[secret.pk]), follow=True).status_code == 404
    several = coordinator.get(reverse(f"{CHOOSER}:chosen_multiple"), {"id": [own.pk, secret.pk]})
    assert [one["id"] for one in several.json()["result"]] == [str(own.pk)]


def test_choosing_a_document_gives_no_right_on_it(coordinator: Client) -> None:
    tool = ToolFactory()

    chosen = coordinator.get(reverse(f"{CHOOSER}:chosen", args=[tool.pk])).json()["result"]

    assert chosen["edit_url"] is None
    assert coordinator.get(reverse("wagtailsnippets_library_tool:edit", args=[tool.pk])).status_code in (302, 403)


def test_the_form_does_not_name_what_its_author_may_not_see(
    group: WorkingGroup, coordinator: Client, secret: Tool
) -> None:
    page = with_tools(group, secret)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])

    shown = coordinator.get(url).content.decode()
    refused = coordinator.post(url, form_data(coordinator, url) | blocks_of(secret) | {"title": ""}).content.decode()
    editors = browser(UserFactory(is_editor=True)).get(url).content.decode()

    assert SECRET not in shown
    assert SECRET not in refused
    assert SECRET in editors


def blocks_of(tool: Tool) -> dict[str, Any]:
    """A body with this tool, as the form sends it."""
    names = {"type": "attachment", "order": 0, "deleted": "", "id": "", "value-tool": tool.pk, "value-note": ""}
    return {"body-count": "1", **{f"body-0-{name}": value for name, value in names.items()}}


def test_comparing_versions_does_not_name_it_either(group: WorkingGroup, coordinator: Client, secret: Tool) -> None:
    page = with_tools(group, ToolFactory())
    first = page.latest_revision_id
    page.body = [("attachment", {"tool": secret, "note": ""})]
    page.save_revision().publish()
    url = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first, "latest"])

    assert coordinator.get(url).status_code == 200
    assert SECRET not in coordinator.get(url).content.decode()
    assert SECRET in browser(UserFactory(is_editor=True)).get(url).content.decode()


@pytest.mark.parametrize("is_new", [True, False])
def test_the_preview_shows_it_as_its_author_will_read_it(
    group: WorkingGroup, coordinator: Client, secret: Tool, is_new: bool
) -> None:
    folder, page = folder_of(group, "fr"), with_tools(group)
    name, arguments = ("add", ["news", "groupnewspage", folder.pk]) if is_new else ("edit", [page.pk])
    preview = reverse(f"wagtailadmin_pages:preview_on_{name}", args=arguments)
    words = {"title": "Plus tard", "slug": "plus-tard", "summary": "Bref."}
    data = form_data(coordinator, reverse(f"wagtailadmin_pages:{name}", args=arguments)) | words

    for tool, is_shown in ((ToolFactory(title="Pour tous"), True), (secret, False)):
        assert coordinator.post(preview, data | blocks_of(tool)).json()["is_valid"]
        assert (tool.title in coordinator.get(preview).content.decode()) == is_shown


def readership(client: Client, page: GroupNewsPage) -> str:
    form = soup(client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])))
    return " ".join(form.select_one(".readership").get_text(" ").split())


@pytest.mark.parametrize(
    ("sharing", "is_named"),
    [
        (SharingLevel.ALLIANCE, False),
        (SharingLevel.PUBLIC, False),
        (SharingLevel.ASSOCIATION, True),
        (SharingLevel.GROUPS, True),
    ],
)
def test_the_form_names_what_not_all_readers_see(
    group: WorkingGroup, coordinator: Client, sharing: str, is_named: bool
) -> None:
    person = group.coordinators.get()
    groups = [WorkingGroupFactory(is_open=False)] if sharing == SharingLevel.GROUPS else []
    tool = ToolFactory(title="Pour quelques-uns", sharing=sharing, groups=groups, association=person.association)

    assert ("Pour quelques-uns" in readership(coordinator, with_tools(group, tool))) == is_named


def test_what_is_shared_with_the_group_is_for_all_its_readers(group: WorkingGroup, coordinator: Client) -> None:
    tool = ToolFactory(title="Pour le groupe", sharing=SharingLevel.GROUPS, groups=[group])

    assert "Pour le groupe" not in readership(coordinator, with_tools(group, tool))


def test_the_form_counts_what_its_author_may_not_name(group: WorkingGroup, coordinator: Client, secret: Tool) -> None:
    page = soup(coordinator.get(reverse("wagtailadmin_pages:edit", args=[with_tools(group, secret).pk])))

    assert len(page.select(".readership li")) == 1
    assert SECRET not in page.select_one(".readership li").text
