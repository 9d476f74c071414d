"""What the site holds about somebody: taken by its owner, erased when its time is over."""

import json
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from home.models import ContactMessage
from library.models import SavedSearch, Tool, ToolVersion
from members.accounts import actions
from members.accounts.holdings import holdings
from members.models import AuditEntry, Invitation, User
from tests.factories.forms import form_data
from tests.factories.groups import WorkingGroupFactory
from tests.factories.library import ToolFactory, with_file
from tests.factories.people import InvitationFactory, UserFactory
from tests.members.accounts.steps import close, erased, everything_in_the_database, taken_by
from tests.reading import main_text, soup

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("homes")]
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def delegate() -> User:
    return UserFactory(is_delegate=True)


@pytest.fixture
def person(delegate: User) -> User:
    """Somebody who did a little of everything."""
    made = UserFactory(association=delegate.association, first_name="Nadia", last_name="Benali", phone="02 111 22 33")
    InvitationFactory(
        email=made.email, association=delegate.association, invited_by=delegate, accepted_at=timezone.now()
    )
    TOTP.activate(made, SECRET)
    group = WorkingGroupFactory(name_fr="Accueil des volontaires")
    group.members.add(made)
    group.save()
    tool = ToolFactory(association=delegate.association, contact=made, title="Grille d'entretien")
    with_file(tool)
    ToolVersion.objects.update(added_by=made)
    SavedSearch.objects.create(owner=made, query="q=volontaires", language="fr")
    ContactMessage.objects.create(name="Nadia", email=made.email, subject="Question", message="Bonjour", language="fr")
    return made


def test_one_takes_everything_that_is_held(person: User) -> None:
    taken = taken_by(person)

    assert set(taken) == {f"{holding.name}.json" for holding in holdings()}
    assert set(taken) == {"members.json", "news.json", "library.json"}
    members, news, library = (taken[f"{name}.json"] for name in ("members", "news", "library"))
    assert members["account"]["phone"] == "02 111 22 33"
    assert members["second_steps"][0]["type"] == "totp"
    assert members["contact_messages"][0]["message"] == "Bonjour"
    assert members["invitations"][0]["email"] == person.email
    assert news["member_of"][0]["name_fr"] == "Accueil des volontaires"
    assert library["contact_of"][0]["title"] == "Grille d'entretien"
    assert library["versions_added"]
    assert library["saved_searches"][0]["query"] == "q=volontaires"
    assert AuditEntry.objects.filter(action="exported", by=person, detail="own data").count() == 1


def test_what_one_takes_holds_no_secret_and_nobody_else(person: User) -> None:
    other = UserFactory(first_name="Zénobie", phone="02 999 99 99")
    SavedSearch.objects.create(owner=other, query="q=secret", language="fr")

    text = json.dumps(taken_by(person), ensure_ascii=False)

    for secret in (SECRET, person.password, Invitation.objects.get().token, "Zénobie", "02 999 99 99", "q=secret"):
        assert secret not in text


def test_taking_needs_a_post(person: User, client: Client) -> None:
    client.force_login(person)
    assert client.get(reverse("members:take_my_data")).status_code == 405


