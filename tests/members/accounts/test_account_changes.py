"""Delegates look after the accounts of their association: access ends at once, and what was made stays."""

import re
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from library.models import Tool
from members import actions as invitations
from members.accounts import actions
from members.accounts.forms import Act, acts_of
from members.models import AuditEntry, Invitation, Transfer, User
from tests.factories.library import ToolFactory
from tests.factories.people import PASSWORD, EmployerFactory, InvitationFactory, UserFactory
from tests.reading import errors, main_text, soup

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("homes")]


@pytest.fixture(autouse=True)
def _no_limits_left() -> None:
    cache.clear()


@pytest.fixture
def delegate() -> User:
    return UserFactory(is_delegate=True)


@pytest.fixture
def colleague(delegate: User) -> User:
    return UserFactory(association=delegate.association, first_name="Nadia")


@pytest.fixture
def signed_in(client: Client, delegate: User) -> Client:
    client.force_login(delegate)
    return client


def act(client: Client, person: User, what: str, **data: object) -> object:
    return client.post(reverse("members:account", args=[person.pk]), {"act": what, **data})


def browser_of(person: User) -> Client:
    client = Client()
    client.post("/fr/compte/login/", {"login": person.email, "password": PASSWORD})
    assert client.get("/fr/espace/").status_code == 200
    return client


def test_a_delegate_sees_the_people_of_the_own_association_only(
    signed_in: Client, delegate: User, colleague: User
) -> None:
    hidden = UserFactory(association=delegate.association, is_in_directory=False, is_active=False, last_name="Cachée")
    other = UserFactory(last_name="Ailleurs")

    shown = main_text(signed_in.get(reverse("members:accounts")))

    assert str(colleague) in shown
    assert str(hidden) in shown
    assert "Ailleurs" not in shown
    assert signed_in.get(reverse("members:account", args=[other.pk])).status_code == 404
    assert act(signed_in, other, Act.SUSPEND).status_code == 404
    assert User.objects.get(pk=other.pk).is_active


def test_an_editor_sees_everybody_or_one_association(client: Client, colleague: User) -> None:
    client.force_login(UserFactory(is_editor=True))
    other = UserFactory(last_name="Ailleurs")

    assert "Ailleurs" in main_text(client.get(reverse("members:accounts")))
    chosen = client.get(reverse("members:accounts"), {"association": colleague.association.slug})
    rows = soup(chosen).select("tbody th")
    assert {row.get_text(strip=True) for row in rows} >= {str(colleague)}
    assert str(other) not in {row.get_text(strip=True) for row in rows}


@pytest.mark.parametrize("person", [{}, {"is_delegate": False}])
def test_members_do_not_see_accounts(client: Client, person: dict[str, bool], colleague: User) -> None:
    client.force_login(UserFactory(association=colleague.association, **person))

    assert client.get(reverse("members:accounts")).status_code == 403
    assert act(client, colleague, Act.END).status_code == 403


@pytest.mark.parametrize("above", [{"is_superuser": True}, {"is_editor": True}])
def test_nobody_closes_the_account_of_somebody_above(
    signed_in: Client, delegate: User, above: dict[str, bool]
) -> None:
    person = UserFactory(association=delegate.association, **above)

    assert acts_of(delegate, person) == [Act.HAND_OVER]
    assert act(signed_in, person, Act.SUSPEND).status_code == 422
    assert User.objects.get(pk=person.pk).is_active


def test_nobody_closes_the_own_account_by_mistake(signed_in: Client, delegate: User) -> None:
    assert acts_of(delegate, delegate) == []
    assert act(signed_in, delegate, Act.END).status_code == 422


def test_a_suspended_account_is_closed_at_once_and_opens_again(signed_in: Client, colleague: User) -> None:
    theirs = browser_of(colleague)

    act(signed_in, colleague, Act.SUSPEND)

    assert theirs.get("/fr/espace/").status_code == 302
    assert not UserSession.objects.filter(user=colleague).exists()
    colleague.refresh_from_db()
    assert colleague.closed_at
    assert not colleague.has_left
    act(signed_in, colleague, Act.REOPEN)
    browser_of(colleague)
    assert User.objects.get(pk=colleague.pk).closed_at is None


