"""The second step, recovery codes, sessions, and changing one's address."""

import re

import pytest
from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.test import Client

from members.models import User
from tests.factories.people import PASSWORD, UserFactory
from tests.reading import main_text, soup

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"
LOGIN = "/fr/compte/login/"


@pytest.fixture(autouse=True)
def _no_limits_left() -> None:
    cache.clear()


@pytest.fixture
def user() -> User:
    return UserFactory()


def code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def sign_in(client: Client, user: User, **extra: str) -> object:
    return client.post(LOGIN, {"login": user.email, "password": PASSWORD, **extra}, follow=True)


def confirm(client: Client) -> None:
    """Say again who one is, as every change of how one signs in asks."""
    client.post("/fr/compte/reauthenticate/", {"password": PASSWORD})


def test_an_app_is_set_up_and_then_asked_for(client: Client, user: User) -> None:
    sign_in(client, user)
    confirm(client)
    page = soup(client.get("/fr/compte/2fa/totp/activate/"))
    secret = page.select_one(".secret").get_text(strip=True)
    assert page.select_one("img.qr")["src"].startswith("data:image/svg+xml")

    client.post("/fr/compte/2fa/totp/activate/", {"code": code(secret)})

    assert Authenticator.objects.filter(user=user, type="totp").exists()
    stranger = Client()
    asked = sign_in(stranger, user)
    assert asked.request["PATH_INFO"] == "/fr/compte/2fa/authenticate/"
    assert stranger.get("/fr/espace/").status_code == 302


def test_the_second_step_opens_with_the_right_code_only(client: Client, user: User) -> None:
    TOTP.activate(user, SECRET)
    sign_in(client, user, next="/fr/espace/bibliotheque/")

    client.post("/fr/compte/2fa/authenticate/", {"code": "000000"})
    assert client.get("/fr/espace/").status_code == 302
    response = client.post("/fr/compte/2fa/authenticate/", {"code": code(SECRET)})

    assert response["Location"] == "/fr/espace/bibliotheque/"
    assert client.get("/fr/espace/").status_code == 200


@pytest.mark.ignore_template_errors
def test_the_cms_does_not_open_before_the_second_step(client: Client) -> None:
    chef = UserFactory(is_superuser=True)
    TOTP.activate(chef, SECRET)
    sign_in(client, chef, next="/admin/")

    assert client.get("/admin/").status_code == 302
    client.post("/fr/compte/2fa/authenticate/", {"code": code(SECRET)})
    assert client.get("/admin/").status_code == 200


def test_a_recovery_code_works_once(client: Client, user: User) -> None:
    TOTP.activate(user, SECRET)
    one, *_others = RecoveryCodes.activate(user).generate_codes()

    for place, expected in ((client, 200), (Client(), 302)):
        cache.clear()
        sign_in(place, user)
        place.post("/fr/compte/2fa/authenticate/", {"code": one})
        assert place.get("/fr/espace/").status_code == expected


@pytest.mark.parametrize(
    "page", ["", "totp/activate/", "recovery-codes/generate/", "webauthn/", "webauthn/add/", "totp/deactivate/"]
)
@pytest.mark.parametrize("prefix", ["/fr/compte/2fa/", "/nl/account/2fa/"])
def test_every_page_is_ours_and_without_inline_script(client: Client, user: User, prefix: str, page: str) -> None:
    sign_in(client, user)
    confirm(client)
    if page.startswith(("recovery", "totp/deactivate")):
        TOTP.activate(user, SECRET)

    response = client.get(prefix + page)

    assert response.status_code == 200
    assert soup(response).select_one(".member-bar")
    for script in soup(response).select("script:not([src])"):
        assert script["type"] == "application/json"  # data, not code
    assert "style=" not in response.content.decode()
    assert not re.search(r"\son\w+=", str(soup(response).main))
    assert "'unsafe-inline'" not in response["Content-Security-Policy"]


