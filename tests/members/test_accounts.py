"""Signing in, forgetting one's password, and what strangers learn: nothing."""

import re

import pytest
from django.conf import settings as project
from django.core import mail
from django.core.cache import cache
from django.test import Client

from members.accounts import forgotten
from members.models import User
from tests.factories.people import PASSWORD, UserFactory
from tests.reading import errors, main_text, soup

pytestmark = pytest.mark.django_db
LOGIN = {"fr": "/fr/compte/login/", "nl": "/nl/account/login/"}
NEW = "kanaal-en-brug-1930"
RESET = {"fr": "/fr/compte/password/reset/", "nl": "/nl/account/password/reset/"}
DASHBOARD = {"fr": "/fr/espace/", "nl": "/nl/ruimte/"}


@pytest.fixture(autouse=True)
def _no_limits_left() -> None:
    cache.clear()


def sign_in(client: Client, user: User, password: str = PASSWORD, url: str = LOGIN["fr"]) -> object:
    return client.post(url, {"login": user.email, "password": password})


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_signing_in_leads_to_the_member_area(client: Client, language: str) -> None:
    response = sign_in(client, UserFactory(), url=LOGIN[language])

    assert response["Location"] == DASHBOARD[language]
    assert client.get(DASHBOARD[language]).status_code == 200


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_the_page_is_ours_in_its_language_and_not_indexed(client: Client, language: str) -> None:
    page = soup(client.get(LOGIN[language]))

    assert page.html["lang"] == language
    assert page.select_one(".site-header")
    assert page.select_one("meta[name=robots]")["content"] == "noindex"
    assert page.select_one("input[name=login][type=email]")
    assert page.select_one("input[name=password][autocomplete=current-password]")
    assert page.select_one(".languages a")["href"] in LOGIN.values()


def test_after_signing_in_one_comes_back_to_where_one_was(client: Client) -> None:
    asked = client.get("/fr/espace/bibliotheque/?theme=finances")
    form = soup(client.get(asked["Location"])).select_one("input[name=next]")

    response = client.post(LOGIN["fr"], {"login": UserFactory().email, "password": PASSWORD, "next": form["value"]})

    assert response["Location"] == "/fr/espace/bibliotheque/?theme=finances"


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_nobody_is_led_to_another_site(client: Client, target: str) -> None:
    data = {"login": UserFactory().email, "password": PASSWORD, "next": target}

    assert client.post(LOGIN["fr"], data)["Location"] == DASHBOARD["fr"]


def test_a_wrong_password_and_an_unknown_address_look_the_same(client: Client) -> None:
    known = client.post(LOGIN["fr"], {"login": UserFactory().email, "password": "wrong-wrong-wrong"})
    cache.clear()
    unknown = Client().post(LOGIN["fr"], {"login": "personne@example.org", "password": "wrong-wrong-wrong"})

    assert known.status_code == unknown.status_code == 200
    assert main_text(known) == main_text(unknown)


@pytest.mark.parametrize("state", [{"is_active": False}, {"is_delegate": True}, {"is_superuser": True}])
def test_a_wrong_password_tells_nothing_of_an_account(client: Client, state: dict[str, bool]) -> None:
    known = client.post(LOGIN["fr"], {"login": UserFactory(**state).email, "password": "wrong-wrong-wrong"})
    cache.clear()
    unknown = Client().post(LOGIN["fr"], {"login": "personne@example.org", "password": "wrong-wrong-wrong"})

    assert main_text(known) == main_text(unknown)


def test_strangers_wait_as_long_as_members_after_many_tries() -> None:
    answers = []
    for email in (UserFactory().email, "personne@example.org"):
        cache.clear()
        data = {"login": email, "password": "wrong-wrong-wrong"}
        answers.append([main_text(Client().post(LOGIN["fr"], data)) for _ in range(7)])

    assert answers[0] == answers[1]
    assert answers[0][0] != answers[0][-1]  # the last ones say to wait


def test_a_closed_account_does_not_open(client: Client) -> None:
    sign_in(client, UserFactory(is_active=False))

    assert client.get(DASHBOARD["fr"]).status_code == 302


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_a_forgotten_password_is_replaced_by_mail(
    client: Client, language: str, django_capture_on_commit_callbacks: object
) -> None:
    user = UserFactory()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(RESET[language], {"email": user.email})
    [letter] = mail.outbox
    link = re.search(r"http://testserver(/\S+)", letter.body).group(1)
    assert link.startswith(f"/{language}/")

    page = client.get(link, follow=True)
    action = page.request["PATH_INFO"]
    client.post(action, {"password1": NEW, "password2": NEW})

    sign_in(client, user, NEW)
    assert client.get(DASHBOARD["fr"]).status_code == 200
    assert "http" in client.get(link, follow=True).content.decode()
    assert not soup(client.get(link, follow=True)).select("input[name=password1]")


def signed_in_twice(user: User) -> tuple[Client, Client]:
    firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
    here, elsewhere = Client(), Client(headers={"user-agent": firefox})
    for place in (elsewhere, here):
        sign_in(place, user)
        assert place.get(DASHBOARD["fr"]).status_code == 200
    return here, elsewhere


