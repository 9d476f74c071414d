"""A new password ends the private addresses of a calendar; whoever sets one fears that somebody else got in."""

import re
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from members.models import User
from news.models import FeedKey
from tests.factories.meetings import FeedKeyFactory
from tests.factories.people import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("homes")]


@pytest.fixture
def key(client: Client) -> FeedKey:
    """Of the person who is signed in."""
    cache.clear()  # limits on signing in
    made: FeedKey = FeedKeyFactory()
    client.force_login(made.owner)
    return made


def is_open(key: FeedKey) -> bool:
    return Client().get(key.get_absolute_url()).status_code == 200


def test_a_new_password_ends_the_addresses(client: Client, key: FeedKey) -> None:
    new = "kanaal-en-brug-1930"
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    data = {"oldpassword": PASSWORD, "password1": new, "password2": new}

    client.post(reverse("account_change_password"), data | {"oldpassword": "wrong-wrong-wrong"})
    assert is_open(key)
    client.post(reverse("account_change_password"), data)
    assert not is_open(key)


def test_a_password_that_was_forgotten_ends_them_too(
    client: Client, key: FeedKey, django_capture_on_commit_callbacks: Any
) -> None:
    stranger, new = Client(), "kanaal-en-brug-1930"
    with django_capture_on_commit_callbacks(execute=True):
        stranger.post(reverse("account_reset_password"), {"email": key.owner.email})
    assert is_open(key)  # asking for a new one changes nothing: anybody can

    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body).group(1)
    form = stranger.get(link, follow=True).request["PATH_INFO"]
    stranger.post(form, {"password1": new, "password2": new})

    assert not is_open(key)


def test_signing_in_with_an_old_kind_of_hash_leaves_them(client: Client, key: FeedKey, settings: Any) -> None:
    settings.PASSWORD_HASHERS = [*settings.PASSWORD_HASHERS, "django.contrib.auth.hashers.PBKDF2SHA1PasswordHasher"]
    old = make_password(PASSWORD, hasher="pbkdf2_sha1")
    User.objects.filter(pk=key.owner_id).update(password=old)

    Client().post(reverse("account_login"), {"login": key.owner.email, "password": PASSWORD})

    assert User.objects.get(pk=key.owner_id).password != old
    assert is_open(key)
