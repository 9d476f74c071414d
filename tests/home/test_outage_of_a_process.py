"""A web process ended over a request: nginx asks the other one, which gives back what was typed and saves nothing."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from home.models import ContactMessage
from tests.factories.home import ContactPageFactory, in_both, make_homes

MESSAGE = {"name": "Ana", "email": "ana@example.org", "subject": "Une question", "message": "Qui peut m'aider ?"}


@pytest.fixture(autouse=True)
def pages(db: None) -> None:
    in_both(ContactPageFactory, make_homes(), fr="contact", nl="contact")


def test_what_may_have_been_saved_is_given_back_and_not_saved_again(client: Client) -> None:
    answer = client.post("/fr/contact/envoyer/", MESSAGE, headers={"X-Outage": "1"})
    form = BeautifulSoup(answer.content, "html.parser").select_one("form[method=post]")

    assert answer.status_code == 503
    assert {one["name"]: one.get_text().removeprefix("\n") for one in form.select("textarea")} == MESSAGE
    assert not ContactMessage.objects.exists()
    assert client.post(form["action"], MESSAGE).status_code == 302
    assert ContactMessage.objects.count() == 1


def test_what_somebody_asks_the_finder_is_shown_to_nobody_again(client: Client) -> None:
    answer = client.post("/fr/trouver/reponse/", {"words": "mon mari me frappe"}, headers={"X-Outage": "1"})
    assert answer.status_code == 503
    assert "frappe" not in answer.content.decode()


def test_what_only_reads_is_answered(client: Client) -> None:
    assert client.get("/fr/contact/", headers={"X-Outage": "1"}).status_code == 200
