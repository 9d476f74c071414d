"""Cards for the telephone book of a phone, read back by another program."""

from typing import Any

import pytest
import vobject
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from members.models import User
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
AWKWARD = "Zoë; l'été, \\ 5 % «ÿ» – ñandú et beaucoup d'autres lettres qui passent la fin de la ligne"


def cards(response: HttpResponse) -> list[Any]:
    return list(vobject.readComponents(response.content.decode()))


def get(client: Client, name: str, *args: Any) -> HttpResponse:
    return client.get(reverse(f"members:{name}", args=args))


def test_the_card_of_a_person_says_what_their_page_says(signed_in: Client, accountant: User) -> None:
    response = get(signed_in, "vcard", accountant.pk)

    (card,) = cards(response)
    assert response["Content-Type"] == "text/vcard; charset=utf-8"
    assert response["Content-Disposition"].endswith('.vcf"')
    assert card.version.value == "3.0"
    assert card.fn.value == "Élodie Vandenbossche"
    assert (card.n.value.family, card.n.value.given) == ("Vandenbossche", "Élodie")
    assert card.tel.value == "+3221234567"
    assert set(card.tel.params["TYPE"]) == {"WORK", "VOICE"}
    assert card.email.value == accountant.email
    assert card.org.value == [str(accountant.association)]
    assert card.title.value == "Comptabilité"
    assert card.note.value.split("\n") == ["mardi matin", "néerlandais, arabe", "Subsides de la Cocof"]
    assert card.url.value.endswith(reverse("members:counterpart", args=[accountant.pk]))


def test_awkward_letters_and_long_lines_come_back_whole(signed_in: Client, accountant: User) -> None:
    accountant.last_name = accountant.ask_me_about = AWKWARD
    accountant.association.short_name_fr = "A; B, C"
    accountant.association.save()
    accountant.save()

    response = get(signed_in, "vcard", accountant.pk)

    lines = response.content.split(b"\r\n")
    (card,) = cards(response)
    assert max(map(len, lines)) <= 75
    assert lines[-1] == b""
    assert card.fn.value == f"Élodie {AWKWARD}"
    assert card.n.value.family == AWKWARD
    assert card.note.value.endswith(AWKWARD)
    assert card.org.value == ["A; B, C"]


@pytest.mark.parametrize("name", ["X\r\nTEL:+3290000000", "X\nEND:VCARD"])
def test_no_line_can_be_slipped_in(signed_in: Client, accountant: User, name: str) -> None:
    User.objects.filter(pk=accountant.pk).update(last_name=name, ask_me_about=name)

    (card,) = cards(get(signed_in, "vcard", accountant.pk))

    assert [number.value for number in card.tel_list] == ["+3221234567"]


def test_a_card_without_a_number_has_none(signed_in: Client) -> None:
    (card,) = cards(get(signed_in, "vcard", UserFactory(association=None).pk))

    assert "tel" not in card.contents
    assert "org" not in card.contents


def test_everybody_of_a_job_comes_in_one_file(signed_in: Client, accountant: User) -> None:
    second = UserFactory(job_function=accountant.job_function)
    UserFactory(job_function=accountant.job_function, is_in_directory=False)
    UserFactory()

    found = cards(get(signed_in, "function_vcards", accountant.job_function.slug))

    assert {card.email.value for card in found} == {accountant.email, second.email}
    assert len({card.uid.value for card in found}) == 2
    assert get(signed_in, "function_vcards", "nowhere").status_code == 404
