"""People of an association that is not published: its name stands nowhere, for anybody outside it."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from library.asking.actions import ask
from library.enums import SharingLevel
from members.accounts import actions
from members.directory.actions import report_departure, suggest
from members.models import Association, User
from tests.factories.groups import WorkingGroupFactory
from tests.factories.library import ToolFactory, ToolTypeFactory
from tests.factories.people import EmployerFactory, JobFunctionFactory, UserFactory
from tests.reading import main_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("homes")]
HIDDEN = "Maison Discrète"


@pytest.fixture
def hidden() -> Association:
    return EmployerFactory(name_fr=HIDDEN, short_name_fr=HIDDEN, live=False)


@pytest.fixture
def person(hidden: Association) -> User:
    return UserFactory(association=hidden, job_function=JobFunctionFactory(name_fr="Comptabilité"))


def read(user: User, url: str) -> str:
    client = Client()
    client.force_login(user)
    return main_text(client.get(url))


def test_a_group_does_not_name_it_beside_its_coordinator(person: User) -> None:
    group = WorkingGroupFactory()
    group.coordinators.add(person)
    group.save()

    page = read(UserFactory(), group.get_absolute_url())

    assert f"{person} Comptabilité" in " ".join(page.split())
    assert HIDDEN not in page


def test_a_tool_does_not_name_it_beside_its_contact(person: User) -> None:
    tool = ToolFactory(contact=person, sharing=SharingLevel.ALLIANCE)

    page = read(UserFactory(), tool.get_absolute_url())

    assert str(person) in page
    assert HIDDEN not in page


def test_letters_do_not_name_it_beside_who_wrote_something(
    person: User, django_capture_on_commit_callbacks: Any
) -> None:
    delegate = UserFactory(is_delegate=True)
    with django_capture_on_commit_callbacks(execute=True):
        report_departure(person=UserFactory(association=delegate.association), message="", by=person)
        suggest(job_function=JobFunctionFactory(), association=delegate.association, message="", by=person)
        ask(type=ToolTypeFactory(), association=delegate.association, by=person)

    assert len(mail.outbox) == 3
    for letter in mail.outbox:
        assert letter.to == [delegate.email]
        assert str(person) in letter.body
        assert HIDDEN not in letter.subject + letter.body


def test_who_comes_from_it_is_taken_over_without_its_name(hidden: Association, person: User) -> None:
    former = UserFactory(association=hidden, is_delegate=True)
    new = UserFactory(is_delegate=True)
    actions.propose_transfer(person=person, to=new.association, by=former)

    page = read(new, reverse("members:accounts"))

    assert str(person) in page
    assert HIDDEN not in page
