"""The contact form: it reaches the team, keeps what was typed, and lets programs talk to themselves."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from home import throttling
from home.contact_form import ContactForm
from home.models import ContactMessage, HomePage
from tests.factories.home import ContactPageFactory, in_both
from tests.factories.people import UserFactory
from tests.forgetting import forget
from tests.reading import main_text, soup

pytestmark = [pytest.mark.django_db]

WORDS = {
    "name": "Ana Peeters",
    "email": "ana@example.org",
    "subject": "Une question",
    "message": "Bonjour, qui peut m'aider ?",
}
SEND = {"fr": "/fr/contact/envoyer/", "nl": "/nl/contact/verzenden/"}
Post = Callable[..., HttpResponse]


@pytest.fixture(autouse=True)
def _site(homes: dict[str, HomePage], settings: Settings) -> None:
    in_both(ContactPageFactory, homes, fr="contact", nl="contact")
    throttling._limiter.cache_clear()
    settings.CONTACT_RECIPIENTS = ["equipe@otonom.test"]


@pytest.fixture
def post(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Post:
    """Send the form as a browser does, and let what waits for the commit happen."""

    def send(language: str = "fr", headers: dict[str, str] | None = None, **changed: str) -> HttpResponse:
        headers = {"Sec-Fetch-Site": "same-origin"} if headers is None else headers
        with django_capture_on_commit_callbacks(execute=True):
            return Client(enforce_csrf_checks=True).post(SEND[language], WORDS | changed, headers=headers)

    return send


def test_a_message_is_kept_and_mailed_to_the_team(post: Post) -> None:
    response = post()
    assert (response.status_code, response["Location"]) == (302, "/fr/contact/?sent=1")
    kept = ContactMessage.objects.get()
    assert (kept.name, kept.subject, kept.language) == ("Ana Peeters", "Une question", "fr")
    (letter,) = mail.outbox
    assert letter.to == ["equipe@otonom.test"]
    assert letter.message()["Reply-To"] == "ana@example.org"
    assert "Une question" in letter.subject
    assert "qui peut m'aider ?" in letter.body


def test_dutch_leads_back_to_the_dutch_page(post: Post) -> None:
    assert post("nl")["Location"] == "/nl/contact/?sent=1"
    assert ContactMessage.objects.get().language == "nl"


def test_thanks_need_no_cookie(client: Client, post: Post) -> None:
    response = client.get(post()["Location"])
    assert "Votre message est arrivé." in main_text(response)
    assert not response.cookies
    assert not soup(response).main.find("form")


def test_the_form_sets_no_cookie(client: Client) -> None:
    response = client.get("/fr/contact/")
    assert not response.cookies
    assert "csrf" not in response.content.decode()
    assert soup(response).main.form["action"] == SEND["fr"]


@pytest.mark.parametrize("field", ["name", "email", "subject", "message"])
def test_what_is_missing_is_said_next_to_its_field(post: Post, field: str) -> None:
    response = post(**{field: " "})
    assert response.status_code == 422
    page = soup(response)
    (error,) = page.main.select(".field .errorlist")
    widget = page.find(attrs={"name": field})
    assert error["id"] in widget["aria-describedby"]
    assert widget["aria-invalid"] == "true"
    kept = "subject" if field != "subject" else "name"
    assert page.find(attrs={"name": kept})["value"] == WORDS[kept]
    assert not ContactMessage.objects.exists()


def test_a_wrong_address_is_told(post: Post) -> None:
    assert post(email="ana@").status_code == 422
    assert not mail.outbox


def test_what_was_typed_cannot_break_out(post: Post) -> None:
    evil = '"><script>alert(1)</script>'
    response = post(name=evil, message=f"</textarea>{evil}", email="x")
    assert "<script>alert" not in response.content.decode()
    assert soup(response).find(attrs={"name": "name"})["value"] == evil


def test_a_new_line_starts_no_header(post: Post) -> None:
    assert post(subject="Bonjour\r\nBcc: tous@example.org", name="Ana\nPeeters").status_code == 302
    (letter,) = mail.outbox
    assert "\n" not in letter.subject
    assert "Bcc" not in letter.message()
    assert letter.recipients() == ["equipe@otonom.test"]


def test_a_program_is_thanked_and_forgotten(post: Post) -> None:
    response = post(**{ContactForm.HONEYPOT: "https://spam.example"})
    assert response["Location"] == "/fr/contact/?sent=1"
    assert not ContactMessage.objects.exists()
    assert not mail.outbox


def test_people_do_not_meet_the_trap(client: Client) -> None:
    trap = soup(client.get("/fr/contact/")).find(attrs={"name": ContactForm.HONEYPOT})
    assert trap.find_parent(hidden=True)
    assert trap["tabindex"] == "-1"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_another_site_cannot_send_it(post: Post, headers: dict[str, str]) -> None:
    assert post(headers=headers).status_code == 403
    assert not ContactMessage.objects.exists()


@pytest.mark.parametrize("headers", [{}, {"Origin": "http://testserver"}, {"Sec-Fetch-Site": "none"}])
def test_older_browsers_can(post: Post, headers: dict[str, str]) -> None:
    assert post(headers=headers).status_code == 302


def test_too_many_messages_are_refused_and_the_text_kept(post: Post, settings: Settings) -> None:
    settings.CONTACT_RATE_LIMIT = "2/hour"
    assert [post().status_code for _ in range(3)] == [302, 302, 429]
    response = post()
    assert WORDS["message"] in soup(response).find("textarea").get_text()
    assert soup(response).main.select("[role=alert]")
    assert ContactMessage.objects.count() == 2


def test_a_signed_in_person_counts_as_the_address_too(post: Post, settings: Settings) -> None:
    settings.CONTACT_RATE_LIMIT = "1/hour"
    post()
    client = Client(headers={"Sec-Fetch-Site": "same-origin"})
    client.force_login(UserFactory())

    response = client.post(SEND["fr"], WORDS)

    assert response.status_code == 429
    assert "Cookie" not in response.get("Vary", "")


def test_mistakes_do_not_count_as_messages(post: Post, settings: Settings) -> None:
    settings.CONTACT_RATE_LIMIT = "1/hour"
    assert [post(email="x").status_code, post().status_code] == [422, 302]


def test_its_address_leads_to_the_page(client: Client) -> None:
    assert client.get(SEND["fr"])["Location"] == "/fr/contact/"


def test_messages_are_deleted_after_twelve_months() -> None:
    for days in (364, 366):
        ContactMessage.objects.create(**WORDS, language="fr", sent_at=timezone.now() - timedelta(days=days))
    assert forget() == {"messages of the contact form": 1}
    assert ContactMessage.objects.count() == 1
