"""The account of a person, as an administrator changes it in the CMS."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.accounts import actions
from members.models import AuditEntry, User
from members.models.user import EDITORS_GROUP
from tests.factories.forms import errors_of, form_data
from tests.factories.people import PASSWORD, EmployerFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def administrator() -> Client:
    cache.clear()
    client = Client()
    client.force_login(UserFactory(is_superuser=True))
    return client


def signs_in_as(email: str) -> bool:
    client = Client()
    client.post("/fr/compte/login/", {"login": email, "password": PASSWORD})
    return "_auth_user_id" in client.session


def test_an_address_that_was_changed_opens_the_account_no_longer(administrator: Client) -> None:
    person = UserFactory(email="ancienne@example.org")
    url = reverse("wagtailusers_users:edit", args=[person.pk])
    assert signs_in_as("ancienne@example.org")

    response = administrator.post(url, form_data(administrator, url) | {"email": "Nouvelle@Example.org"})

    assert response.status_code == 302, errors_of(response)
    assert User.objects.get(pk=person.pk).email == "nouvelle@example.org"
    assert not signs_in_as("ancienne@example.org")
    assert not signs_in_as("nouvelle@example.org"), "it is confirmed by mail first"
    EmailAddress.objects.filter(user=person).update(verified=True)
    assert signs_in_as("Nouvelle@example.org")


def test_saving_a_person_keeps_the_confirmed_address(administrator: Client) -> None:
    person = UserFactory()
    url = reverse("wagtailusers_users:edit", args=[person.pk])

    administrator.post(url, form_data(administrator, url) | {"phone": "02 111 11 11"})

    assert EmailAddress.objects.get(user=person).verified
    assert signs_in_as(person.email)


def test_a_changed_address_needs_its_own_sign_in_elsewhere(administrator: Client) -> None:
    person = UserFactory()
    SocialAccount.objects.create(user=person, provider="alliance", uid="1")
    url = reverse("wagtailusers_users:edit", args=[person.pk])

    administrator.post(url, form_data(administrator, url) | {"phone": "02 111 11 11"})
    assert SocialAccount.objects.exists()
    administrator.post(url, form_data(administrator, url) | {"email": "nouvelle@example.org"})

    assert not SocialAccount.objects.exists()


def set_all(administrator: Client, people: list[User], *, mark_as_active: bool) -> None:
    address = reverse("wagtail_bulk_action", args=["members", "user", "set_active_state"])
    query = "&".join(f"id={person.pk}" for person in people)
    response = administrator.post(f"{address}?{query}", {"mark_as_active": str(mark_as_active)})
    assert response.status_code == 302


def test_accounts_closed_together_are_closed_like_each(administrator: Client) -> None:
    person = UserFactory()
    client = Client()
    client.post("/fr/compte/login/", {"login": person.email, "password": PASSWORD})
    assert UserSession.objects.filter(user=person).exists()

    set_all(administrator, [person], mark_as_active=False)

    person.refresh_from_db()
    assert (person.is_active, person.closed_at is None) == (False, False)
    assert not UserSession.objects.filter(user=person).exists()
    assert AuditEntry.objects.filter(person=person, action="suspended").count() == 1

    set_all(administrator, [person], mark_as_active=True)

    person.refresh_from_db()
    assert (person.is_active, person.closed_at) == (True, None)
    assert client.get("/fr/espace/").status_code == 302
    assert AuditEntry.objects.filter(person=person, action="reopened").count() == 1


def test_an_erased_account_stays_closed_among_others(administrator: Client) -> None:
    erased = UserFactory(is_active=False, erased_at=timezone.now())

    set_all(administrator, [erased], mark_as_active=True)

    assert not User.objects.get(pk=erased.pk).is_active


@pytest.mark.parametrize("close", [actions.suspend, actions.end])
def test_a_form_that_was_open_while_the_account_was_closed_opens_it_no_more(administrator: Client, close: Any) -> None:
    person = UserFactory(is_delegate=True)
    url = reverse("wagtailusers_users:edit", args=[person.pk])
    opened = form_data(administrator, url)
    close(person=person, by=UserFactory(is_editor=True))
    closed = User.objects.get(pk=person.pk)

    response = administrator.post(url, opened | {"phone": "02 111 11 11"})

    assert response.status_code == 302, errors_of(response)
    saved = User.objects.get(pk=person.pk)
    assert saved.phone == "02 111 11 11"
    for name in ("is_active", "has_left", "closed_at", "is_delegate", "is_in_directory"):
        assert getattr(saved, name) == getattr(closed, name), name


def test_an_old_form_gives_no_role_back_and_moves_nobody_back(administrator: Client) -> None:
    person, other = UserFactory(is_editor=True, is_superuser=True), EmployerFactory()
    url = reverse("wagtailusers_users:edit", args=[person.pk])
    opened = form_data(administrator, url)
    person.groups.clear()
    User.objects.filter(pk=person.pk).update(is_superuser=False, association=other)

    response = administrator.post(url, opened | {"first_name": "Autre"})

    assert response.status_code == 302, errors_of(response)
    saved = User.objects.get(pk=person.pk)
    assert (saved.first_name, saved.is_superuser, saved.association) == ("Autre", False, other)
    assert not saved.groups.exists()


def test_the_form_still_changes_everything(administrator: Client) -> None:
    person, other = UserFactory(spoken_languages=["fr"]), EmployerFactory()
    editors = Group.objects.get_or_create(name=EDITORS_GROUP)[0]
    url = reverse("wagtailusers_users:edit", args=[person.pk])
    changes = {"association": other.pk, "spoken_languages": ["nl"], "groups": [editors.pk], "is_delegate": "on"}

    response = administrator.post(url, form_data(administrator, url) | changes)

    assert response.status_code == 302, errors_of(response)
    saved = User.objects.get(pk=person.pk)
    assert (saved.association, saved.spoken_languages, saved.is_delegate) == (other, ["nl"], True)
    assert list(saved.groups.all()) == [editors]
    off = form_data(administrator, url)
    del off["is_active"], off["groups"]
    administrator.post(url, off)
    saved = User.objects.get(pk=person.pk)
    assert not saved.is_active
    assert not saved.groups.exists()
