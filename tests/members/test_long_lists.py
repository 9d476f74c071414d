"""Lists of the member area and of the CMS that grow with the alliance."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.models import DirectoryReport, User
from tests.factories.groups import WorkingGroupFactory
from tests.factories.people import InvitationFactory, JobFunctionFactory, UserFactory
from tests.reading import soup

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> User:
    person: User = UserFactory(is_editor=True)
    client.force_login(person)
    return person


def rows(client: Client, url: str, selector: str) -> list[int]:
    """How many things each of the first two pages shows."""
    return [len(soup(client.get(url, {"page": page})).select(selector)) for page in ("1", "2")]


def test_many_invitations_come_in_pages(client: Client, editor: User, homes: Any) -> None:
    for _ in range(53):
        InvitationFactory(association=editor.association, invited_by=editor)

    assert rows(client, reverse("members:invitations"), "tbody tr") == [50, 3]


def test_many_reports_come_in_pages(client: Client, editor: User, homes: Any) -> None:
    DirectoryReport.objects.bulk_create(
        DirectoryReport(association=editor.association, job_function=JobFunctionFactory()) for _ in range(23)
    )

    assert rows(client, reverse("members:directory_reports"), "li.request") == [20, 3]


@pytest.mark.parametrize("rights", [{}, {"is_delegate": True}, {"is_editor": True}])
def test_who_is_there_and_what_they_may_is_one_question(
    client: Client, settings: Any, homes: Any, rights: dict[str, bool]
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    person = UserFactory(**rights)
    Authenticator.objects.create(user=person, type="totp", data={})
    client.force_login(person)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse("members:my_data")).status_code == 200

    about = [one["sql"] for one in asked if "members_user" in one["sql"] or "mfa_" in one["sql"]]
    assert len([sql for sql in about if sql.startswith("SELECT") and "usersession" not in sql]) == 1


@pytest.mark.ignore_template_errors
def test_a_list_of_people_asks_once_for_their_roles(
    client: Client, count_queries: Callable[[Any], int], homes: Any
) -> None:
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    url = reverse("wagtailusers_users:index")
    client.get(url)
    few = count_queries(lambda: client.get(url))
    UserFactory.create_batch(10)

    assert count_queries(lambda: client.get(url)) == few


def test_roles_of_a_list_are_those_of_each(homes: Any) -> None:
    people = [
        UserFactory(),
        UserFactory(is_delegate=True),
        UserFactory(is_editor=True),
        UserFactory(is_superuser=True),
    ]
    people += [UserFactory(), UserFactory(is_delegate=True)]
    group, other = WorkingGroupFactory(), WorkingGroupFactory()
    for one in (group, other):
        one.coordinators.set(people[4:])
        one.save()

    listed = {person.pk: person.role for person in User.objects.with_roles()}

    assert listed == {person.pk: User.objects.get(pk=person.pk).role for person in people}
    assert User.objects.with_roles().count() == len(people)
