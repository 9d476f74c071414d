"""The account of a person, as an administrator changes it in the CMS."""

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.models import AuditEntry, User
from tests.factories.forms import errors_of, form_data
from tests.factories.people import PASSWORD, UserFactory

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