def test_a_new_password_ends_every_other_session() -> None:
    here, elsewhere = signed_in_twice(UserFactory())
    data = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}

    here.post("/fr/compte/password/change/", data | {"oldpassword": "wrong-wrong-wrong"})
    assert elsewhere.get(DASHBOARD["fr"]).status_code == 200
    here.post("/fr/compte/password/change/", data)

    assert here.get(DASHBOARD["fr"]).status_code == 200
    assert "Firefox" not in main_text(here.get("/fr/compte/sessions/"))
    assert elsewhere.get(DASHBOARD["fr"]).status_code == 302


def test_a_password_that_was_forgotten_ends_every_session(django_capture_on_commit_callbacks: object) -> None:
    user = UserFactory()
    places = signed_in_twice(user)
    stranger = Client()
    with django_capture_on_commit_callbacks(execute=True):
        stranger.post(RESET["fr"], {"email": user.email})
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body).group(1)
    form = stranger.get(link, follow=True).request["PATH_INFO"]

    stranger.post(form, {"password1": NEW, "password2": NEW})

    assert User.objects.get().check_password(NEW)
    assert [place.get(DASHBOARD["fr"]).status_code for place in places] == [302, 302]


def test_a_reset_waits_for_the_rest_of_its_time_whoever_asks(
    client: Client, homes: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr(forgotten.time, "sleep", waited.append)
    for email in (UserFactory().email, "personne@example.org"):
        assert client.post(RESET["fr"], {"email": email}).status_code == 302
    assert len(waited) == 2
    assert all(0 <= seconds <= forgotten.AS_LONG for seconds in waited)  # none is left on a slow machine


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_a_reset_never_tells_whether_there_is_an_account(
    client: Client, language: str, django_capture_on_commit_callbacks: object
) -> None:
    answers = []
    for email in (UserFactory().email, "personne@example.org", UserFactory(is_active=False).email):
        cache.clear()
        with django_capture_on_commit_callbacks(execute=True):
            response = Client().post(RESET[language], {"email": email}, follow=True)
        answers.append((response.redirect_chain, main_text(response)))

    assert answers[0] == answers[1] == answers[2]
    assert len(mail.outbox) == 1  # strangers and closed accounts get no letter


def test_weak_passwords_are_refused_next_to_the_field(
    client: Client, django_capture_on_commit_callbacks: object
) -> None:
    sign_in(client, UserFactory())
    client.post("/fr/compte/reauthenticate/", {"password": PASSWORD})
    data = {"oldpassword": PASSWORD, "password1": "court", "password2": "court"}

    response = client.post("/fr/compte/password/change/", data)

    assert "password1" in errors(response) or "password2" in errors(response)
    assert User.objects.get().check_password(PASSWORD)


@pytest.mark.parametrize("url", ["/fr/compte/signup/", "/nl/account/signup/", "/fr/compte/3rdparty/signup/"])
def test_a_stranger_cannot_sign_up(client: Client, url: str) -> None:
    data = {"email": "intrus@example.org", "password1": PASSWORD, "password2": PASSWORD}

    shown, posted = client.get(url, follow=True), client.post(url, data, follow=True)

    assert not soup(shown).select("input[name=password1]")
    assert posted.status_code == 200
    assert not User.objects.exists()
    assert mail.outbox == []


def test_too_many_tries_get_a_clear_page(client: Client) -> None:
    user = UserFactory()
    for _ in range(6):
        response = sign_in(client, user, "wrong-wrong-wrong")
    assert "password" in response.content.decode()
    assert client.get(DASHBOARD["fr"]).status_code == 302
    sign_in(client, user)
    assert client.get(DASHBOARD["fr"]).status_code == 302  # even the right one waits

    for _ in range(30):
        response = Client().post(RESET["fr"], {"email": "x@example.org"})
    assert response.status_code == 429
    assert soup(response).h1
    assert soup(response).select_one(".site-header")


@pytest.mark.ignore_template_errors
def test_the_cms_has_no_door_of_its_own(client: Client) -> None:
    response = client.get("/admin/login/?next=/admin/pages/")
    assert response.status_code == 302
    assert re.match(r"/(fr|nl)/(compte|account)/login/\?next=%2Fadmin%2Fpages%2F$", response["Location"])

    UserFactory(email="chef@example.org", is_superuser=True)
    client.post("/admin/login/", {"username": "chef@example.org", "password": PASSWORD})
    assert client.get("/admin/").status_code == 302

    assert client.get("/admin/password_reset/", follow=True).status_code == 404
    elsewhere = client.get("/admin/login/?next=https://evil.example/")["Location"]
    assert "evil" not in elsewhere


def test_each_language_has_its_words_in_the_letters(
    client: Client, django_capture_on_commit_callbacks: object
) -> None:
    user = UserFactory()
    for url in RESET.values():
        cache.clear()
        with django_capture_on_commit_callbacks(execute=True):
            client.post(url, {"email": user.email})

    french, dutch = mail.outbox
    assert french.subject.startswith(project.ACCOUNT_EMAIL_SUBJECT_PREFIX)
    assert french.body != dutch.body
    assert "&#" not in french.body + dutch.body
