"""Choosing the people of a working group in the CMS, among thousands."""

from typing import Any

import pytest
from bs4 import Tag
from django.test import Client
from django.urls import reverse

from members.models import User
from news.models import WorkingGroup
from tests.factories.forms import form_data
from tests.factories.groups import WorkingGroupFactory, folder_of
from tests.factories.people import UserFactory
from tests.reading import soup

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def editor(client: Client, homes: Any) -> Client:
    client.force_login(UserFactory(is_editor=True))
    return client


@pytest.fixture
def member() -> User:
    return UserFactory(first_name="Ada", last_name="Adam")


@pytest.fixture
def group(editor: Client, member: User) -> WorkingGroup:
    made: WorkingGroup = WorkingGroupFactory()
    folder_of(made, "fr")
    made.members.set([member])
    made.save()
    return made


def save(client: Client, group: WorkingGroup, **data: Any) -> Any:
    """Send the form as the browser would, but for this."""
    url = reverse("wagtailsnippets_news_workinggroup:edit", args=[group.pk])
    return client.post(url, form_data(client, url) | data)


def members(group: WorkingGroup) -> set[User]:
    return set(WorkingGroup.objects.get(pk=group.pk).members.all())


def boxes(page: Tag, name: str = "members") -> dict[str, bool]:
    """The people who have a box, and whether it is ticked."""
    return {
        box.find_parent("label").get_text(strip=True).split(",")[0]: box.has_attr("checked")
        for box in page.select(f'input[type=checkbox][name="{name}"]')
    }


def test_only_those_who_belong_to_it_have_a_box(editor: Client, group: WorkingGroup) -> None:
    UserFactory.create_batch(3)

    page = soup(editor.get(reverse("wagtailsnippets_news_workinggroup:edit", args=[group.pk])))

    assert boxes(page) == {"Ada Adam": True}
    assert boxes(page, "coordinators") == {}


@pytest.mark.parametrize("line", ["Nadia Zidi", "nadia@example.org", "  NADIA@example.org "])
def test_others_come_in_by_name_or_address(editor: Client, group: WorkingGroup, member: User, line: str) -> None:
    nadia = UserFactory(first_name="Nadia", last_name="Zidi", email="nadia@example.org")

    assert save(editor, group, **{"members-more": f"\n{line}\n"}).status_code == 302

    assert members(group) == {member, nadia}


def test_an_unticked_box_takes_somebody_out(editor: Client, group: WorkingGroup) -> None:
    assert save(editor, group, members=[]).status_code == 302

    assert members(group) == set()


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(editor: Client, group: WorkingGroup, member: User) -> None:
    twins = UserFactory.create_batch(2, first_name="Jan", last_name="Peeters")
    typed = "Jan Peeters\nabsent@example.org"

    page = soup(save(editor, group, members=[], **{"members-more": typed}))

    said = page.select_one("#panel-child-members-errors, .w-field__errors, .error-message").get_text()
    assert all(one.email in page.get_text() for one in twins), said
    assert "absent@example.org" in page.get_text()
    assert page.select_one('textarea[name="members-more"]').get_text().strip() == typed
    assert boxes(page) == {"Ada Adam": False}
    assert members(group) == {member}


def test_who_is_suspended_meanwhile_stays(editor: Client, group: WorkingGroup, member: User) -> None:
    User.objects.filter(pk=member.pk).update(is_active=False)

    assert save(editor, group).status_code == 302

    assert members(group) == {member}


def test_a_suspended_account_does_not_come_in(editor: Client, group: WorkingGroup, member: User) -> None:
    UserFactory(email="gone@example.org", is_active=False)

    assert save(editor, group, **{"members-more": "gone@example.org"}).status_code == 200

    assert members(group) == {member}


def test_who_came_or_went_since_the_form_was_opened_stays_so(
    editor: Client, group: WorkingGroup, member: User
) -> None:
    url = reverse("wagtailsnippets_news_workinggroup:edit", args=[group.pk])
    opened = form_data(editor, url)
    came = UserFactory()
    member.working_groups.remove(group)
    came.working_groups.add(group)

    assert editor.post(url, opened | {"purpose_fr": "Autre chose"}).status_code == 302

    assert members(group) == {came}
