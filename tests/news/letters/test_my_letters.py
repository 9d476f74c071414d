"""Which letters one gets, and in which language: chosen in the member area, or stopped from a letter."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from members.models import User
from news.letters.choices import choice_of
from news.letters.stops import stop_url
from news.models import LetterChoice
from tests.factories.people import UserFactory
from tests.reading import errors, soup

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("homes")]
HOST = "http://127.0.0.1:8000"


@pytest.fixture
def person() -> User:
    return UserFactory()


@pytest.fixture
def signed_in(client: Client, person: User) -> Client:
    client.force_login(person)
    return client


def test_who_never_chose_gets_every_letter_in_french(signed_in: Client) -> None:
    form = soup(signed_in.get(reverse("news:my_letters"))).select_one("main form.form")

    assert form.select_one("[name=language][checked]")["value"] == "fr"
    assert all(form.select_one(f"[name={name}]").has_attr("checked") for name in ("gets_digest", "gets_comments"))


def test_the_choice_is_kept(signed_in: Client, person: User) -> None:
    for _time in range(2):
        answer = signed_in.post(reverse("news:my_letters"), {"language": "nl", "gets_comments": "on"}, follow=True)

    person.refresh_from_db()
    choice = LetterChoice.objects.get()
    assert (person.language, choice.gets_digest, choice.gets_comments) == ("nl", False, True)
    form = soup(answer).select_one("main form.form")
    assert form.select_one("[name=language][checked]")["value"] == "nl"


def test_a_language_that_is_not_ours_is_refused_and_the_rest_stays(signed_in: Client, person: User) -> None:
    answer = signed_in.post(reverse("news:my_letters"), {"language": "xx", "gets_comments": "on"})

    assert answer.status_code == 422
    assert set(errors(answer)) == {"language"}
    assert soup(answer).select_one("[name=gets_comments]").has_attr("checked")
    assert not LetterChoice.objects.exists()


def test_the_profile_leads_there(signed_in: Client) -> None:
    links = soup(signed_in.get(reverse("members:profile"))).select("main aside a")

    assert reverse("news:my_letters") in {link["href"] for link in links}


def path(person: User, field: str = "gets_digest") -> str:
    return stop_url(person, field).removeprefix(HOST)


@pytest.mark.parametrize("field", ["gets_digest", "gets_comments"])
def test_one_click_of_a_mail_program_stops_the_letters(person: User, field: str) -> None:
    program = Client(enforce_csrf_checks=True)
    address = path(person, field)

    for _time in range(2):
        answer = program.post(address, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200

    choice = choice_of(person)
    assert not getattr(choice, field)
    assert choice.gets_digest != choice.gets_comments
    assert not answer.cookies


def test_following_the_link_asks_first_in_the_language_of_the_person() -> None:
    person, visitor = UserFactory(language="nl"), Client()

    page = visitor.get(path(person))

    assert soup(page).html["lang"] == "nl"
    assert choice_of(person).gets_digest
    assert "no-store" in page["Cache-Control"]
    assert soup(page).select_one("meta[name=robots]")["content"].startswith("noindex")
    form = soup(page).select_one("main form[method=post]")
    assert form.select_one("button")
    assert soup(visitor.post(path(person))).select_one("[data-state=done]")
    assert soup(visitor.get(path(person))).select_one("[data-state=done]")
    assert not choice_of(person).gets_digest


@pytest.mark.parametrize("token", ["x", "W10:x", "a\0b"])
def test_a_made_up_link_changes_nothing(person: User, token: str) -> None:
    with override("fr"):
        address = reverse("news:stop_letters", args=[token])

    assert Client().post(address).status_code == 410
    assert not LetterChoice.objects.exists()


def test_the_link_of_one_person_is_not_that_of_another(person: User) -> None:
    other = UserFactory()
    token = path(person).split("/")[3]
    forged = token.replace(token.split(":")[0], path(other).split("/")[3].split(":")[0])

    assert Client().post(reverse("news:stop_letters", args=[forged])).status_code == 410
