"""“Still right?”: one letter twice a year, two links without sign-in, and what an old entry says."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail, signing
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.directory import reviews
from members.directory.reviews import Review, sign
from members.models import User
from tests.factories.people import UserFactory
from tests.reading import soup

pytestmark = pytest.mark.django_db


def days_ago(number: int) -> Any:
    return timezone.localdate() - timedelta(days=number)


def due(**fields: Any) -> User:
    return UserFactory(**{"details_confirmed_on": days_ago(183), "phone": "02 123 45 67"} | fields)


@pytest.fixture
def run(on_commit: Any) -> Any:
    """Run the command of the night."""

    def run_command() -> None:
        with on_commit():
            call_command("directory_reviews")

    return run_command


def links() -> dict[str, str]:
    """The signed links of the last letter, as paths."""
    found = [re.sub(r"^https?://[^/]+", "", link) for link in re.findall(r"https?://\S+", mail.outbox[-1].body)]
    return {link.rstrip("/").rsplit("/", 1)[-1]: link for link in found if link.endswith(("right/", "out/"))}


def test_each_entry_that_is_due_gets_one_letter_in_both_languages(run: Any, capsys: Any) -> None:
    person = due()
    for fields in ({"details_confirmed_on": days_ago(100)}, {"is_in_directory": False}, {"is_active": False}):
        due(**fields)

    run()
    run()

    assert [letter.to for letter in mail.outbox] == [[person.email]]
    body = mail.outbox[0].body
    assert person.phone in body
    assert "/fr/" in body
    assert "/nl/" in body
    assert set(links()) == {"right", "out"}


def test_who_did_not_answer_is_asked_again_after_half_a_year(run: Any) -> None:
    person = due(details_confirmed_on=days_ago(400))
    run()
    User.objects.filter(pk=person.pk).update(details_asked_on=days_ago(181))
    run()
    assert len(mail.outbox) == 1
    User.objects.filter(pk=person.pk).update(details_asked_on=days_ago(182))
    run()
    assert len(mail.outbox) == 2


def test_opening_a_link_changes_nothing(run: Any) -> None:
    person = due()
    run()

    for link in links().values():
        response = Client().get(link)
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
        assert "noindex" in soup(response).select_one("meta[name=robots]")["content"]
        assert not response.cookies
        assert person.last_name not in response.content.decode()

    person.refresh_from_db()
    assert person.is_in_directory
    assert person.details_confirmed_on == days_ago(183)


def test_still_right_is_noted_once(run: Any) -> None:
    person = due()
    run()

    first = Client(enforce_csrf_checks=True).post(links()["right"])
    again, after = Client().post(links()["right"]), Client().post(links()["out"])

    person.refresh_from_db()
    assert person.details_confirmed_on == days_ago(0)
    assert person.is_in_directory
    for response in (first, again, after):
        assert soup(response).select("[data-state=done]")


def test_one_link_takes_the_entry_out_for_good(run: Any) -> None:
    person = due()
    run()

    Client().post(links()["out"])
    person.refresh_from_db()
    assert not person.is_in_directory
    User.objects.filter(pk=person.pk).update(is_in_directory=True, details_confirmed_on=days_ago(0))
    Client().post(links()["out"])

    person.refresh_from_db()
    assert person.is_in_directory


def test_saving_the_profile_answers_the_letter(run: Any, client: Client) -> None:
    person = due()
    run()
    client.force_login(person)

    client.post(reverse("members:profile"), {"first_name": "A", "last_name": "B", "is_in_directory": "on"})
    Client().post(links()["out"])

    person.refresh_from_db()
    assert person.is_in_directory
    assert person.details_confirmed_on == days_ago(0)


def test_links_that_are_wrong_or_too_old_say_so_kindly(monkeypatch: pytest.MonkeyPatch) -> None:
    person = due(details_asked_on=days_ago(0))
    closed = due(details_asked_on=days_ago(0), is_active=False)
    link, gone = (sign(Review(one, days_ago(0))) for one in (person, closed))
    other = signing.dumps({"person": person.pk, "asked": str(days_ago(0))}, salt="other")

    for token in ("x", link[:-1], gone, other, "a:b:c"):
        for response in (Client().get(address(token)), Client().post(address(token))):
            assert response.status_code in (404, 410)
    assert Client().post(address(link).replace("/out/", "/delete/")).status_code == 404
    monkeypatch.setattr(reviews, "VALID_FOR", -1)
    assert Client().post(address(link)).status_code == 410
    person.refresh_from_db()
    assert person.is_in_directory


def address(token: str) -> str:
    return reverse("members:directory_review", args=[token, "out"])


@pytest.mark.parametrize(("days", "is_old"), [(365, False), (366, True)])
def test_an_entry_says_when_it_is_older_than_a_year(signed_in: Client, days: int, is_old: bool) -> None:
    person = due(details_confirmed_on=days_ago(days))

    addresses = [("counterpart", [person.pk]), ("counterparts", []), ("phone_list", [person.association.slug])]
    for name, args in addresses:
        url = reverse(f"members:{name}", args=args)
        assert bool(soup(signed_in.get(url)).select("[data-state=old]")) == is_old
