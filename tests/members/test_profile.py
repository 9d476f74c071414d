"""What people say of themselves."""

import pytest
from django.test import Client

from members.directory.actions import save_details
from members.models import User
from tests.factories.people import JobFunctionFactory, UserFactory
from tests.reading import errors, soup

pytestmark = pytest.mark.django_db
PAGE = {"fr": "/fr/espace/profil/", "nl": "/nl/ruimte/profiel/"}


@pytest.fixture
def person(client: Client) -> User:
    user = UserFactory(first_name="Mira", last_name="Peeters")
    client.force_login(user)
    return user


def details(**changes: object) -> dict[str, object]:
    return {"first_name": "Mira", "last_name": "Peeters", **changes}


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_details_are_saved(client: Client, person: User, language: str) -> None:
    function = JobFunctionFactory()
    data = details(
        job_function=function.pk,
        phone="02 123 45 67",
        spoken_languages=["nl", "ar"],
        ask_me_about="Horaires",
        is_in_directory="on",
    )

    response = client.post(PAGE[language], data, follow=True)

    assert soup(response).select_one(".notice")
    saved = User.objects.get(pk=person.pk)
    assert saved.job_function == function
    assert saved.spoken_languages == ["nl", "ar"]
    assert saved.is_in_directory
    assert soup(response).select_one("[name=phone]")["value"] == "02 123 45 67"


def test_one_can_leave_the_directory(client: Client, person: User) -> None:
    client.post(PAGE["fr"], details())

    assert not User.objects.get(pk=person.pk).is_in_directory


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("first_name", ""),
        ("phone", "rappelez-moi"),
        ("phone", "1" * 40),
        ("spoken_languages", "klingon"),
        ("job_function", "999999"),
        ("ask_me_about", "x" * 201),
    ],
)
def test_mistakes_are_said_next_to_their_field_and_nothing_is_lost(
    client: Client, person: User, field: str, value: str
) -> None:
    response = client.post(PAGE["fr"], details(last_name="Nouveau", **{field: value}))

    assert response.status_code == 422
    assert list(errors(response)) == [field]
    assert soup(response).select_one("[name=last_name]")["value"] == "Nouveau"
    assert User.objects.get(pk=person.pk).last_name == "Peeters"


def test_nobody_raises_the_own_rights(client: Client, person: User) -> None:
    elsewhere = UserFactory().association
    client.post(
        PAGE["fr"],
        details(
            is_delegate="on", is_superuser="on", is_staff="on", association=elsewhere.pk, email="chef@example.org"
        ),
    )

    saved = User.objects.get(pk=person.pk)
    assert (saved.is_delegate, saved.is_superuser, saved.is_staff) == (False, False, False)
    assert (saved.association, saved.email) == (person.association, person.email)


def test_the_page_leads_to_the_pages_of_the_account(client: Client, person: User) -> None:
    for link in soup(client.get(PAGE["nl"])).select("aside a"):
        assert client.get(link["href"]).status_code == 200, link["href"]


def test_what_people_write_is_text_not_markup(client: Client, person: User) -> None:
    client.post(PAGE["fr"], details(first_name="<script>alert(1)</script>"))

    for url in (PAGE["fr"], "/fr/espace/"):
        assert "<script>alert" not in client.get(url).content.decode()


def test_details_that_are_saved_late_open_no_account_again(person: User) -> None:
    read = User.objects.get(pk=person.pk)
    User.objects.filter(pk=person.pk).update(is_active=False, is_delegate=False)
    read.phone = "02 111 11 11"

    save_details(person=read, changed=["phone"])

    saved = User.objects.get(pk=person.pk)
    assert (saved.phone, saved.is_active, saved.is_delegate) == ("02 111 11 11", False, False)
