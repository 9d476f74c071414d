"""Odd answers to the questions of a second step, and odd forms of somebody who just said who they are.

What a browser answers for a passkey is JSON with CBOR in it, which anybody can make up, before signing in too.
"""

import json
import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import STATE_SESSION_KEY, WebAuthn
from django.db import transaction
from django.test import Client
from django.utils.translation import override
from fido2 import cbor
from fido2.utils import websafe_decode, websafe_encode
from hypothesis import given

from members.models import User
from tests.attacks.odd_keys import MANY_BYTES, changed, flipped, inside, odd_answers
from tests.attacks.surface import EXAMPLES, explore, forget_counts, forms_of, undone
from tests.attacks.test_odd_values import check, drawing, fill_in
from tests.crawling import view_name
from tests.factories.home import make_homes
from tests.factories.people import PASSWORD, UserFactory
from tests.security_key import SecurityKey

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
SIGN_IN = "/fr/compte/login/"
SECOND_STEP = "/fr/compte/2fa/authenticate/"
BY_KEY = "/fr/compte/2fa/webauthn/login/"
NEW_KEY = "/fr/compte/2fa/webauthn/add/"
AGAIN = "/fr/compte/2fa/webauthn/reauthenticate/"
OWN_FORMS = ("mfa_", "account_", "usersessions_")


@pytest.fixture(scope="module")
def person(django_db_setup: None, django_db_blocker: Any) -> Iterator[User]:
    """Somebody with an application for codes, a security key and codes on paper, all of them set up."""
    with django_db_blocker.unblock(), transaction.atomic(), override("fr"):
        make_homes()
        person = UserFactory()
        person.key = SecurityKey(user_pk_to_url_str(person))
        TOTP.activate(person, "JBSWY3DPEHPK3PXP")
        RecoveryCodes.activate(person)
        WebAuthn.add(person, "Ma clé", person.key.added("AAAA"))
        yield person
        transaction.set_rollback(True)


@pytest.fixture
def client(person: User, db: None) -> Client:
    """A browser, in which nobody signed in yet, of a site that is reached safely."""
    forget_counts()
    return Client(SERVER_PORT="443", **{"wsgi.url_scheme": "https"})


def ask_who(client: Client, url: str) -> str:
    """Have the site ask for a security key, as the script or the page does; gives the challenge."""
    kind = "application/json" if url == BY_KEY else "text/html"
    assert client.get(url, headers={"accept": kind}).status_code == 200
    challenge: str = client.session[STATE_SESSION_KEY]["challenge"]
    return challenge


def password_given(client: Client, person: User) -> None:
    client.post(SIGN_IN, {"login": person.email, "password": PASSWORD})


def signed_in(client: Client, person: User) -> None:
    """With the password and the key, just now."""
    password_given(client, person)
    answer = person.key.signed(ask_who(client, SECOND_STEP))
    client.post(SECOND_STEP, {"credential": json.dumps(answer)})
    say_again(client)


def say_again(client: Client) -> None:
    """Give the password once more, as every change of how one signs in asks."""
    assert is_signed_in(client)
    client.post("/fr/compte/reauthenticate/", {"password": PASSWORD})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def answer_oddly(client: Client, url: str, right: dict[str, Any], **fields: str) -> None:
    """What each odd answer gets is an answer of the site; nothing of it stays."""

    @drawing(url, EXAMPLES * 40)
    @given(odd_answers(right))
    def answers(answer: str) -> None:
        check(undone(client, lambda: client.post(url, {"credential": answer, **fields})))

    answers()


def test_the_right_answer_signs_in(client: Client, person: User) -> None:
    """So what is changed in the other tests is what the site would believe."""
    answer = person.key.signed(ask_who(client, BY_KEY))
    client.post(BY_KEY, {"credential": json.dumps(answer)})

    assert is_signed_in(client)


def test_the_right_answer_adds_a_key(client: Client, person: User) -> None:
    signed_in(client, person)
    answer = SecurityKey(f"another {person.pk}").added(ask_who(client, NEW_KEY))
    client.post(NEW_KEY, {"name": "Autre", "passwordless": "on", "credential": json.dumps(answer)})

    assert Authenticator.objects.filter(user=person, type="webauthn").count() == 2


def test_odd_keys_of_who_is_not_signed_in(client: Client, person: User) -> None:
    answer_oddly(client, BY_KEY, person.key.signed(ask_who(client, BY_KEY)))


def test_odd_keys_as_a_second_step(client: Client, person: User) -> None:
    password_given(client, person)
    answer_oddly(client, SECOND_STEP, person.key.signed(ask_who(client, SECOND_STEP)))


def test_odd_keys_of_who_says_again_who_they_are(client: Client, person: User) -> None:
    signed_in(client, person)
    answer_oddly(client, AGAIN, person.key.signed(ask_who(client, AGAIN)))


def test_odd_new_keys(client: Client, person: User) -> None:
    signed_in(client, person)
    answer_oddly(client, NEW_KEY, SecurityKey(f"another {person.pk}").added(ask_who(client, NEW_KEY)), name="Clé")


OTHERWISE: dict[str, Callable[[dict[str, Any]], Any]] = {
    "challenge": lambda _response: websafe_encode(bytes(32)),
    "origin": lambda _response: "https://evil.example",
    "type": lambda _response: "webauthn.create",
    "signature": lambda response: flipped(response["signature"], 20),
    "authenticatorData": lambda response: flipped(response["authenticatorData"], 32, by=4),  # not verified
    "userHandle": lambda _response: websafe_encode(b"999999"),
    "rawId": lambda _response: websafe_encode(b"other"),
}