@pytest.mark.parametrize("page", ["2fa/totp/activate/", "2fa/webauthn/add/"])
def test_changing_how_one_signs_in_asks_again_who_one_is(client: Client, user: User, page: str) -> None:
    sign_in(client, user)
    url = f"/fr/compte/{page}"

    asked = client.get(url, follow=True)
    assert asked.request["PATH_INFO"] == "/fr/compte/reauthenticate/"
    client.post(f"/fr/compte/reauthenticate/?next={url}", {"password": "wrong-wrong-wrong"})
    assert client.get(url).status_code == 302
    again = client.post(f"/fr/compte/reauthenticate/?next={url}", {"password": PASSWORD})
    assert again["Location"] == url
    assert client.get(url).status_code == 200


def test_a_passkey_needs_a_challenge_and_a_real_answer(client: Client, user: User) -> None:
    challenge = client.get("/fr/compte/2fa/webauthn/login/", headers={"Accept": "application/json"}).json()
    assert challenge["request_options"]["publicKey"]["challenge"]

    client.post("/fr/compte/2fa/webauthn/login/", {"credential": "{}"})

    assert client.get("/fr/espace/").status_code == 302


def test_one_sees_and_ends_ones_sessions(client: Client, user: User) -> None:
    firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
    elsewhere = Client(headers={"user-agent": firefox})
    sign_in(elsewhere, user)
    sign_in(client, user)

    assert "Firefox, Windows" in main_text(client.get("/fr/compte/sessions/"))
    client.post("/fr/compte/sessions/")

    assert client.get("/fr/espace/").status_code == 200
    assert elsewhere.get("/fr/espace/").status_code == 302
    assert "Firefox" not in main_text(client.get("/fr/compte/sessions/"))


@pytest.mark.parametrize("has_second_step", [False, True])
def test_an_address_changes_only_once_it_is_confirmed(
    client: Client, user: User, django_capture_on_commit_callbacks: object, has_second_step: bool
) -> None:
    sign_in(client, user)
    confirm(client)
    if has_second_step:
        TOTP.activate(user, SECRET)
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/fr/compte/email/", {"email": "neuve@example.org", "action_add": ""})
    assert User.objects.get().email == user.email

    letter = next(letter for letter in mail.outbox if letter.to == ["neuve@example.org"])
    link = re.search(r"http://testserver(/\S+)", letter.body).group(1)
    client.post(link)

    assert User.objects.get().email == "neuve@example.org"


def test_an_address_does_not_change_on_a_computer_left_open(client: Client, user: User) -> None:
    sign_in(client, user)

    response = client.post("/fr/compte/email/", {"email": "neuve@example.org", "action_add": ""}, follow=True)

    assert response.request["PATH_INFO"] == "/fr/compte/reauthenticate/"
    assert mail.outbox == []


def test_an_address_of_somebody_else_is_refused_without_saying_so(
    client: Client, user: User, django_capture_on_commit_callbacks: object
) -> None:
    other = UserFactory()
    answers = []
    sign_in(client, user)
    confirm(client)
    for email in (other.email, "libre@example.org"):
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post("/fr/compte/email/", {"email": email, "action_add": ""}, follow=True)
        answers.append(main_text(response).replace(email, "X"))

    assert answers[0] == answers[1]
    assert User.objects.get(pk=other.pk).email == other.email


def test_a_change_is_told_by_mail(client: Client, user: User, django_capture_on_commit_callbacks: object) -> None:
    sign_in(client, user)
    confirm(client)
    new = "kanaal-en-brug-1930"
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/fr/compte/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    [letter] = mail.outbox
    assert letter.to == [user.email]
    assert "127.0.0.1" in letter.body


@pytest.mark.parametrize("path", ["/fr/_util/login/", "/nl/_util/login/"])
def test_wagtails_own_sign_in_which_knows_no_second_step_is_closed(client: Client, user: User, path: str) -> None:
    TOTP.activate(user, SECRET)
    response = client.post(path, {"username": user.email, "password": PASSWORD})
    assert response.status_code == 404
    assert "_auth_user_id" not in client.session


def test_a_password_that_is_set_late_opens_no_account_again(user: User) -> None:
    read = User.objects.get(pk=user.pk)
    User.objects.filter(pk=user.pk).update(is_active=False)

    get_adapter().set_password(read, "margriet-en-distel")

    saved = User.objects.get(pk=user.pk)
    assert not saved.is_active
    assert saved.check_password("margriet-en-distel")
