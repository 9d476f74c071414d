"""Letters on their way: written with what they speak of, tried again, never sent twice, seen when they are stuck."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from members import outbox, tasks
from members.actions import resend
from members.enums import MailState
from members.models import OutgoingMail, User
from members.models.invitation import VALID_FOR
from tests.config.processes import free_port
from tests.factories.mail import TO, in_a_while, letter, recipients
from tests.factories.people import InvitationFactory
from tests.forgetting import forget
from tests.mail_server import MailServer, mail_server, use

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    with mail_server() as made:
        use(settings, made.port)
        yield made


def test_a_letter_is_sent_when_what_it_speaks_of_is_saved(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        tasks.send_later("Bonjour", "Réunion", TO, {"List-Id": "<a.example.org>"})
        assert not mail.outbox

    [sent] = mail.outbox
    assert (sent.to, sent.subject, sent.message()["List-Id"]) == ([TO], "Bonjour", "<a.example.org>")
    assert sent.message()["Auto-Submitted"] == "auto-generated"
    assert not OutgoingMail.objects.exists(), "a letter that was sent leaves nothing behind"


def test_a_letter_goes_with_the_transaction_that_wrote_it() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        tasks.send_later("Bonjour", "Réunion", TO)
        1 / 0  # noqa: B018  # whatever goes wrong

    assert not OutgoingMail.objects.exists()


def test_a_letter_of_which_the_worker_never_heard_is_sent_by_the_next_round() -> None:
    letter()

    call_command("letters_resume", verbosity=0)

    assert [sent.to for sent in mail.outbox] == [[TO]]


def test_one_connection_takes_several_letters(server: MailServer) -> None:
    for number in range(3):
        letter(f"{number}@example.org")

    outbox.send_due()

    assert recipients(server) == ["0@example.org", "1@example.org", "2@example.org"]
    assert "à 10 h" in server.letters[0].get_content()


def test_a_letter_to_many_lets_one_pass_that_somebody_waits_for(server: MailServer) -> None:
    OutgoingMail.objects.bulk_create([tasks.written("a", "b", "many@example.org", is_bulk=True)])
    letter()

    outbox.send_due()

    assert recipients(server) == [TO, "many@example.org"]


def test_where_the_mail_server_is_away_letters_wait_longer_and_longer(settings: Settings) -> None:
    port = free_port()
    use(settings, port)
    waiting = letter()
    pauses = []
    for _try in range(outbox.MOST_TRIES - 1):
        outbox.send_due()
        waiting.refresh_from_db()
        pauses.append(round((waiting.next_try_at - timezone.now()).total_seconds() / 60))
        in_a_while()
    assert pauses == [1, 4, 16, 64, 256, 1024, 4096]
    assert waiting.state == MailState.WAITING

    with mail_server(port) as server:
        outbox.send_due()

        assert recipients(server) == [TO]
        assert server.letters[0]["Message-ID"] == f"<{waiting.key}@otonom.test>"


def test_a_letter_that_just_waits_is_not_tried(server: MailServer) -> None:
    letter(next_try_at=timezone.now() + timedelta(minutes=1))

    outbox.send_due()

    assert not server.letters


def test_after_the_last_try_a_letter_is_given_up_and_logged(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    use(settings, free_port())
    waiting = letter(tries=outbox.MOST_TRIES - 1)

    outbox.send_due()

    waiting.refresh_from_db()
    assert waiting.state == MailState.FAILED
    assert "1 were given up" in caplog.text
    assert TO not in caplog.text


def test_what_was_perhaps_taken_is_never_sent_again_and_the_others_wait(server: MailServer) -> None:
    server.hangs_up_at = {"TAKEN"}
    uncertain, other = letter(), letter("other@example.org")

    outbox.send_due()

    uncertain.refresh_from_db()
    other.refresh_from_db()
    assert uncertain.state == MailState.UNCERTAIN
    assert (other.state, other.next_try_at > timezone.now()) == (MailState.WAITING, True)
    server.hangs_up_at = set()
    in_a_while()
    outbox.send_due()
    call_command("letters_resume", verbosity=0)
    assert recipients(server) == [TO, "other@example.org"]


def test_a_server_that_closes_an_idle_connection_loses_no_letter(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.hangs_up_at = {"NOOP"}  # with which the outbox asks, before the next letter, whether somebody listens
    letter()
    letter("other@example.org")

    outbox.send_due()

    assert recipients(server) == [TO, "other@example.org"]


@pytest.mark.parametrize("field", ["subject", "recipient"])
def test_a_letter_that_cannot_be_written_stops_no_other(server: MailServer, field: str) -> None:
    wrong = letter()
    OutgoingMail.objects.filter(pk=wrong.pk).update(**{field: "Bonjour\nBcc: everybody@example.org"})
    letter("other@example.org")

    outbox.send_due()

    wrong.refresh_from_db()
    assert wrong.state == MailState.FAILED
    assert recipients(server) == ["other@example.org"]


def test_a_letter_whose_process_was_killed_is_shown_and_one_that_is_being_sent_is_not(server: MailServer) -> None:
    long_ago = timezone.now() - timedelta(minutes=5)
    killed = letter(state=MailState.SENDING, began_at=long_ago)
    begun = letter(state=MailState.SENDING, began_at=timezone.now())

    call_command("letters_resume", verbosity=0)

    killed.refresh_from_db()
    begun.refresh_from_db()
    assert (killed.state, begun.state) == (MailState.UNCERTAIN, MailState.SENDING)
    assert not server.letters


def test_a_letter_that_still_waits_is_not_sent_again(settings: Settings) -> None:
    waiting = letter(tries=3)

    tasks.send_again(OutgoingMail.objects.filter(pk=waiting.pk))

    waiting.refresh_from_db()
    assert waiting.tries == 3


def test_what_could_not_be_sent_is_forgotten_after_two_weeks() -> None:
    old = timezone.now() - timedelta(days=15)
    letter(state=MailState.FAILED, written_at=old)
    kept = [letter(written_at=old), letter(state=MailState.FAILED)]

    forget()

    assert set(OutgoingMail.objects.all()) == set(kept)


def test_who_accepts_an_invitation_gets_letters_in_its_language(client: Client) -> None:
    invitation = InvitationFactory(language="nl")
    password = "korenbloem-en-klaproos"
    words = {"first_name": "Lies", "last_name": "Janssens", "password1": password, "password2": password}

    client.post(invitation.get_absolute_url(), words)

    assert User.objects.get(email=invitation.email).language == "nl"


@pytest.mark.parametrize("state", [MailState.WAITING, MailState.FAILED, MailState.UNCERTAIN])
def test_a_letter_whose_time_is_over_is_never_sent(server: MailServer, state: MailState) -> None:
    letter(state=state, not_after=timezone.now() - timedelta(seconds=1))
    in_time = letter(to="in.time@example.org", not_after=timezone.now() + timedelta(hours=1))

    outbox.send_due()

    assert recipients(server) == [in_time.recipient]
    assert not OutgoingMail.objects.exists()


def test_an_invitation_waits_no_longer_than_its_link_works() -> None:
    invitation = InvitationFactory()
    resend(invitation=invitation, by=invitation.invited_by)

    invitation.refresh_from_db()
    assert OutgoingMail.objects.get().not_after == invitation.sent_at + VALID_FOR
