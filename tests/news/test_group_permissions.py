"""Coordinators in the CMS: they write for their own groups, and learn nothing of other closed groups."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from wagtail.models import GroupPagePermission, Page

from library.enums import SharingLevel
from news.actions import sync_group
from news.joining.actions import describe
from news.models import GroupNewsPage, GroupPage, Meeting, WorkingGroup
from tests.factories.forms import errors_of, form_data
from tests.factories.groups import GroupNewsPageFactory, MeetingFactory, WorkingGroupFactory, folder_of
from tests.factories.joining import RequestFactory
from tests.factories.library import ToolFactory
from tests.factories.pages import submit
from tests.factories.people import UserFactory
from tests.factories.pictures import GroupPictureFactory

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
SECRET = "Onzegbaar"


def browser(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def own(homes: Any) -> WorkingGroup:
    """A closed group with a coordinator."""
    group = WorkingGroupFactory(is_open=False)
    group.coordinators.add(UserFactory())
    group.save()
    folder_of(group, "fr")
    return group


@pytest.fixture
def other(homes: Any) -> WorkingGroup:
    """Another closed group, with a title in everything that it owns which nobody outside may read."""
    group = WorkingGroupFactory(
        is_open=False, name_fr=SECRET, name_nl=SECRET, slug_fr="onzegbaar", slug_nl="onzegbaar-nl"
    )
    group.coordinators.add(UserFactory())
    group.save()
    for language in ("fr", "nl"):
        GroupNewsPageFactory(group=group, language=language, title=f"{SECRET} artikel")
    MeetingFactory(group=group, title_fr=SECRET, title_nl=SECRET)
    ToolFactory(title=f"{SECRET} outil", sharing=SharingLevel.GROUPS, groups=[group])
    GroupPictureFactory(group=group, title=f"{SECRET} photo")
    describe(group=group, by=group.coordinators.get(), purpose_fr=SECRET)  # which the history in the CMS notes
    RequestFactory(group=group, message=SECRET)
    return group


@pytest.fixture
def coordinator(own: WorkingGroup) -> Client:
    return browser(own.coordinators.get())


def test_a_group_gets_its_folder_in_both_languages_and_its_coordinators_their_rights(own: WorkingGroup) -> None:
    pages = GroupPage.objects.filter(group=own)

    assert {page.locale.language_code: page.slug for page in pages} == {"fr": own.slug_fr, "nl": own.slug_nl}
    assert len({page.translation_key for page in pages}) == 1
    rights = Group.objects.get(name=f"Coordination - {own.slug_fr}")
    assert set(rights.user_set.all()) == set(own.coordinators.all())
    assert set(GroupPagePermission.objects.filter(group=rights).values_list("page", "permission__codename")) == {
        (page.pk, name) for page in pages for name in ("add_page", "change_page", "publish_page")
    }


def test_saving_a_group_in_the_cms_renames_its_folder_and_changes_its_coordinators(own: WorkingGroup) -> None:
    editor, newcomer = browser(UserFactory(is_editor=True)), UserFactory()
    left = own.coordinators.get()
    url = reverse("wagtailsnippets_news_workinggroup:edit", args=[own.pk])
    data = form_data(editor, url) | {"name_nl": "Nieuwe naam", "slug_fr": "autre", "coordinators": [newcomer.pk]}

    response = editor.post(url, data)

    assert response.status_code == 302, errors_of(response)
    assert GroupPage.objects.get(group=own, locale__language_code="nl").title == "Nieuwe naam"
    assert GroupPage.objects.get(group=own, locale__language_code="fr").slug == "autre"
    assert set(Group.objects.get(name="Coordination - autre").user_set.all()) == {newcomer}
    assert Group.objects.filter(name__startswith="Coordination - ").count() == 1
    assert browser(left).get(reverse("wagtailadmin_home")).status_code != 200


def test_adding_a_group_in_the_cms_makes_its_folders(own: WorkingGroup) -> None:
    editor = browser(UserFactory(is_editor=True))
    url = reverse("wagtailsnippets_news_workinggroup:add")
    words = {"name_fr": "Bénévoles", "name_nl": "Vrijwilligers", "slug_fr": "benevoles", "slug_nl": "vrijwilligers"}

    response = editor.post(url, form_data(editor, url) | words | {"purpose_fr": "Aider.", "purpose_nl": "Helpen."})

    assert response.status_code == 302, errors_of(response)
    assert GroupPage.objects.filter(group__slug_nl="vrijwilligers").count() == 2


def test_a_failure_saves_neither_the_group_nor_its_folders(own: WorkingGroup, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(group: WorkingGroup) -> None:
        sync_group(group)
        raise RuntimeError("no")

    monkeypatch.setattr("news.viewsets.sync_group", fail)
    editor = browser(UserFactory(is_editor=True))
    url = reverse("wagtailsnippets_news_workinggroup:edit", args=[own.pk])
    with pytest.raises(RuntimeError):
        editor.post(url, form_data(editor, url) | {"name_nl": "Nieuwe naam"})

    assert not GroupPage.objects.filter(title="Nieuwe naam").exists()
    assert not WorkingGroup.objects.filter(name_nl="Nieuwe naam").exists()


def article(title: str) -> dict[str, str]:
    slug = title.lower().replace(" ", "-")
    return {"title": title, "slug": slug, "summary": "Bref.", "body-count": "0", "action-publish": "1"}


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_a_coordinator_publishes_in_the_own_group(own: WorkingGroup, coordinator: Client, language: str) -> None:
    url = reverse("wagtailadmin_pages:add", args=["news", "groupnewspage", folder_of(own, language).pk])

    response = coordinator.post(url, form_data(coordinator, url) | article("Mon article"))

    assert response.status_code == 302, errors_of(response)
    page = GroupNewsPage.objects.get(slug="mon-article")
    assert (page.live, page.group) == (True, own)


def test_a_coordinator_translates_the_own_articles(
    own: WorkingGroup, other: WorkingGroup, coordinator: Client
) -> None:
    assert submit(coordinator, GroupNewsPageFactory(group=own)) is not None
    closed = GroupNewsPage.objects.filter(group=other).first()

    response = coordinator.get(reverse("wagtail_localize:submit_page_translation", args=[closed.pk]))

    assert response.status_code == 403


def test_a_coordinator_writes_nowhere_else(own: WorkingGroup, other: WorkingGroup, coordinator: Client) -> None:
    home, folder = Page.objects.get(depth=2, locale__language_code="fr"), folder_of(other, "fr")
    closed = GroupNewsPage.objects.filter(group=other).first()
    urls = [
        reverse("wagtailadmin_pages:add", args=["news", "groupnewspage", folder.pk]),
        reverse("wagtailadmin_pages:add", args=["home", "standardpage", home.pk]),
        *(
            reverse(f"wagtailadmin_pages:{name}", args=[closed.pk])
            for name in ("edit", "delete", "unpublish", "history")
        ),
        reverse("wagtailadmin_pages:edit", args=[home.pk]),
    ]

    assert all(coordinator.post(url, article("Intrus")).status_code in (302, 403) for url in urls)

    assert not Page.objects.filter(title="Intrus").exists()
    assert GroupNewsPage.objects.get(pk=closed.pk).live


def test_several_pages_at_once_are_all_ones_own(own: WorkingGroup, other: WorkingGroup, coordinator: Client) -> None:
    mine = [GroupNewsPageFactory(group=own) for _ in range(2)]
    theirs = GroupNewsPage.objects.filter(group=other).first()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])

    refused = coordinator.post(f"{url}?id={mine[0].pk}&id={theirs.pk}")
    everything = coordinator.post(f"{url}?id=all&childOf={theirs.get_parent().pk}")
    done = coordinator.post(f"{url}?id={mine[0].pk}&id={mine[1].pk}")

    assert (refused.status_code, everything.status_code, done.status_code) == (403, 403, 302)
    assert GroupNewsPage.objects.get(pk=theirs.pk).live
    assert not GroupNewsPage.objects.filter(group=own).live().exists()


def test_a_coordinator_keeps_the_meetings_of_the_own_groups(
    own: WorkingGroup, other: WorkingGroup, coordinator: Client
) -> None:
    mine, theirs = MeetingFactory(group=own), other.meetings.get()
    url = reverse("wagtailsnippets_news_meeting:edit", args=[mine.pk])
    data = form_data(coordinator, url)

    moved = coordinator.post(url, data | {"group": other.pk})
    backwards = coordinator.post(url, data | {"ends_at": "2020-01-01 10:00"})
    saved = coordinator.post(url, data | {"title_fr": "Changée"})
    foreign = coordinator.post(reverse("wagtailsnippets_news_meeting:delete", args=[theirs.pk]))

    assert "group" in errors_of(moved)
    assert "ends_at" in errors_of(backwards)
    assert saved.status_code == 302
    assert foreign.status_code in (302, 403)
    assert Meeting.objects.filter(pk=theirs.pk).exists()
    assert Meeting.objects.get(pk=mine.pk).title_fr == "Changée"


def admin_patterns(resolver: Any = None, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from admin_patterns(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        elif pattern.name:
            yield f"{space}{pattern.name}", pattern


def every_admin_url(group: WorkingGroup) -> Iterator[str]:
    """Every address of the CMS that can be written, about anything that the group owns."""
    pages = Page.objects.filter(pk__in=GroupNewsPage.objects.filter(group=group)) | Page.objects.filter(
        pk__in=GroupPage.objects.filter(group=group)
    )
    keys = {*pages.values_list("pk", flat=True), group.pk, group.meetings.get().pk, group.tools.get().pk}
    keys.add(group.pictures.get().pk)
    root = Page.objects.get(depth=1)
    for name, pattern in admin_patterns():
        for arguments in ([], [root.pk], *([key] for key in keys)):
            try:
                url = reverse(name, args=arguments) if pattern.pattern.converters or not arguments else ""
            except NoReverseMatch:
                continue
            if url.startswith("/admin/") and "logout" not in url:
                yield url


@pytest.mark.parametrize("role", ["coordinator", "delegate"])
def test_no_address_of_the_cms_tells_of_another_closed_group(
    own: WorkingGroup, other: WorkingGroup, role: str
) -> None:
    person = own.coordinators.get() if role == "coordinator" else UserFactory(is_delegate=True)
    client = browser(person)
    searches = [
        reverse("wagtailadmin_choose_page_search") + "?q=artikel",
        reverse("wagtailadmin_choose_page") + "?page_type=news.GroupNewsPage",
        reverse("wagtailadmin_choose_page") + "?page_type=news.GroupPage",
        reverse("wagtailadmin_pages:search") + "?q=artikel",
        reverse("wagtailadmin_api:pages:listing") + "?fields=*&type=news.GroupNewsPage",
        *(
            reverse("wagtailadmin_choose_page_child", args=[page.pk])
            for page in Page.objects.filter(depth__gte=1).exclude(pk__in=GroupPage.objects.filter(group=own))
        ),
        *(reverse("wagtailadmin_explore", args=[page.pk]) for page in Page.objects.all()),
    ]
    told = []
    for url in {*every_admin_url(other), *searches}:
        response = client.get(url, follow=True)
        if not response.streaming and SECRET in response.content.decode().replace(f"?q={SECRET}", "").replace(
            f'value="{SECRET}"', ""
        ):
            told.append(url)

    assert told == []


def test_making_a_group_closed_hides_its_articles_in_both_languages_at_once(homes: Any, client: Client) -> None:
    group = WorkingGroupFactory(is_open=True)
    articles = [GroupNewsPageFactory(group=group, language=language) for language in ("fr", "nl")]
    member, editor = browser(UserFactory()), browser(UserFactory(is_editor=True))
    assert [member.get(page.url).status_code for page in articles] == [200, 200]
    url = reverse("wagtailsnippets_news_workinggroup:edit", args=[group.pk])
    data = form_data(editor, url)
    del data["is_open"]
    assert errors_of(editor.post(url, data))  # nobody can ask to join what nobody knows
    assert [member.get(page.url).status_code for page in articles] == [200, 200]

    editor.post(url, data | {"joining": "by_invitation"})

    assert [member.get(page.url).status_code for page in articles] == [404, 404]
    assert not GroupNewsPage.objects.visible_to(UserFactory()).exists()
