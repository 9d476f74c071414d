"""Who will get an article, told to its author before it is published."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from news.models import LetterChoice, WorkingGroup
from news.readership import Readership
from tests.factories.groups import GroupNewsPageFactory, WorkingGroupFactory, folder_of
from tests.factories.home import in_both
from tests.factories.news import NewsIndexPageFactory, NewsPageFactory
from tests.factories.pages import submit
from tests.factories.people import UserFactory
from tests.reading import soup

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def closed(homes: Any) -> WorkingGroup:
    """A closed group of one coordinator and two members, in an alliance of six."""
    group = WorkingGroupFactory(is_open=False, name_fr="Discret", name_nl="Discreet")
    group.coordinators.add(UserFactory())
    group.members.add(UserFactory(), UserFactory(), group.coordinators.get())
    group.save()
    UserFactory(is_editor=True)
    UserFactory(is_active=False)
    UserFactory()
    return group


def browser(group: WorkingGroup) -> Client:
    client = Client()
    client.force_login(group.coordinators.get())
    return client


def test_an_open_group_is_read_by_everybody_who_has_an_account(closed: WorkingGroup) -> None:
    assert Readership.of(WorkingGroupFactory()).number == 5


def test_a_closed_group_is_read_by_its_people_and_the_editors(closed: WorkingGroup) -> None:
    assert Readership.of(closed).number == 4


def test_who_stopped_the_letter_is_not_told(closed: WorkingGroup) -> None:
    first, second = closed.members.order_by("pk")[:2]
    LetterChoice.objects.create(person=first, gets_digest=False)
    LetterChoice.objects.create(person=second, gets_comments=False)

    assert (Readership.of(closed).number, Readership.of(closed).told) == (4, 3)


def test_it_is_counted_in_one_query(closed: WorkingGroup, count_queries: Any) -> None:
    assert count_queries(lambda: Readership.of(closed)) == 1


@pytest.mark.parametrize("is_new", [True, False])
def test_the_form_says_it(closed: WorkingGroup, is_new: bool) -> None:
    folder = folder_of(closed, "fr")
    url = (
        reverse("wagtailadmin_pages:add", args=["news", "groupnewspage", folder.pk])
        if is_new
        else reverse("wagtailadmin_pages:edit", args=[GroupNewsPageFactory(group=closed).pk])
    )

    said = soup(browser(closed).get(url)).select_one(".readership").get_text(" ")

    assert "4" in said
    assert "Discret" in said


def test_the_screen_of_a_translation_says_it(closed: WorkingGroup) -> None:
    client = browser(closed)
    translated = submit(client, GroupNewsPageFactory(group=closed))

    page = soup(client.get(reverse("wagtailadmin_pages:edit", args=[translated.pk])))

    assert "Discret" in page.select_one(".messages").get_text(" ")


def signs(client: Client, url: str) -> set[str]:
    """Which of its two signs, for public and for not public, the CMS shows wherever it speaks of a page."""
    marks = soup(client.get(url)).select("[data-w-zone-switch-key-value$=isPublic]")
    return {mark["data-w-zone-switch-key-value"] for mark in marks if "w-hidden" not in mark.get("class", [])}


@pytest.mark.parametrize("name", ["add", "edit", "explore"])
def test_the_cms_calls_it_private_and_says_who_reads_it(closed: WorkingGroup, name: str) -> None:
    folder, article = folder_of(closed, "fr"), GroupNewsPageFactory(group=closed)
    url = {
        "add": reverse("wagtailadmin_pages:add", args=["news", "groupnewspage", folder.pk]),
        "edit": reverse("wagtailadmin_pages:edit", args=[article.pk]),
        "explore": reverse("wagtailadmin_explore", args=[folder.pk]),
    }[name]

    assert signs(browser(closed), url) == {"!isPublic"}
    assert "Discret" in soup(browser(closed).get(url)).select_one(".readers").get_text()


def test_the_cms_calls_a_public_page_public(homes: Any) -> None:
    client = Client()
    client.force_login(UserFactory(is_editor=True))
    page = NewsPageFactory(parent=in_both(NewsIndexPageFactory, homes, fr="actualites", nl="nieuws")["fr"])
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])

    assert signs(client, url) == {"isPublic"}
    assert not soup(client.get(url)).select(".readers")
