"""Nobody learns from the site who has an account: known, unknown and closed addresses get the same answer."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, check_password, identify_hasher
from django.core import mail
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from home.models import HomePage
from members.models import User
from news.models import FeedKey
from tests.attacks.surface import forget_counts
from tests.factories.people import PASSWORD, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("homes")]

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


@pytest.fixture
def addresses(homes: dict[str, HomePage]) -> list[str]:
    """Somebody, nobody, somebody whose account is closed, and somebody without a password."""
    without = UserFactory()
    without.set_unusable_password()
    without.save()
    return [UserFactory().email, "personne@example.org", UserFactory(is_active=False).email, without.email]


def answers(addresses: list[str], ask: Callable[[Client, str], object]) -> set[tuple[int, str, str]]:
    """The different answers to these addresses, apart from the address itself."""
    found = set()
    for address in addresses:
        forget_counts()
        response = ask(Client(), address)
        text = TOKEN.sub("", response.content.decode()).replace(address, "X")
        found.add((response.status_code, response.headers.get("Location", ""), text))
    return found


def test_signing_in_tells_nobody_who_has_an_account(addresses: list[str]) -> None:
    wrong = {"password": "a wrong password"}
    assert (
        len(answers(addresses, lambda client, email: client.post("/fr/compte/login/", wrong | {"login": email}))) == 1
    )


def test_too_many_tries_tell_it_neither(addresses: list[str]) -> None:
    def insist(client: Client, email: str) -> object:
        for _time in range(6):
            response = client.post("/fr/compte/login/", {"login": email, "password": "a wrong password"})
        return response

    assert len(answers(addresses, insist)) == 1


def test_a_forgotten_password_tells_it_neither(
    addresses: list[str], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    def forget(client: Client, email: str) -> object:
        with django_capture_on_commit_callbacks(execute=True):
            return client.post("/fr/compte/password/reset/", {"email": email}, follow=True)

    assert len(answers(addresses, forget)) == 1
    assert [letter.to for letter in mail.outbox] == [[addresses[0]], [addresses[3]]]


def test_passwords_are_kept_by_argon2_and_old_ones_once_their_owner_signs_in(
    client: Client, settings: Settings
) -> None:
    from config.settings import base  # noqa: PLC0415

    settings.PASSWORD_HASHERS = base.PASSWORD_HASHERS
    somebody = UserFactory()
    assert somebody.password.startswith("argon2$argon2id$v=19$m=47104,t=2,p=1$")
    User.objects.filter(pk=somebody.pk).update(password=PBKDF2PasswordHasher().encode(PASSWORD, "salt", 1000))
    key = FeedKey.objects.create(owner=somebody)

    assert client.post("/fr/compte/login/", {"login": somebody.email, "password": PASSWORD}).status_code == 302

    somebody.refresh_from_db()
    assert identify_hasher(somebody.password).algorithm == "argon2"
    assert check_password(PASSWORD, somebody.password)
    assert client.get("/fr/espace/").status_code == 200
    assert FeedKey.objects.filter(pk=key.pk).exists()


def test_a_new_password_ends_the_other_sessions(client: Client) -> None:
    somebody, elsewhere = UserFactory(), Client()
    for browser in (client, elsewhere):
        forget_counts()
        browser.post("/fr/compte/login/", {"login": somebody.email, "password": PASSWORD})
    new = "kanaal-en-brug-1930"
    client.post("/fr/compte/reauthenticate/", {"password": PASSWORD})
    client.post("/fr/compte/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert (client.get("/fr/espace/").status_code, elsewhere.get("/fr/espace/").status_code) == (200, 302)
