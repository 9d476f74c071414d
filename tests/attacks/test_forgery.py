"""Requests that somebody else's page makes a browser send, and requests for what the site does not offer."""

import re
from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver

from tests.access_table import named_patterns
from tests.attacks.surface import Form, forget_counts, forms_of, plain_addresses, text_of, urlencoded
from tests.conftest import ROLES

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

# Forms without a token, each with what stands in for it.
WITHOUT_TOKEN = {
    "home:contact_send",  # asks where the request comes from: test_contact.py
    "members:finder",  # changes nothing
    "members:directory_review",  # a signed address is the right to answer
    "library:review",
    "news:stop_letters",
    "news:stop_conversation",
    "openid_connect_callback",  # the provider leads back; the state in the session stands in for the token
}
# What reading may write: who is there, what was read and taken, and what the CMS remembers of its own windows.
WRITTEN_BY_READING = {
    "django_session",
    "usersessions_usersession",
    "news_seen",
    "library_downloadcount",
    "members_auditentry",  # exports are noted
    "members_unansweredquery",
    "wagtailusers_userprofile",
    "wagtailadmin_editingsession",
    "wagtailimages_rendition",
}
COUNTS = "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"


def changes() -> dict[str, int]:
    """How many rows this transaction has changed so far, by table; what was undone counts too."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTS)
        return dict(cursor.fetchall())


def changed_by(call: Callable[[], object]) -> set[str]:
    """The tables in which a request changed rows, apart from what reading writes."""
    forget_counts()
    before = changes()
    with transaction.atomic():
        call()
        after = changes()
        transaction.set_rollback(True)
    return {table for table, count in after.items() if count > before.get(table, 0)} - WRITTEN_BY_READING


def test_only_known_views_do_without_a_token() -> None:
    exempt = {name for name, pattern in named_patterns() if getattr(pattern.callback, "csrf_exempt", False)}
    assert exempt == WITHOUT_TOKEN


def test_every_change_is_refused_without_a_token(as_role: dict[str, Client]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = as_role["administrator"].cookies
    taken, addresses = [], sorted(set(plain_addresses()))
    for url in addresses:
        if client.post(url, {"next": "/"}).status_code not in (403, 404):
            taken.append(url)
    assert len(addresses) > 200
    assert [url for url in taken if not re.search(r"contact/|/trouver/reponse/|/vinden/antwoord/|oidc", url)] == []


def test_reading_changes_nothing(as_role: dict[str, Client], pages: Callable[[str], dict[str, str]]) -> None:
    client, wrong = as_role["administrator"], {}
    addresses = {*pages("administrator"), *plain_addresses()}
    for url in sorted(addresses):
        cookies = client.cookies.copy()
        tables = changed_by(lambda url=url: text_of(client.get(url)))
        client.cookies = cookies
        if tables:
            wrong[url] = tables
    assert wrong == {}


def offered(forms: list[Form]) -> dict[str, Form]:
    """What a role may do, by address; only what changes something."""
    return {form.action: form for form in forms if form.method == "post"}


def posted(client: Client, form: Form) -> HttpResponse:
    return client.post(form.action, urlencoded(list(form.fields)), content_type="application/x-www-form-urlencoded")


@pytest.mark.parametrize("role", ROLES[:4])
def test_a_form_that_is_not_offered_changes_nothing(
    as_role: dict[str, Client], forms: Callable[[str], list[Form]], role: str
) -> None:
    """Whoever sends what the site offers only to others is refused, whatever number or key stands in its address."""
    client, wrong, tried = as_role[role], {}, 0
    for action, form in offered([form for other in ROLES for form in forms(other)]).items():
        if action in offered(forms_of({form.page: text_of(client.get(form.page))})):
            continue
        tried += 1
        cookies = client.cookies.copy()
        tables = changed_by(lambda form=form: text_of(posted(client, form)))
        client.cookies = cookies
        if tables:
            wrong[f"{action} (offered at {form.page})"] = tables
    assert tried > 10
    assert wrong == {}


def test_the_counting_sees_a_change(as_role: dict[str, Client]) -> None:
    fields = {"first_name": "Nina", "last_name": "Neuve", "language": "fr"}
    assert changed_by(lambda: as_role["member"].post("/fr/espace/profil/", fields)) >= {"members_user"}
    assert get_resolver().url_patterns
