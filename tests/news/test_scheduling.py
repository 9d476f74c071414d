"""Articles that wait for their day: invisible until then, in both languages, and dated by it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from members.models import User
from news.models import FeedKey, GroupNewsPage, WorkingGroup
from tests.factories.forms import errors_of, form_data
from tests.factories.groups import GroupNewsPageFactory, WorkingGroupFactory, folder_of
from tests.factories.pages import messages_of, publish, submit, translate_all
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
WORDS = {"title": "Plus tard", "slug": "plus-tard", "summary": "Bref.", "body-count": "0", "action-publish": "1"}


@pytest.fixture
def group(homes: Any) -> WorkingGroup:
    """An open group with a coordinator."""
    made = WorkingGroupFactory()
    made.coordinators.add(UserFactory())
    made.save()
    return made


@pytest.fixture
def coordinator(group: WorkingGroup) -> Client:
    client = Client()
    client.force_login(group.coordinators.get())
    return client


@pytest.fixture
def moment() -> datetime:
    """Some days from now."""
    return timezone.now().replace(microsecond=0, second=0) + timedelta(days=5)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Let it be another time, and do what comes back every ten minutes."""

    def move(time: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: time)
        call_command("publish_scheduled")

    return move


def typed(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")


def schedule(client: Client, group: WorkingGroup, moment: datetime, **more: Any) -> GroupNewsPage:
    url = reverse("wagtailadmin_pages:add", args=["news", "groupnewspage", folder_of(group, "fr").pk])
    response = client.post(url, form_data(client, url) | WORDS | {"go_live_at": typed(moment)} | more)
    assert response.status_code == 302, errors_of(response)
    return GroupNewsPage.objects.get(slug="plus-tard")


def places(group: WorkingGroup, reader: User) -> list[str]:
    """Everywhere a member meets the articles of a group."""
    key = FeedKey.objects.get_or_create(owner=reader)[0]
    with override("fr"):
        feed = reverse("news:group_feed", args=[key.token, group.pk])
    return [
        "/fr/espace/",
        "/nl/ruimte/",
        group.get_absolute_url("fr"),
        group.get_absolute_url("nl"),
        feed,
    ]


def seen_in(group: WorkingGroup, *titles: str) -> set[str]:
    reader = UserFactory()
    client = Client()
    client.force_login(reader)
    shown = {url: client.get(url).content.decode() for url in places(group, reader)}
    return {url for url, content in shown.items() if any(title in content for title in titles)}


def status(page: GroupNewsPage) -> int:
    client = Client()
    client.force_login(UserFactory())
    return client.get(page.url).status_code


def test_a_coordinator_schedules_an_article(
    group: WorkingGroup, coordinator: Client, moment: datetime, at: Callable[[datetime], None]
) -> None:
    page = schedule(coordinator, group, moment)
    assert not page.live
    assert seen_in(group, "Plus tard") == set()
    assert status(page) == 404

    at(moment - timedelta(minutes=1))
    assert seen_in(group, "Plus tard") == set()
    at(moment + timedelta(minutes=1))

    assert len(seen_in(group, "Plus tard")) == 5
    assert status(page) == 200


def test_it_bears_the_day_on_which_it_can_be_read(
    group: WorkingGroup, coordinator: Client, moment: datetime, at: Callable[[datetime], None]
) -> None:
    page = schedule(coordinator, group, moment)
    at(moment + timedelta(minutes=1))

    assert GroupNewsPage.objects.get(pk=page.pk).date == timezone.localdate(moment)


def test_a_later_date_stays_as_its_author_chose_it(group: WorkingGroup, coordinator: Client, moment: datetime) -> None:
    day = timezone.localdate(moment) + timedelta(days=30)

    assert schedule(coordinator, group, moment, date=day.isoformat()).date == day


def test_an_article_ends_on_its_day_in_both_languages(
    group: WorkingGroup,
    coordinator: Client,
    moment: datetime,
    at: Callable[[datetime], None],
    django_capture_on_commit_callbacks: Any,
) -> None:
    page = GroupNewsPageFactory(group=group, title="Passager", expire_at=moment)
    translated = submit(coordinator, page)
    translate_all(translated, "Tijdelijk ")
    with django_capture_on_commit_callbacks(execute=True):
        publish(coordinator, translated)
    assert len(seen_in(group, "Passager")) == 5

    at(moment + timedelta(minutes=1))

    assert seen_in(group, "Passager") == set()
    assert [status(page), status(GroupNewsPage.objects.get(pk=translated.pk))] == [404, 404]


@pytest.fixture
def both(
    group: WorkingGroup, coordinator: Client, moment: datetime, django_capture_on_commit_callbacks: Any
) -> tuple[GroupNewsPage, GroupNewsPage]:
    """An article that waits, and its translation, which its author published."""
    page = schedule(coordinator, group, moment)
    translated = submit(coordinator, page)
    assert translated is not None, "what waits for its day can be translated"
    translate_all(translated, "Later: ")
    with django_capture_on_commit_callbacks(execute=True):
        publish(coordinator, translated)
    return page, GroupNewsPage.objects.get(pk=translated.pk)


def test_a_translation_waits_with_its_original(
    group: WorkingGroup, both: tuple[GroupNewsPage, GroupNewsPage], moment: datetime, at: Callable[[datetime], None]
) -> None:
    assert not both[1].live
    assert both[1].approved_schedule
    assert seen_in(group, "Plus tard", "Later: ") == set()

    at(moment + timedelta(minutes=1))

    assert [status(page) for page in both] == [200, 200]
    assert seen_in(group, "Later: Plus tard") == {"/nl/ruimte/", group.get_absolute_url("nl")}


def test_it_does_not_matter_which_of_the_two_goes_live_first(
    both: tuple[GroupNewsPage, GroupNewsPage], moment: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment + timedelta(minutes=1))

    both[1].scheduled_revision.publish()
    call_command("publish_scheduled")

    assert [status(page) for page in both] == [200, 200]


def test_its_author_is_told_when(group: WorkingGroup, coordinator: Client, moment: datetime) -> None:
    translated = submit(coordinator, schedule(coordinator, group, moment))
    translate_all(translated)

    said = messages_of(publish(coordinator, translated), coordinator)

    assert timezone.localtime(moment).strftime("%H:%M") in said


def test_a_translation_follows_its_original_to_another_day(
    both: tuple[GroupNewsPage, GroupNewsPage], moment: datetime, at: Callable[[datetime], None]
) -> None:
    page = GroupNewsPage.objects.get(pk=both[0].pk)
    page.go_live_at = moment + timedelta(days=3)
    page.save_revision().publish()

    at(moment + timedelta(minutes=1))
    assert [status(page) for page in both] == [404, 404]
    at(moment + timedelta(days=3, minutes=1))

    assert [status(page) for page in both] == [200, 200]


def test_a_translation_does_not_appear_without_its_original(
    both: tuple[GroupNewsPage, GroupNewsPage], moment: datetime, at: Callable[[datetime], None]
) -> None:
    page = GroupNewsPage.objects.get(pk=both[0].pk)
    page.revisions.update(approved_go_live_at=None)  # as "cancel the schedule" does

    at(moment + timedelta(minutes=1))

    assert [status(page) for page in both] == [404, 404]


def test_a_translation_cannot_be_published_before_its_original(
    coordinator: Client, both: tuple[GroupNewsPage, GroupNewsPage]
) -> None:
    translated = both[1]
    translated.go_live_at = None

    translated.save_revision().publish()

    assert status(translated) == 404


def test_drafts_are_nowhere(group: WorkingGroup, coordinator: Client) -> None:
    url = reverse("wagtailadmin_pages:add", args=["news", "groupnewspage", folder_of(group, "fr").pk])
    data = form_data(coordinator, url) | WORDS
    del data["action-publish"]
    coordinator.post(url, data)

    assert not GroupNewsPage.objects.get(slug="plus-tard").live
    assert seen_in(group, "Plus tard") == set()
