"""Answers that lead somewhere else, carry what was typed in their headers, or reach for files beside theirs."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests.attacks.answered import check_letters, leads_away
from tests.attacks.surface import EXAMPLES, IS_LONG, Form, forget_counts, plain_addresses, send, text_of, urlencoded
from tests.conftest import ROLES
from tests.factories.people import PASSWORD, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

ELSEWHERE = (
    "https://evil.example/",
    "//evil.example/",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "http:evil.example",
    "javascript:alert(1)",
    "/%0d%0aLocation:https://evil.example/",
    "https://testserver@evil.example/",
    " //evil.example",
    "/\t/evil.example/",
)
LEADING = ("next", "url", "redirect", "redirect_to", "return_to", "continue", "to", "success_url")
EVIL = "x\r\nBcc: evil@example.org\r\nX-Evil: 1"


@pytest.mark.parametrize("role", ["visitor", "administrator"])
def test_no_query_leads_away(as_role: dict[str, Client], role: str) -> None:
    away = []
    as_role[role].raise_request_exception = False  # Wagtail answers some queries with an error
    for number, url in enumerate(sorted(set(plain_addresses()))[:: 1 if IS_LONG else 3]):
        forget_counts()
        to = quote(ELSEWHERE[number % len(ELSEWHERE)])
        cookies = as_role[role].cookies.copy()
        response = as_role[role].get(f"{url}?{'&'.join(f'{name}={to}' for name in LEADING)}")
        text_of(response)
        as_role[role].cookies = cookies
        away += [f"{url} {to}"] if leads_away(response) else []
    assert away == []


@pytest.mark.parametrize("role", ROLES if IS_LONG else ["visitor"])
def test_no_form_leads_away(as_role: dict[str, Client], forms: Callable[[str], list[Form]], role: str) -> None:
    away = []
    for number, form in enumerate(form for form in forms(role) if form.method == "post"):
        for to in (ELSEWHERE * 2)[number % len(ELSEWHERE) :][: min(EXAMPLES, len(ELSEWHERE))]:
            kept = [(name, value) for name, value in form.fields if name not in LEADING]
            if leads_away(send(as_role[role], form, [*kept, *((name, to) for name in LEADING)])):
                away.append(f"{form.action} {to}")
    assert away == []


@pytest.mark.parametrize("to", ELSEWHERE)
def test_signing_in_leads_to_our_pages_only(people: object, db: None, to: str) -> None:
    forget_counts()
    fields = {"login": UserFactory().email, "password": PASSWORD, "next": to}
    response = Client().post("/fr/compte/login/", fields)
    assert response.status_code == 302
    assert not leads_away(response)


@pytest.mark.parametrize("role", ROLES if IS_LONG else ["visitor", "delegate"])
def test_a_new_line_adds_nobody_to_a_letter(
    as_role: dict[str, Client],
    forms: Callable[[str], list[Form]],
    role: str,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    """Each field that one types into gets a header after a new line in turn; the others hold what is right."""
    client, kind = as_role[role], "application/x-www-form-urlencoded"
    for form in (form for form in forms(role) if form.method == "post"):
        for name in form.typed:
            fields = [(other, EVIL if other == name else value or "x@example.org") for other, value in form.fields]
            forget_counts()
            cookies, before = client.cookies.copy(), transaction.savepoint()
            with django_capture_on_commit_callbacks(execute=True):
                client.post(form.action, urlencoded(fields), content_type=kind)
            transaction.savepoint_rollback(before)
            client.cookies = cookies
    check_letters()


def test_the_contact_form_sends_what_was_typed_and_no_header(
    people: object, db: None, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    forget_counts()
    fields = [("name", EVIL), ("email", "a@example.org"), ("subject", EVIL), ("message", EVIL)]
    with django_capture_on_commit_callbacks(execute=True):
        kind = "application/x-www-form-urlencoded"
        Client().post("/fr/contact/envoyer/", urlencoded(fields), content_type=kind)
    assert mail.outbox
    check_letters()


TRAVERSALS = (
    "../../../../etc/passwd",
    "..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/manage.py",
    "....//....//manage.py",
    "..\\..\\manage.py",
    "/etc/passwd",
    "%2fetc%2fpasswd",
    "css/../../../manage.py",
    "a%00.css",
    "..;/manage.py",
)


@pytest.mark.parametrize("base", ["/media/", "/static/", "/private/", "/fr/espace/bibliotheque/"])
def test_no_path_reaches_a_file_beside(as_role: dict[str, Client], base: str) -> None:
    answers = {way: as_role["administrator"].get(f"{base}{way}").status_code for way in TRAVERSALS}
    assert set(answers.values()) <= {301, 302, 400, 404}, answers


@pytest.mark.parametrize("role", ROLES)
def test_nobody_asks_nginx_for_a_file_by_a_header(as_role: dict[str, Client], role: str) -> None:
    response = as_role[role].get("/fr/", headers={"X-Accel-Redirect": "/private/secret", "X-Sendfile": "/etc/passwd"})
    assert "X-Accel-Redirect" not in response.headers
