"""What is new to a person: marked where it is listed, counted for each group, and gone when it was opened."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from members.models import User
from news.models import GroupNewsPage, Seen, WorkingGroup
from news.reading import mark_read
from tests.factories.groups import GroupNewsPageFactory, MeetingFactory, WorkingGroupFactory
from tests.factories.people import UserFactory
from tests.reading import soup

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("homes")]


@pytest.fixture
def person() -> User:
    return UserFactory(date_joined=timezone.now() - timedelta(days=400))


@pytest.fixture
def signed_in(client: Client, person: User) -> Client:
    client.force_login(person)
    return client


@pytest.fixture
def group() -> WorkingGroup:
    return WorkingGroupFactory()


def new_titles(client: Client, url: str) -> set[str]:
    """The titles of the articles that a page marks as new."""
    marked = soup(client.get(url)).select(".news-item:has(.tag--new)")
    return {item.select_one(".news-item__title").get_text(strip=True) for item in marked}


def published(page: GroupNewsPage, *, days_ago: int) -> None:
    Page.objects.filter(pk=page.pk).update(first_published_at=timezone.now() - timedelta(days=days_ago))


def test_an_article_is_new_until_it_is_opened(signed_in: Client, group: WorkingGroup) -> None:
    read, unread = (GroupNewsPageFactory(group=group, title=title) for title in ("Lu", "Non lu"))
    places = (reverse("members:dashboard"), group.get_absolute_url())
    assert [new_titles(signed_in, url) for url in places] == [{"Lu", "Non lu"}] * 2

    signed_in.get(read.url)

    assert [new_titles(signed_in, url) for url in places] == [{unread.title}] * 2


def test_what_one_person_opens_stays_new_to_others(signed_in: Client, group: WorkingGroup, client: Client) -> None:
    page = GroupNewsPageFactory(group=group)
    signed_in.get(page.url)
    other = Client()
    other.force_login(UserFactory(date_joined=timezone.now() - timedelta(days=400)))

    assert new_titles(other, group.get_absolute_url()) == {page.title}


def test_reading_it_in_one_language_is_reading_it(signed_in: Client, group: WorkingGroup) -> None:
    french = GroupNewsPageFactory(group=group)
    dutch = GroupNewsPageFactory(group=group, language="nl")
    Page.objects.filter(pk=dutch.pk).update(translation_key=french.translation_key)
    assert new_titles(signed_in, group.get_absolute_url("nl")) == {dutch.title}

    signed_in.get(french.url)

    assert new_titles(signed_in, group.get_absolute_url("nl")) == set()


@pytest.mark.parametrize(("days_ago", "is_new"), [(59, True), (61, False)])
def test_what_was_left_unopened_for_sixty_days_is_no_longer_new(
    signed_in: Client, group: WorkingGroup, days_ago: int, is_new: bool
) -> None:
    published(GroupNewsPageFactory(group=group), days_ago=days_ago)

    assert bool(new_titles(signed_in, group.get_absolute_url())) == is_new


def test_what_was_there_when_somebody_joined_is_not_new(client: Client, group: WorkingGroup) -> None:
    published(GroupNewsPageFactory(group=group), days_ago=2)
    client.force_login(UserFactory(date_joined=timezone.now() - timedelta(days=1)))

    assert new_titles(client, group.get_absolute_url()) == set()


def test_what_one_wrote_is_not_new(signed_in: Client, person: User, group: WorkingGroup) -> None:
    GroupNewsPageFactory(group=group, owner=person)

    assert new_titles(signed_in, group.get_absolute_url()) == set()


@pytest.mark.parametrize("header", ["Sec-Purpose", "Purpose", "X-Moz"])
def test_what_a_browser_loads_ahead_is_not_read(signed_in: Client, group: WorkingGroup, header: str) -> None:
    signed_in.get(GroupNewsPageFactory(group=group).url, headers={header: "prefetch"})

    assert not Seen.objects.exists()


def test_asking_for_the_headers_is_not_reading(signed_in: Client, group: WorkingGroup) -> None:
    signed_in.head(GroupNewsPageFactory(group=group).url)

    assert not Seen.objects.exists()


def test_who_may_not_read_it_reads_nothing(signed_in: Client) -> None:
    closed = WorkingGroupFactory(is_open=False)

    assert signed_in.get(GroupNewsPageFactory(group=closed).url).status_code == 404
    assert not Seen.objects.exists()


@pytest.mark.ignore_template_errors
def test_a_look_at_a_draft_is_not_reading(group: WorkingGroup) -> None:
    client, editor = Client(), UserFactory(is_editor=True)
    client.force_login(editor)
    page = GroupNewsPageFactory(group=group)

    assert client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).status_code == 200

    assert not Seen.objects.exists()


def test_reading_twice_is_noted_once(signed_in: Client, group: WorkingGroup) -> None:
    page, meeting = GroupNewsPageFactory(group=group), MeetingFactory(group=group)
    for _time in range(2):
        signed_in.get(page.url)
        signed_in.get(meeting.get_absolute_url())

    assert {mark.key for mark in Seen.objects.all()} == {page.translation_key, meeting.key}
    assert Seen.objects.count() == 2


def test_opening_an_article_keeps_that_it_was_told(signed_in: Client, person: User, group: WorkingGroup) -> None:
    page = GroupNewsPageFactory(group=group)
    Seen.objects.create(person=person, key=page.translation_key, told_at=timezone.now())

    signed_in.get(page.url)

    mark = Seen.objects.get()
    assert mark.told_at
    assert mark.read_at


def test_the_list_of_groups_counts_what_is_new_in_each(signed_in: Client, group: WorkingGroup) -> None:
    french = GroupNewsPageFactory(group=group)
    dutch = GroupNewsPageFactory(group=group, language="nl")
    Page.objects.filter(pk=dutch.pk).update(translation_key=french.translation_key)
    GroupNewsPageFactory(group=group)
    WorkingGroupFactory()

    tags = soup(signed_in.get(reverse("news:groups"))).select(".tag--new")

    assert [tag.get_text(strip=True)[0] for tag in tags] == ["2"]


def test_all_is_marked_as_read_with_one_button(signed_in: Client, group: WorkingGroup) -> None:
    for _number in range(3):
        GroupNewsPageFactory(group=group)
    form = soup(signed_in.get(reverse("news:groups"))).select_one(f"form[action='{reverse('news:read_all')}']")

    answer = signed_in.post(form["action"], follow=True)

    assert not soup(answer).select(".tag--new")
    assert not soup(answer).select(f"form[action='{reverse('news:read_all')}']")
    assert signed_in.get(reverse("news:read_all")).status_code == 405


def test_marking_all_notes_nothing_of_what_one_may_not_read(signed_in: Client) -> None:
    GroupNewsPageFactory(group=WorkingGroupFactory(is_open=False))

    signed_in.post(reverse("news:read_all"))

    assert not Seen.objects.exists()


def test_marks_cost_the_same_however_many_articles_there_are(
    signed_in: Client, group: WorkingGroup, count_queries: Any
) -> None:
    def questions() -> list[int]:
        places = (reverse("members:dashboard"), group.get_absolute_url(), reverse("news:groups"))
        return [count_queries(lambda url=url: signed_in.get(url)) for url in places]

    GroupNewsPageFactory(group=group)
    questions()
    few = questions()
    for _number in range(3):
        GroupNewsPageFactory(group=group)

    assert questions() == few


def test_a_mark_that_cannot_be_written_keeps_nobody_from_reading(
    signed_in: Client, group: WorkingGroup, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    page = GroupNewsPageFactory(group=group, title="À lire")
    monkeypatch.setattr("news.models.seen.SeenQuerySet.note_read", without_writing)

    answer = signed_in.get(page.url)

    assert "À lire" in answer.text
    assert "could not be written" in caplog.text


def without_writing(*args: Any) -> None:
    """As a database that refuses; requests stand in no transaction, and the test's own must go on."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO news_seen (person_id) VALUES (NULL)")


def test_a_visit_is_noted_in_one_query(person: User) -> None:
    key = UUID(int=1)
    for _visit in range(2):
        with CaptureQueriesContext(connection) as asked:
            Seen.objects.note_read(person, key)
        assert len(asked) == 1

    seen = Seen.objects.get(person=person, key=key)
    assert timezone.now() - seen.read_at < timedelta(minutes=1)


def test_marks_are_always_written_in_one_order(person: User) -> None:
    keys = [UUID(int=number) for number in (3, 1, 2)]
    with CaptureQueriesContext(connection) as asked:
        mark_read(person, keys)

    [written] = [query["sql"].replace("-", "") for query in asked if "news_seen" in query["sql"]]
    assert sorted(keys, key=lambda key: written.index(key.hex)) == sorted(keys)