def test_who_left_gets_in_nowhere_and_the_tools_stay(
    signed_in: Client, delegate: User, django_capture_on_commit_callbacks: object
) -> None:
    person = UserFactory(association=delegate.association, is_delegate=True)
    theirs = browser_of(person)
    tool = ToolFactory(association=delegate.association, contact=person)
    invitation = InvitationFactory(association=delegate.association, invited_by=person)
    with django_capture_on_commit_callbacks(execute=True):
        Client().post("/fr/compte/password/reset/", {"email": person.email})
    reset = re.search(r"http://testserver(/\S+)", mail.outbox[-1].body).group(1)

    act(signed_in, person, Act.END)

    assert theirs.get("/fr/espace/").status_code == 302
    again = Client()
    page = again.get(reset, follow=True)
    if soup(page).select("[name=password1]"):
        again.post(page.request["PATH_INFO"], {"password1": "kanaal-en-brug-1930", "password2": "kanaal-en-brug-1930"})
    for password in (PASSWORD, "kanaal-en-brug-1930"):
        again.post("/fr/compte/login/", {"login": person.email, "password": password})
        assert again.get("/fr/espace/").status_code == 302
    assert Client().get(invitation.get_absolute_url()).status_code == 410
    tool = Tool.objects.get(pk=tool.pk)
    assert (tool.association, tool.contact) == (delegate.association, None)
    person.refresh_from_db()
    assert (person.is_delegate, person.is_in_directory, person.has_left) == (False, False, True)


@pytest.mark.ignore_template_errors
def test_an_account_closed_in_the_cms_is_closed_everywhere_too(colleague: User) -> None:
    theirs = browser_of(colleague)
    colleague.is_active = False
    colleague.save()

    assert theirs.get("/fr/espace/").status_code == 302
    assert not UserSession.objects.filter(user=colleague).exists()
    assert User.objects.get(pk=colleague.pk).closed_at


def test_a_delegate_hands_the_role_over(signed_in: Client, delegate: User, colleague: User) -> None:
    response = act(signed_in, colleague, Act.HAND_OVER)

    assert response["Location"] == reverse("members:dashboard")
    assert User.objects.get(pk=colleague.pk).is_delegate
    assert not User.objects.get(pk=delegate.pk).is_delegate
    assert signed_in.get(reverse("members:accounts")).status_code == 403


def test_the_role_is_handed_to_nobody_elsewhere(delegate: User) -> None:
    for person in (UserFactory(), UserFactory(association=delegate.association, is_active=False)):
        with pytest.raises(actions.PermissionDenied):
            actions.hand_over(to=person, by=delegate)


def test_another_association_takes_over_only_when_it_wants(
    signed_in: Client, delegate: User, colleague: User, django_capture_on_commit_callbacks: object
) -> None:
    theirs = UserFactory(is_delegate=True)
    tool = ToolFactory(association=delegate.association, contact=colleague)
    with django_capture_on_commit_callbacks(execute=True):
        act(signed_in, colleague, Act.MOVE, to=theirs.association_id)

    assert User.objects.get(pk=colleague.pk).association == delegate.association
    [letter] = mail.outbox
    assert letter.to == [theirs.email]
    transfer = Transfer.objects.get()
    answer = reverse("members:answer_transfer", args=[transfer.pk])
    assert signed_in.post(answer, {"yes": "1"}).status_code == 404
    there = Client()
    there.force_login(theirs)
    assert str(colleague) in main_text(there.get(reverse("members:accounts")))
    there.post(answer, {"yes": "1"})

    assert User.objects.get(pk=colleague.pk).association == theirs.association
    tool = Tool.objects.get(pk=tool.pk)
    assert (tool.association, tool.contact) == (delegate.association, None)
    there.post(answer, {"no": "1"})
    assert User.objects.get(pk=colleague.pk).association == theirs.association


