"""Signing in with another provider: a real OpenID Connect server runs here, and only invited people get in."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialLogin
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client, RequestFactory

from members.adapters import SocialAccountAdapter
from members.models import AuditEntry, Invitation, User
from tests.factories.people import InvitationFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("homes")]
LOGIN = "/fr/compte/oidc/alliance/login/"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The address of a provider, in a process of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if requests.get(f"{address}/.well-known/openid-configuration", timeout=5).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.1)
    pytest.fail("the provider did not start")


@pytest.fixture(autouse=True)
def _configured(settings: Any, provider: str) -> None:
    """As production reads it from OIDC_*."""
    cache.clear()
    app = {
        "provider_id": "alliance",
        "name": "Microsoft 365",
        "client_id": "otonom",
        "secret": "not-a-secret",
        "settings": {"server_url": provider},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}


def come_in(provider: str, sub: str, **claims: Any) -> Client:
    """Go through the provider's page as somebody, and come back with what it says of them."""
    requests.put(f"{provider}/users/{sub}", json=claims, timeout=5).raise_for_status()
    client = Client()
    outside = client.post(LOGIN)["Location"]
    assert outside.startswith(provider)
    back = requests.post(outside, data={"sub": sub}, allow_redirects=False, timeout=5).headers["Location"]
    parts = urlsplit(back)
    client.get(f"{parts.path}?{parts.query}", follow=True)
    return client


def is_in(client: Client) -> bool:
    return client.get("/fr/espace/").status_code == 200


def test_the_page_for_signing_in_offers_it(client: Client) -> None:
    page = BeautifulSoup(client.get("/fr/compte/login/").content, "html.parser")

    assert "Microsoft 365" in page.main.get_text()


def test_an_account_opens_under_its_confirmed_address(provider: str) -> None:
    person = UserFactory(email="anne@example.org")

    client = come_in(provider, "anne", email="Anne@example.org", email_verified=True)

    assert is_in(client)
    assert SocialAccount.objects.get().user == person


def test_an_address_that_the_provider_did_not_confirm_opens_nothing(provider: str) -> None:
    UserFactory(email="bram@example.org")
    InvitationFactory(email="carla@example.org")

    for name in ("bram", "carla"):
        assert not is_in(come_in(provider, f"{name}-unconfirmed", email=f"{name}@example.org", email_verified=False))
        assert not is_in(come_in(provider, f"{name}-silent", email=f"{name}@example.org"))
    assert not SocialAccount.objects.exists()
    assert not User.objects.filter(email="carla@example.org").exists()


def test_somebody_invited_accepts_without_a_password(provider: str) -> None:
    invitation = InvitationFactory(email="dina@example.org")
    claims = {"given_name": "Dina", "family_name": "Haddad", "email": "dina@example.org", "email_verified": True}

    assert is_in(come_in(provider, "dina", **claims))

    person = User.objects.get(email="dina@example.org")
    assert (str(person), person.association) == ("Dina Haddad", invitation.association)
    assert not person.has_usable_password()
    assert Invitation.objects.get().accepted_at
    assert AuditEntry.objects.filter(action="joined", person=person).exists()
    assert is_in(come_in(provider, "dina", **claims))
    assert User.objects.filter(email="dina@example.org").count() == 1


def test_a_stranger_gets_no_account(provider: str) -> None:
    assert not is_in(come_in(provider, "eva", email="eva@example.org", email_verified=True))
    assert not User.objects.exists()


def test_a_closed_account_and_an_old_invitation_open_nothing(provider: str) -> None:
    UserFactory(email="farid@example.org", is_active=False)
    InvitationFactory(email="greet@example.org", revoked_at="2026-01-01T00:00Z")

    for name in ("farid", "greet"):
        assert not is_in(come_in(provider, name, email=f"{name}@example.org", email_verified=True))


def test_a_delegate_still_sets_up_a_second_step(provider: str, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    UserFactory(email="hanne@example.org", is_delegate=True)

    client = come_in(provider, "hanne", email="hanne@example.org", email_verified=True)

    assert client.get("/fr/espace/")["Location"] == "/fr/compte/2fa/"


def test_an_address_that_somebody_only_wishes_to_have_opens_nothing_of_theirs(provider: str) -> None:
    somebody = UserFactory(email="ines@example.org")
    EmailAddress.objects.create(user=somebody, email="jan@example.org", verified=False)

    assert not is_in(come_in(provider, "jan", email="jan@example.org", email_verified=True))
    assert not SocialAccount.objects.exists()


def test_neither_a_foreign_letter_nor_a_word_confirms_an_address(provider: str) -> None:
    UserFactory(email="kim@example.org")
    InvitationFactory(email="lio@example.org")

    for name in ("k\u0131m", "l\u0131o"):
        assert not is_in(come_in(provider, name, email=f"{name}@example.org", email_verified=True))
    for name in ("kim", "lio"):
        assert not is_in(come_in(provider, name, email=f"{name}@example.org", email_verified="false"))
    assert not User.objects.filter(email="lio@example.org").exists()


def test_connecting_late_opens_no_account_again(rf: RequestFactory) -> None:
    request = rf.get(LOGIN)
    request.user = UserFactory()
    User.objects.update(is_active=False)

    SocialAccountAdapter(request).pre_social_login(request, SocialLogin(user=User()))
    request.user.save()

    assert not User.objects.get().is_active
