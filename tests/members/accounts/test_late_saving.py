"""What somebody read before an account was closed, and saves afterwards, opens nothing again."""

from typing import Any

import pytest
from allauth.account.adapter import DefaultAccountAdapter
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from members.accounts import actions
from members.models import AuditEntry, User
from tests.factories.people import PASSWORD, EmployerFactory, UserFactory

pytestmark = pytest.mark.django_db
NEW = "kanaal-en-brug-1930"


@pytest.fixture
def editor() -> User:
    return UserFactory(is_editor=True)


@pytest.fixture
def person() -> User:
    return UserFactory(is_delegate=True, phone="02 111 11 11")


def read(person: User) -> User:
    return User.objects.get(pk=person.pk)


@pytest.mark.parametrize("close", [actions.suspend, actions.end])
def test_an_account_that_was_closed_meanwhile_stays_closed(person: User, editor: User, close: Any) -> None:
    late = read(person)
    close(person=person, by=editor)
    closed = read(person)

    late.first_name = "Autre"
    late.save()

    saved = read(person)
    assert saved.first_name == "Autre"
    for name in ("is_active", "has_left", "closed_at", "is_delegate", "is_in_directory"):
        assert getattr(saved, name) == getattr(closed, name), name
    assert not AuditEntry.objects.filter(person=person, action="reopened").exists()


def test_who_was_moved_meanwhile_stays_moved(person: User, editor: User) -> None:
    late, other = read(person), EmployerFactory()
    actions.propose_transfer(person=person, to=other, by=editor)

    late.last_name = "Autre"
    late.save()

    saved = read(person)
    assert (saved.last_name, saved.association, saved.is_delegate) == ("Autre", other, False)


def test_the_log_tells_of_what_is_written_only(person: User, editor: User) -> None:
    late = read(person)
    actions.suspend(person=person, by=editor)
    late.is_superuser = True
    late.save()

    told = AuditEntry.objects.filter(person=person).order_by("pk").values_list("action", "detail")
    assert list(told)[-2:] == [("suspended", ""), ("given", "administrator")]


def test_a_suspension_in_the_middle_of_a_change_of_password_holds(
    client: Client, person: User, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.clear()
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    set_password = DefaultAccountAdapter.set_password

    def suspend_first(self: Any, user: User, password: str) -> None:
        actions.suspend(person=person, by=editor)
        set_password(self, user, password)

    monkeypatch.setattr(DefaultAccountAdapter, "set_password", suspend_first)
    data = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    client.post(reverse("account_change_password"), data)

    saved = read(person)
    assert saved.check_password(NEW)
    assert not saved.is_active
    assert client.get(reverse("members:dashboard")).status_code == 302


def test_everything_that_was_changed_is_saved(person: User) -> None:
    part = User.objects.only("email").get(pk=person.pk)
    part.phone = "02 222 22 22"
    part.save()
    whole = read(person)
    whole.spoken_languages.append("nl")
    whole.save()
    person.refresh_from_db()
    person.first_name = "Autre"
    person.save()
    person.first_name = "Mira"
    person.save()

    saved = read(person)
    assert (saved.phone, saved.spoken_languages, saved.first_name) == ("02 222 22 22", ["nl"], "Mira")


def test_nothing_is_written_where_nothing_changed(person: User, count_queries: Any) -> None:
    assert count_queries(read(person).save) == 0


def test_who_read_only_a_part_opens_nothing_again(person: User, editor: User) -> None:
    late = User.objects.defer("closed_at", "has_left").get(pk=person.pk)
    actions.end(person=person, by=editor)

    late.first_name = "Autre"
    late.save()

    saved = read(person)
    assert saved.has_left
    assert saved.closed_at