def test_a_transfer_that_is_not_wanted_changes_nothing(delegate: User, colleague: User) -> None:
    theirs = UserFactory(is_delegate=True)
    transfer = actions.propose_transfer(person=colleague, to=theirs.association, by=delegate)

    assert not actions.answer_transfer(transfer=transfer, is_welcome=False, by=theirs)
    assert User.objects.get(pk=colleague.pk).association == delegate.association
    assert not Transfer.objects.open().exists()


def test_a_transfer_ends_with_the_right_of_whoever_proposed_it(delegate: User, colleague: User) -> None:
    theirs = UserFactory(is_delegate=True)
    transfer = actions.propose_transfer(person=colleague, to=theirs.association, by=delegate)
    delegate.is_delegate = False
    delegate.save()

    assert not actions.answer_transfer(transfer=transfer, is_welcome=True, by=theirs)
    assert User.objects.get(pk=colleague.pk).association == delegate.association


def test_an_editor_moves_somebody_at_once_and_a_delegate_leaves_the_role_behind(client: Client) -> None:
    client.force_login(UserFactory(is_editor=True))
    person, other = UserFactory(is_delegate=True), EmployerFactory()

    act(client, person, Act.MOVE, to=other.pk)

    person.refresh_from_db()
    assert (person.association, person.is_delegate) == (other, False)


def test_moving_asks_where_to(signed_in: Client, colleague: User) -> None:
    response = act(signed_in, colleague, Act.MOVE)

    assert response.status_code == 422
    assert "to" in errors(response)


def test_an_invitation_that_ran_out_is_sent_again_and_its_old_link_ends(
    signed_in: Client, delegate: User, django_capture_on_commit_callbacks: object
) -> None:
    made = InvitationFactory(association=delegate.association, invited_by=delegate)
    Invitation.objects.update(sent_at=timezone.now() - timedelta(days=15))
    old = made.get_absolute_url()
    assert made.email in main_text(signed_in.get(reverse("members:invitations")))

    with django_capture_on_commit_callbacks(execute=True):
        signed_in.post(reverse("members:resend_invitation", args=[made.pk]))

    made.refresh_from_db()
    assert made.get_absolute_url() in mail.outbox[-1].body
    assert Client().get(old).status_code == 404
    assert Client().get(made.get_absolute_url()).status_code == 200
    assert AuditEntry.objects.filter(action="resent", by=delegate, invitation=made).exists()


def test_what_was_used_or_is_not_ones_own_is_not_sent_again(
    signed_in: Client, delegate: User, django_capture_on_commit_callbacks: object
) -> None:
    used = InvitationFactory(association=delegate.association, invited_by=delegate)
    invitations.accept(invitation=used, first_name="A", last_name="B", password=PASSWORD)
    theirs = InvitationFactory()

    with django_capture_on_commit_callbacks(execute=True):
        assert signed_in.post(reverse("members:resend_invitation", args=[used.pk])).status_code == 302
        assert signed_in.post(reverse("members:resend_invitation", args=[theirs.pk])).status_code == 404
    assert mail.outbox == []


def test_the_pages_stay_within_their_budget(
    signed_in: Client, delegate: User, colleague: User, count_queries: object
) -> None:
    UserFactory.create_batch(30, association=delegate.association)

    for url in (reverse("members:accounts"), reverse("members:account", args=[colleague.pk])):
        signed_in.get(url)
        assert count_queries(lambda url=url: signed_in.get(url)) <= 12


def test_nobody_else_takes_the_request_to_be_erased_back(delegate: User, colleague: User) -> None:
    actions.ask_for_deletion(person=colleague)
    actions.suspend(person=colleague, by=delegate)
    actions.reopen(person=colleague, by=delegate)

    assert User.objects.get(pk=colleague.pk).deletion_asked_at
