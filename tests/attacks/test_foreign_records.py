"""Somebody who puts the number of a record that is none of their business into every address that takes one."""

import html
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.db.models import Model, UUIDField
from django.test import Client, override_settings
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Page

from members.models import DirectoryReport, User
from news.models import FeedKey, WorkingGroup
from tests.attacks.addresses import Address, addresses_with
from tests.attacks.planting import OURS
from tests.attacks.surface import IS_LONG, text_of, undone
from tests.attacks.world import make_world
from tests.factories.giving import hand_in
from tests.factories.groups import CommentFactory, GroupNewsPageFactory, MeetingFactory
from tests.factories.joining import GroupInvitationFactory, RequestFactory, browser, group_of
from tests.factories.library import ToolFactory, with_text
from tests.factories.meetings import AttendanceFactory
from tests.factories.members import AssociationFactory, NeedFactory, ServiceFactory
from tests.factories.people import InvitationFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

FIRST = 900_000  # the number of the first record that is somebody else's; each table's begin further on
APART = 1_000
SECRET = "n'est pas pour vous"
REFUSED = {403, 404, 405, 410}
# What first leads elsewhere: to a slash at the end, or to a fresh sign-in before one's own keys are shown.
LEADS_ON = {"django.views.static.serve", "mfa_remove_webauthn", "mfa_edit_webauthn"}


@pytest.fixture(scope="module")
def strangers(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, User]]:
    """People of an association that has nothing to do with those whose records they try to reach."""
    with django_db_blocker.unblock(), transaction.atomic(), override("fr"), override_settings(FINDER_ENCODER=""):
        make_world()
        own = AssociationFactory()
        known = {
            "member": UserFactory(association=own),
            "delegate": UserFactory(association=own, is_delegate=True),
            "coordinator": UserFactory(association=own),
        }
        group_of(known["member"], coordinators=[known["coordinator"]])
        number_apart()
        make_secrets()
        yield known
        transaction.set_rollback(True)


def number_apart() -> None:
    """Let the numbers of what comes now be those of no other record of any table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_serial_sequence(quote_ident(table_name), 'id') FROM information_schema.columns"
            " WHERE table_schema = 'public' AND column_name = 'id' AND is_identity = 'YES' ORDER BY table_name"
        )
        for place, (sequence,) in enumerate(cursor.fetchall()):
            cursor.execute(f"SELECT setval('{sequence}', {FIRST + APART * place})")


def make_secrets() -> None:
    """One of everything that only some may see, of people who share nothing with the strangers."""
    own = AssociationFactory()
    person, delegate = (
        UserFactory(association=own, is_in_directory=False),
        UserFactory(association=own, is_delegate=True),
    )
    group = group_of(person, coordinators=[delegate], is_open=False, name_fr=SECRET, purpose_fr=SECRET)
    article = GroupNewsPageFactory(group=group, owner=delegate, title=SECRET)
    CommentFactory(article=article, author=person, text=SECRET)
    meeting = MeetingFactory(group=group, title_fr=SECRET, starts_at=timezone.now() + timedelta(days=7))
    AttendanceFactory(meeting=meeting, person=person)
    RequestFactory(group=group, person=UserFactory(association=own))
    GroupInvitationFactory(group=group, person=UserFactory(association=own))
    for fields in ({"sharing": "association"}, {"sharing": "groups", "groups": [group]}):
        with_text(ToolFactory(association=own, title=SECRET, summary=SECRET, **fields), SECRET)
    hand_in(browser(person))
    InvitationFactory(association=own, invited_by=delegate)
    FeedKey.objects.create(owner=person)
    DirectoryReport.objects.create(association=own, person=delegate, reported_by=person, message=SECRET)
    NeedFactory(live=False, label_fr=SECRET)
    ServiceFactory(association=AssociationFactory(live=False, name_fr=SECRET), live=False)


def secrets(user: Any) -> Iterator[Any]:
    """Records that were made for others and that this person may not see: the newest of each kind, or all of them."""
    for model in apps.get_models():
        visible = getattr(model._default_manager, "visible_to", None)
        if visible and model._meta.app_label in OURS and not model._meta.proxy:
            records = model._base_manager.exclude(pk__in=visible(user).values("pk"))
            foreign = records if has_key(model) else records.filter(pk__gte=FIRST)
            yield from foreign.order_by("-pk")[: None if IS_LONG else 1]


def has_key(model: type[Model]) -> bool:
    return isinstance(model._meta.pk, UUIDField)


def addresses(user: Any) -> Iterator[Address]:
    """Every pattern that takes a number, a word or a key, with those of somebody else's record in their place."""
    records = list(secrets(user))
    (group,) = (record for record in records if isinstance(record, WorkingGroup))
    for record in records:
        value = str(record.pk)
        yield from (
            addresses_with(value, "1", value) if has_key(type(record)) else addresses_with(value, value, group.slug_fr)
        )
        for word in {} if isinstance(record, Page) else words_of(record):
            yield from addresses_with(word, "1", word)