@pytest.mark.parametrize("place", OTHERWISE)
def test_nothing_else_signs_in(client: Client, person: User, place: str) -> None:
    answer = person.key.signed(ask_who(client, BY_KEY))
    odd = OTHERWISE[place](answer["response"])
    if place == "type":
        inside(answer, place, odd)
    else:
        changed(answer, place, odd)
    if place == "rawId":
        answer["id"] = odd
    client.post(BY_KEY, {"credential": json.dumps(answer)})

    assert not is_signed_in(client)


@pytest.mark.parametrize("results", [None, {}, {"credProps": None}, {"credProps": {}}, {"credProps": {"rk": True}}])
def test_a_browser_may_say_less(client: Client, person: User, results: Any) -> None:
    answer = person.key.signed(ask_who(client, BY_KEY)) | {"clientExtensionResults": results}
    del answer["authenticatorAttachment"]
    answer["response"] |= {"transports": ["internal"], "publicKeyAlgorithm": -7}  # as a key's own JSON has it
    client.post(BY_KEY, {"credential": json.dumps(answer)})

    assert is_signed_in(client)


def most_memory(ask: Callable[[], Any]) -> int:
    tracemalloc.start()
    ask()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


@pytest.mark.parametrize(
    "place",
    ["rawId", "response", "clientDataJSON", "authenticatorData", "signature", "userHandle", "challenge", "origin"],
)
def test_a_number_in_place_of_bytes_takes_no_memory(client: Client, person: User, place: str) -> None:
    """Anybody could have had the process ask for so many bytes of zeros."""
    answer = changed(person.key.signed(ask_who(client, BY_KEY)), place, MANY_BYTES)

    assert most_memory(lambda: client.post(BY_KEY, {"credential": json.dumps(answer)})) < MANY_BYTES / 3
    assert not is_signed_in(client)


def test_nor_does_it_in_a_new_key(client: Client, person: User) -> None:
    signed_in(client, person)
    answer = changed(person.key.added(ask_who(client, NEW_KEY)), "authData", MANY_BYTES)

    assert (
        most_memory(lambda: client.post(NEW_KEY, {"name": "Clé", "credential": json.dumps(answer)})) < MANY_BYTES / 3
    )


def test_a_long_list_is_not_read(client: Client, person: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would take a minute: for each item the rest is copied."""
    answer = person.key.signed(ask_who(client, BY_KEY))
    data = bytearray(websafe_decode(answer["response"]["authenticatorData"]))
    data[32] |= 0x80  # something follows
    long = websafe_encode(bytes(data) + cbor.encode([1] * 20_000))
    monkeypatch.setattr(cbor, "decode_from", lambda data: pytest.fail(f"read {len(data)} bytes"))
    client.post(BY_KEY, {"credential": json.dumps(changed(answer, "authenticatorData", long))})

    assert not is_signed_in(client)


def test_a_key_is_kept_in_its_plain_form(client: Client, person: User) -> None:
    """Nothing that was sent besides: who made it, a text of any kind; and it signs in."""
    signed_in(client, person)
    key = SecurityKey(user_pk_to_url_str(person))
    answer = key.added(ask_who(client, NEW_KEY))
    inside(answer, "attStmt", {"alg": -7, "junk": "junk"})
    answer |= {"type": ["junk\0"], "junk": "junk", "authenticatorAttachment": "junk"}
    answer["clientExtensionResults"]["junk"] = "junk"
    Authenticator.objects.filter(type="webauthn").delete()
    client.post(NEW_KEY, {"name": "Autre", "passwordless": "on", "credential": json.dumps(answer)})
    kept = Authenticator.objects.get(type="webauthn").data["credential"]

    assert "junk" not in json.dumps(kept)
    assert cbor.decode(websafe_decode(kept["response"]["attestationObject"]))["attStmt"] == {}
    visitor = Client(SERVER_PORT="443", **{"wsgi.url_scheme": "https"})
    visitor.post(BY_KEY, {"credential": json.dumps(key.signed(ask_who(visitor, BY_KEY)))})
    assert is_signed_in(visitor)


@pytest.mark.parametrize("has_second_step", [True, False])
def test_odd_forms_of_who_just_said_who_they_are(
    client: Client, person: User, has_second_step: bool, settings: Any
) -> None:
    """Codes, names of keys, new codes on paper, taking a step away; and setting up the first one."""
    if has_second_step:
        signed_in(client, person)
    else:
        password_given(client, UserFactory())
        say_again(client)
    pages = explore(client, limit=80, languages=["fr"])
    forms = [one for one in forms_of(pages) if one.method == "post" and is_of_the_account(view_name(one.action))]
    for form in forms:
        fill_in(client, form)
    print(f"\n{sorted(view_name(form.action) for form in forms)}")
    assert len(forms) > 4


def is_of_the_account(name: str) -> bool:
    return name.startswith(OWN_FORMS) and name != "account_logout"


@pytest.mark.parametrize("url", [SECOND_STEP, "/nl/account/2fa/authenticate/"])
def test_odd_codes_as_a_second_step(client: Client, person: User, url: str) -> None:
    password_given(client, person)
    forms = [form for form in forms_of({url: client.get(url).content.decode()}) if form.action == url]
    for form in forms:
        fill_in(client, form)
    assert len(forms) == 2
