"""The account of a person, as an administrator changes it in the CMS."""

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from members.models import User
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