def words_of(record: Any) -> set[str]:
    """By which addresses call a record."""
    return {str(getattr(record, name, "") or "") for name in ("slug", "slug_fr", "slug_nl", "key")} - {""}


@pytest.mark.parametrize("role", ["visitor", "member", "delegate"] if IS_LONG else ["delegate"])  # who may most
def test_nobody_reaches_what_is_none_of_their_business(strangers: dict[str, User], role: str) -> None:
    person = strangers.get(role)
    client = browser(person) if person else Client()
    tried = [one for one in addresses(person or AnonymousUser()) if not one.path.startswith("/admin/")]
    print(f"{len(tried)} addresses of {len({address.name for address in tried})} kinds")
    refused = REFUSED if person else REFUSED | {302}  # to signing in
    assert [(one.name, one.path) for one in tried if is_open(client, one, refused)] == []
    assert len({address.name for address in tried}) > 50


def is_open(client: Client, address: Address, refused: set[int]) -> bool:
    """Tell whether reading or sending there is answered otherwise than with a refusal."""
    expected = refused | {302} if address.name in LEADS_ON else refused
    for ask in (client.get, client.post):
        response = undone(client, lambda ask=ask: ask(address.path))
        if response.status_code not in expected or SECRET in text_of(response) + response.headers.get("Location", ""):
            return True
    return False


def in_the_cms(user: Any) -> Iterator[tuple[Any, Address]]:
    """The addresses of the CMS that are about a kind of record, with one that is somebody else's."""
    for record in secrets(user):
        key = str(record.pk)
        for one in addresses_with(key, "1" if has_key(type(record)) else key, key):
            if one.path.startswith("/admin/") and is_about(record, one.name):
                yield record, one


def is_about(record: Any, name: str) -> bool:
    if isinstance(record, Page):
        return "page" in name
    kind = record._meta.model_name
    return f"_{kind}" in name or (isinstance(record, User) and name.startswith("wagtailusers_users"))


def everything_of(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return html.unescape(content.decode(errors="replace")) + response.headers.get("Location", "")


def as_stored(record: Any) -> dict[str, Any] | None:
    return type(record)._base_manager.filter(pk=record.pk).values().first()


@pytest.mark.parametrize("role", ["coordinator", "delegate"])  # who works in the CMS, but not everywhere
def test_nor_in_the_cms(strangers: dict[str, User], role: str) -> None:
    """Nothing of the record is shown there, and nothing that is sent changes it."""
    client = browser(strangers[role])
    tried = list(in_the_cms(strangers[role]))
    wrong = [one.path for record, one in tried for ask in (client.get, client.post) if is_reached(ask, one, record)]
    kinds = {record._meta.model_name for record, _address in tried}
    print(f"\n{role}: {len(tried)} addresses of {sorted(kinds)}")
    assert wrong == []
    assert {"groupnewspage", "workinggroup"} <= kinds


def is_reached(ask: Callable[[str], Any], address: Address, record: Any) -> bool:
    """Tell whether an answer of the CMS shows the record, or changed it."""
    before, reached = as_stored(record), []

    def asked() -> Any:
        response = ask(address.path)
        reached.append(SECRET in everything_of(response) or as_stored(record) != before)
        return response

    undone(ask.__self__, asked)  # type: ignore[attr-defined]  # a client's method
    return reached[0]
