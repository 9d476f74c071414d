"""The only way to get an account, from the letter to the first visit."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from members import actions
from members.models import Invitation, User
from tests.factories.people import PASSWORD, EmployerFactory, InvitationFactory, UserFactory
from tests.reading import errors, main_text, options, soup

pytestmark = pytest.mark.django_db
PAGE = {"fr": "/fr/espace/invitations/", "nl": "/nl/ruimte/uitnodigingen/"}
ANSWER = {"first_name": "Lies", "last_name": "Janssens", "password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture
def delegate() -> User:
    return UserFactory(is_delegate=True)


@pytest.fixture
def signed_in(client: Client, delegate: User) -> Client:
    client.force_login(delegate)
    return client


def send(client: Client, email: str, association: object, language: str = "fr") -> object:
    return client.post(PAGE["fr"], {"email": email, "association": association.pk, "language": language})


@pytest.mark.parametrize(("language", "path"), [("fr", "/fr/espace/invitation/"), ("nl", "/nl/ruimte/uitnodiging/")])
def test_a_colleague_is_invited_and_comes_in(
    signed_in: Client, delegate: User, language: str, path: str, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        send(signed_in, "Lies@Example.org", delegate.association, language)
    [letter] = mail.outbox
    assert letter.to == ["lies@example.org"]
    assert str(delegate) in letter.subject
    link = re.search(rf"{path}[\w-]+/", letter.body).group()

    newcomer = Client()
    page = newcomer.get(link)
    assert soup(page).html["lang"] == language
    assert "lies@example.org" in main_text(page)
    assert soup(page).select_one("meta[name=robots]")["content"] == "noindex"
    assert "no-store" in page["Cache-Control"]
    newcomer.post(link, ANSWER)

    person = User.objects.get(email="lies@example.org")
    assert person.association == delegate.association
    assert str(person) == "Lies Janssens"
    assert not person.is_delegate
    assert EmailAddress.objects.filter(user=person, verified=True, primary=True).exists()
    assert newcomer.get("/fr/espace/").status_code == 200
    login = Client().post("/fr/compte/login/", {"login": "lies@example.org", "password": PASSWORD})
    assert login["Location"] == "/fr/espace/"


def test_a_weak_password_is_refused_next_to_its_field_and_nothing_is_lost(client: Client) -> None:
    url = InvitationFactory().get_absolute_url()

    response = client.post(url, {**ANSWER, "password1": "lies", "password2": "autre"})

    assert response.status_code == 422
    assert set(errors(response)) == {"password1", "password2"}
    assert soup(response).select_one("[name=first_name]")["value"] == "Lies"
    assert not User.objects.filter(first_name="Lies").exists()


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"accepted_at": timezone.now()}, 410),
        ({"revoked_at": timezone.now()}, 410),
        ({"sent_at": timezone.now() - timedelta(days=15)}, 410),
        ({"token": "another"}, 404),
    ],
)
def test_a_link_that_is_over_opens_one_clear_page(client: Client, change: dict[str, object], status: int) -> None:
    invitation = InvitationFactory()
    url = invitation.get_absolute_url()
    Invitation.objects.filter(pk=invitation.pk).update(**change)

    for response in (client.get(url), client.post(url, ANSWER)):
        assert response.status_code == status
        assert soup(response).h1
        assert not soup(response).select("input[name=password1]")
    assert not User.objects.filter(email=invitation.email).exists()


def test_a_link_whose_address_has_an_account_meanwhile_looks_like_one_that_was_used(client: Client) -> None:
    used, taken = InvitationFactory(accepted_at=timezone.now()), InvitationFactory()
    UserFactory(email=taken.email)

    answers = [client.post(one.get_absolute_url(), ANSWER) for one in (used, taken)]

    assert [answer.status_code for answer in answers] == [410, 410]
    assert main_text(answers[0]) == main_text(answers[1])


def test_a_link_works_once() -> None:
    invitation = InvitationFactory()
    stale = Invitation.objects.get(pk=invitation.pk)  # as a second request read it
    actions.accept(invitation=invitation, first_name="A", last_name="B", password=PASSWORD)

    with pytest.raises(actions.InvitationClosed):
        actions.accept(invitation=stale, first_name="C", last_name="D", password=PASSWORD)
    assert User.objects.filter(email=invitation.email).count() == 1


def test_a_delegate_invites_only_into_the_own_association(signed_in: Client, delegate: User) -> None:
    other = EmployerFactory()

    assert options(signed_in.get(PAGE["fr"]), "association") == [str(delegate.association)]
    assert "association" in errors(send(signed_in, "x@example.org", other))
    with pytest.raises(PermissionDenied):
        actions.invite(email="x@example.org", association=other, language="fr", by=delegate)
    assert not Invitation.objects.exists()


def test_an_editor_invites_into_any(client: Client) -> None:
    other = EmployerFactory()
    client.force_login(UserFactory(is_editor=True))

    assert send(client, "x@example.org", other).status_code == 302
    assert Invitation.objects.get().association == other


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_others_do_not_invite(client: Client, language: str) -> None:
    client.force_login(UserFactory())

    assert client.get(PAGE[language]).status_code == 403
    assert send(client, "x@example.org", EmployerFactory()).status_code == 403
    assert not Invitation.objects.exists()


def test_the_list_shows_the_own_open_ones_and_withdraws_them(signed_in: Client, delegate: User) -> None:
    mine = InvitationFactory(association=delegate.association, invited_by=delegate)
    old = InvitationFactory(
        association=delegate.association, invited_by=delegate, sent_at=timezone.now() - timedelta(days=20)
    )
    theirs = InvitationFactory()

    page = signed_in.get(PAGE["fr"])
    waiting, ran_out = (table.get_text() for table in soup(page).select("main table"))
    assert mine.email in waiting
    assert old.email not in waiting
    assert old.email in ran_out
    assert theirs.email not in main_text(page)

    signed_in.post(f"{PAGE['fr']}{mine.pk}/retirer/")
    assert signed_in.post(f"{PAGE['fr']}{theirs.pk}/retirer/").status_code == 404
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert mine.revoked_at
    assert not theirs.revoked_at


def test_a_withdrawal_needs_a_post(signed_in: Client, delegate: User) -> None:
    mine = InvitationFactory(association=delegate.association, invited_by=delegate)

    assert signed_in.get(f"{PAGE['fr']}{mine.pk}/retirer/").status_code == 405


def refusal(by: User, email: str) -> str:
    with pytest.raises(ValidationError) as refused:
        actions.invite(email=email, association=by.association, language="fr", by=by)
    return refused.value.code


def test_what_a_delegate_may_know_is_said_clearly(delegate: User) -> None:
    colleague = UserFactory(association=delegate.association, is_in_directory=False)
    counterpart = UserFactory(is_in_directory=True)
    invited = InvitationFactory(association=delegate.association, invited_by=delegate)

    assert refusal(delegate, colleague.email.upper()) == "account"
    assert refusal(delegate, counterpart.email) == "account"
    assert refusal(delegate, invited.email) == "invited"


def test_what_a_delegate_may_not_know_all_looks_the_same(delegate: User) -> None:
    hidden = UserFactory(is_in_directory=False)
    closed = UserFactory(is_active=False)
    invited_elsewhere = InvitationFactory()

    assert {refusal(delegate, person.email) for person in (hidden, closed, invited_elsewhere)} == {"taken"}
    editor = UserFactory(is_editor=True)
    assert refusal(editor, hidden.email) == "account"
    assert refusal(editor, invited_elsewhere.email) == "invited"


def test_an_invitation_that_ran_out_makes_place_for_a_new_one(delegate: User) -> None:
    old = InvitationFactory(sent_at=timezone.now() - timedelta(days=15))

    new = actions.invite(email=old.email, association=delegate.association, language="nl", by=delegate)

    old.refresh_from_db()
    assert old.revoked_at
    assert new.is_open


def test_names_are_text_in_letters_and_pages(client: Client, django_capture_on_commit_callbacks: object) -> None:
    delegate = UserFactory(is_delegate=True, first_name="<b>D'Arc\r\nBcc: x@y.z</b>")
    with django_capture_on_commit_callbacks(execute=True):
        made = actions.invite(email="x@example.org", association=delegate.association, language="fr", by=delegate)

    [letter] = mail.outbox
    assert "\n" not in letter.subject
    assert "D'Arc" in letter.body
    assert "<b>" not in client.get(made.get_absolute_url()).content.decode()


def test_an_invitation_ends_with_the_right_of_whoever_sent_it(homes: object, client: Client) -> None:
    delegate = UserFactory(is_delegate=True)
    invitation = InvitationFactory(association=delegate.association, invited_by=delegate)
    assert client.get(invitation.get_absolute_url()).status_code == 200
    delegate.is_active = False
    delegate.save()

    assert client.get(invitation.get_absolute_url()).status_code == 410


def test_a_damaged_token_is_not_found(homes: object, client: Client) -> None:
    assert client.get("/fr/espace/invitation/%00/").status_code == 404
    assert client.get("/fr/%00/").status_code == 404


def test_inviting_has_a_limit_and_keeps_what_was_typed(homes: object, client: Client, settings: object) -> None:
    settings.INVITATION_RATE_LIMIT = "1/hour"
    delegate = UserFactory(is_delegate=True)
    client.force_login(delegate)
    fields = {"association": delegate.association_id, "language": "fr"}
    assert client.post(PAGE["fr"], {**fields, "email": "une@exemple.be"}).status_code == 302

    refused = client.post(PAGE["fr"], {**fields, "email": "autre@exemple.be"})

    assert refused.status_code == 422
    assert "autre@exemple.be" in refused.content.decode()
    assert not Invitation.objects.filter(email="autre@exemple.be").exists()


def test_colleagues_who_share_an_address_each_have_their_own_limit(homes: object, settings: object) -> None:
    settings.INVITATION_RATE_LIMIT = "1/hour"
    first = UserFactory(is_delegate=True)
    second = UserFactory(is_delegate=True, association=first.association)

    def invites(person: User, email: str, address: str) -> bool:
        client = Client(REMOTE_ADDR=address)
        client.force_login(person)
        fields = {"association": person.association_id, "language": "fr", "email": email}
        return client.post(PAGE["fr"], fields).status_code == 302

    assert invites(first, "a@exemple.be", "192.0.2.1")
    assert invites(second, "b@exemple.be", "192.0.2.1")
    assert not invites(first, "c@exemple.be", "192.0.2.2")
