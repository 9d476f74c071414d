"""The audit log: it knows every change of rights and every export, and the database lets nobody change it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from members import actions
from members.audit.log import record
from members.enums import AuditAction, ServiceStatus
from members.models import AuditEntry, User
from members.models.audit import KEPT_FOR
from members.models.user import EDITORS_GROUP
from news.models import WorkingGroup
from tests.factories.forms import errors_of, form_data
from tests.factories.groups import WorkingGroupFactory
from tests.factories.people import PASSWORD, EmployerFactory, InvitationFactory, JobFunctionFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
LOG = "/admin/snippets/members/auditentry/"


def said_of(person: User) -> list[tuple[str, str]]:
    """What the log says about somebody since the account was made, the oldest first."""
    entries = AuditEntry.objects.filter(person=person).exclude(action="joined").order_by("pk")
    return [(entry.action, entry.detail) for entry in entries]


@pytest.fixture
def administrator() -> User:
    return UserFactory(is_superuser=True, first_name="Ada")


@pytest.fixture
def cms(administrator: User) -> Client:
    client = Client()
    client.force_login(administrator)
    return client


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE members_auditentry SET detail = 'other'",
        "DELETE FROM members_auditentry",
        "TRUNCATE members_auditentry",
    ],
)
def test_the_database_refuses_to_change_the_log(statement: str) -> None:
    record(AuditAction.EXPORTED, by=None, detail="something")

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert AuditEntry.objects.get().detail == "something"


def test_only_what_was_kept_long_enough_is_deleted() -> None:
    for age in (KEPT_FOR - timedelta(days=1), KEPT_FOR + timedelta(days=1)):
        AuditEntry.objects.create(action=AuditAction.EXPORTED, at=timezone.now() - age)

    AuditEntry.objects.expired().delete()

    assert AuditEntry.objects.count() == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEntry.objects.all().delete()


def test_every_right_that_is_saved_is_noted() -> None:
    person, other = UserFactory(), EmployerFactory()
    for change in ({"is_delegate": True}, {"is_superuser": True}, {"is_superuser": False}, {"association": other}):
        for name, value in change.items():
            setattr(person, name, value)
        person.save()
    person.is_active = False
    person.save(update_fields=["is_active"])
    person.is_active = True
    person.save()
    person.first_name = "Autre"
    person.save()

    assert said_of(person) == [
        ("given", "delegate"),
        ("given", "administrator"),
        ("taken", "administrator"),
        ("moved", ""),
        ("suspended", ""),
        ("reopened", ""),
    ]


def test_editors_and_coordinators_are_noted_however_they_are_named() -> None:
    person = UserFactory()
    editors = Group.objects.get_or_create(name=EDITORS_GROUP)[0]
    person.groups.add(editors)
    editors.user_set.remove(person)
    person.groups.set([editors])
    person.groups.clear()
    group = WorkingGroupFactory(name_fr="Finances")
    group = WorkingGroup.objects.get(pk=group.pk)
    group.coordinators.add(person)
    group.save()
    group.coordinators.remove(person)
    group.save()

    said = said_of(person)
    assert said[:4] == [("given", "editor"), ("taken", "editor"), ("given", "editor"), ("taken", "editor")]
    assert said[4:] == [
        ("given", "coordinator: Finances"),
        ("taken", "coordinator: Finances"),
    ]


def test_the_log_knows_who_did_it_in_the_cms(cms: Client, administrator: User) -> None:
    person = UserFactory()
    url = reverse("wagtailusers_users:edit", args=[person.pk])

    response = cms.post(url, form_data(cms, url) | {"is_delegate": "on"})

    assert response.status_code == 302, errors_of(response)
    entry = AuditEntry.objects.get(person=person, action="given")
    assert (entry.by, entry.detail, entry.association) == (administrator, "delegate", person.association)


def test_invitations_are_noted_from_the_letter_to_the_account() -> None:
    invitation = InvitationFactory()
    by = invitation.invited_by
    again = actions.invite(email="x@example.org", association=by.association, language="fr", by=by)
    actions.withdraw(invitation=again, by=by)
    actions.withdraw(invitation=again, by=by)
    person = actions.accept(invitation=invitation, first_name="A", last_name="B", password=PASSWORD)

    noted = AuditEntry.objects.filter(invitation=again).order_by("pk")
    assert [(entry.action, entry.by) for entry in noted] == [("invited", by), ("withdrawn", by)]
    assert AuditEntry.objects.filter(action="joined", person=person).count() == 1


def test_a_list_taken_out_of_the_cms_is_noted(cms: Client, administrator: User) -> None:
    cms.get("/admin/reports/site-history/")
    assert not AuditEntry.objects.filter(action="exported").exists()

    b"".join(cms.get("/admin/reports/site-history/?export=csv").streaming_content)

    entry = AuditEntry.objects.get(action="exported")
    assert (entry.by, entry.detail) == (administrator, "/admin/reports/site-history/")


def test_the_numbers_and_cards_that_one_takes_away_are_noted(client: Client, homes: object) -> None:
    person = UserFactory(is_delegate=True, job_function=JobFunctionFactory(slug="direction"))
    client.force_login(person)

    other = UserFactory()

    client.get(reverse("members:function_vcards", args=["direction"]))
    client.get(reverse("members:vcard", args=[other.pk]))
    client.get(reverse("members:phone_list", args=[other.association.slug]))
    client.get(reverse("members:vcard", args=[UserFactory(is_in_directory=False).pk]))
    client.get(reverse("library:usage_csv"))

    noted = AuditEntry.objects.filter(action="exported", by=person).order_by("pk")
    assert [(entry.detail, entry.person, entry.association) for entry in noted] == [
        ("directory, direction", None, None),
        ("directory, card", other, other.association),
        ("directory, telephone list", None, other.association),
        ("library usage", None, None),
    ]


def test_an_account_pauses_in_other_words_than_a_service() -> None:
    with override("nl"):
        assert (AuditAction.SUSPENDED.label, ServiceStatus.SUSPENDED.label) == ("opgeschort", "stopgezet")


def test_administrators_read_the_log(cms: Client) -> None:
    person = UserFactory(first_name="Zoé", is_delegate=True)

    page = cms.get(LOG).content.decode()

    assert str(person) in page
    assert cms.get(f"{LOG}?q={person.email}").status_code == 200


@pytest.mark.parametrize("role", [{"is_editor": True}, {"is_delegate": True}])
def test_nobody_else_reads_it(client: Client, role: dict[str, bool]) -> None:
    client.force_login(UserFactory(**role))

    assert client.get(LOG).status_code in (302, 403)
    assert "auditentry" not in client.get("/admin/").content.decode()


def test_administrators_cannot_write_it_either(cms: Client, administrator: User) -> None:
    entry = AuditEntry.objects.filter(person=administrator).first()

    for path in (f"edit/{entry.pk}/", f"delete/{entry.pk}/", "add/"):
        for call in (cms.get, cms.post):
            assert call(f"{LOG}{path}").status_code in (302, 403, 404)
    assert AuditEntry.objects.filter(pk=entry.pk).exists()


def test_deleting_a_person_in_the_cms_is_noted_and_breaks_nothing(cms: Client) -> None:
    person = UserFactory(is_delegate=True)
    pk = person.pk
    person.delete()

    assert AuditEntry.objects.filter(person_id=pk, action="erased").count() == 1
    assert cms.get(LOG).status_code == 200


def test_public_pages_stay_without_a_session(client: Client, homes: object) -> None:
    response = client.get("/fr/")

    assert response.cookies == {}
    assert "public" in response["Cache-Control"]