def test_a_request_to_be_erased_goes_to_the_delegate_and_the_administrators_once(
    person: User, delegate: User, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    administrator = UserFactory(is_superuser=True)
    UserFactory(is_delegate=True)  # of another association
    client.force_login(person)
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            client.post(reverse("members:ask_for_deletion"))

    assert {letter.to[0] for letter in mail.outbox} == {delegate.email, administrator.email}
    assert len(mail.outbox) == 2
    assert reverse("members:account", args=[person.pk]) in mail.outbox[0].body
    assert soup(client.get(reverse("members:my_data"))).select_one("button[name=keep]")
    client.post(reverse("members:ask_for_deletion"), {"keep": "1"})
    assert User.objects.get(pk=person.pk).deletion_asked_at is None


def test_who_left_is_erased_after_the_stated_time_and_not_before(person: User, delegate: User, settings: Any) -> None:
    days = settings.ACCOUNT_KEPT_AFTER_LEAVING.days
    close(person, delegate, days_ago=days - 1)
    assert erased() == 0
    User.objects.filter(pk=person.pk).update(closed_at=timezone.now() - timedelta(days=days, hours=1))

    assert erased() == 1
    assert erased() == 0


def test_the_time_runs_from_the_day_somebody_left_and_not_from_a_pause_before(person: User, delegate: User) -> None:
    actions.suspend(person=person, by=delegate)
    User.objects.filter(pk=person.pk).update(closed_at=timezone.now() - timedelta(days=400))

    actions.end(person=person, by=delegate)

    assert erased() == 0
    noted = AuditEntry.objects.filter(person=person, by=delegate).order_by("pk")
    assert [entry.action for entry in noted if entry.action in ("suspended", "left")] == ["suspended", "left"]


def test_a_long_pause_ends_with_being_erased(person: User, delegate: User, settings: Any) -> None:
    actions.suspend(person=person, by=delegate)
    closed = timezone.now() - settings.ACCOUNT_SUSPENDED_AT_MOST
    User.objects.filter(pk=person.pk).update(closed_at=closed + timedelta(hours=1))
    assert erased() == 0
    User.objects.filter(pk=person.pk).update(closed_at=closed - timedelta(hours=1))

    assert erased() == 1


@pytest.mark.ignore_template_errors
def test_an_erased_account_is_not_opened_again_in_the_cms(person: User, delegate: User) -> None:
    close(person, delegate, days_ago=400)
    erased()
    client = Client()
    client.force_login(UserFactory(is_superuser=True))
    url = reverse("wagtailusers_users:edit", args=[person.pk])

    refused = client.post(url, form_data(client, url) | {"is_active": "on", "first_name": "N", "last_name": "B"})

    assert refused.status_code == 200
    assert not User.objects.get(pk=person.pk).is_active


def test_nothing_personal_stays_and_contributions_stay_with_the_association(
    person: User, delegate: User, settings: Any
) -> None:
    email, pk = person.email, person.pk
    close(person, delegate, days_ago=settings.ACCOUNT_KEPT_AFTER_LEAVING.days + 1)
    erased()

    gone = User.objects.get(pk=pk)
    assert not {"Nadia", "Benali", email, "02 111 22 33"} & {gone.first_name, gone.last_name, gone.email, gone.phone}
    assert "Nadia" not in str(gone)
    assert gone.erased_at
    assert not gone.has_usable_password()
    assert gone.association == delegate.association
    for model in (EmailAddress, Invitation, ContactMessage):
        assert not model.objects.filter(email=email).exists()
    assert not SavedSearch.objects.filter(owner=gone).exists()
    assert not gone.working_groups.exists()
    tool = Tool.objects.get()
    assert (tool.association, tool.versions.get().added_by) == (delegate.association, gone)
    assert AuditEntry.objects.filter(person=gone, action="erased").exists()
    client = Client()
    client.force_login(delegate)
    assert str(gone) not in main_text(client.get(reverse("members:accounts")))


@pytest.mark.ignore_template_errors
def test_the_whole_database_forgets_the_name(person: User, delegate: User, settings: Any) -> None:
    User.objects.filter(pk=person.pk).update(last_name="Wxyzbenali")
    client = Client()
    client.force_login(UserFactory(is_superuser=True))
    url = reverse("wagtailusers_users:edit", args=[person.pk])
    client.post(url, form_data(client, url))  # the history of the CMS now knows the name too
    person = User.objects.get(pk=person.pk)
    assert everything_in_the_database("Wxyzbenali")
    close(person, delegate, days_ago=settings.ACCOUNT_KEPT_AFTER_LEAVING.days + 1)

    erased()

    assert everything_in_the_database("Wxyzbenali") == []
    assert everything_in_the_database(person.email) == []


def test_who_asked_is_erased_the_night_after_the_account_is_closed(person: User, delegate: User) -> None:
    actions.ask_for_deletion(person=person)
    assert erased() == 0
    actions.end(person=person, by=delegate)

    assert erased() == 1


def test_a_request_that_nobody_answers_is_kept_all_the_same(person: User, settings: Any) -> None:
    actions.ask_for_deletion(person=person)
    asked = timezone.now() - settings.DELETION_AT_THE_LATEST - timedelta(hours=1)
    User.objects.filter(pk=person.pk).update(deletion_asked_at=asked)

    assert erased() == 1
    assert not User.objects.get(pk=person.pk).is_active


def test_the_site_never_erases_an_administrator_by_itself() -> None:
    person = UserFactory(is_superuser=True)
    User.objects.filter(pk=person.pk).update(deletion_asked_at=timezone.now() - timedelta(days=400))

    assert erased() == 0


def test_an_account_that_is_open_again_meanwhile_is_not_erased(person: User, delegate: User) -> None:
    close(person, delegate, days_ago=400)
    stale = User.objects.get(pk=person.pk)
    actions.reopen(person=person, by=delegate)

    assert not actions.erase(person=stale)
    assert User.objects.get(pk=person.pk).first_name == "Nadia"


def test_invitations_that_nobody_accepted_are_forgotten(settings: Any) -> None:
    old = InvitationFactory()
    used = InvitationFactory(accepted_at=timezone.now())
    before = timezone.now() - settings.INVITATION_KEPT - timedelta(hours=1)
    Invitation.objects.update(sent_at=before)
    fresh = InvitationFactory()

    erased()

    assert set(Invitation.objects.values_list("pk", flat=True)) == {used.pk, fresh.pk}
    assert old.pk not in {used.pk, fresh.pk}


def test_sessions_of_a_request_that_nobody_answered_end_with_the_account(person: User, settings: Any) -> None:
    client = Client()
    client.force_login(person)
    client.get(reverse("members:dashboard"))
    assert Session.objects.exists()
    long_ago = timezone.now() - settings.DELETION_AT_THE_LATEST - timedelta(days=1)
    User.objects.filter(pk=person.pk).update(deletion_asked_at=long_ago)

    erased()

    assert User.objects.get(pk=person.pk).erased_at
    assert not Session.objects.exists()


def test_asking_and_taking_back_writes_no_more_letters(
    person: User, delegate: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(5):
            actions.ask_for_deletion(person=person)
            actions.keep_account(person=person)
        actions.ask_for_deletion(person=person)

    assert [letter.to for letter in mail.outbox] == [[delegate.email]]
    assert User.objects.get(pk=person.pk).deletion_asked_at
