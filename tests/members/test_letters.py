"""Letters on their way: written with what they speak of, tried again, never sent twice, seen when they are stuck."""

from collections.abc import Iterator
from datetime import timedelta
from threading import Timer
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from members import outbox, tasks
from members.enums import MailState
from members.models import OutgoingMail, User
from tests.config.processes import free_port
from tests.factories.people import InvitationFactory, UserFactory
from tests.mail_server import MailServer, mail_server, use
from tests.reading import main_text, soup

pytestmark = pytest.mark.django_db
TO = "lies@example.org"


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    with mail_server() as made:
        use(settings, made.port)
        yield made


def letter(to: str = TO, **fields: Any) -> OutgoingMail:
    return OutgoingMail.objects.create(recipient=to, subject="Bonjour", body="Réunion à 10 h", **fields)


def in_a_while(minutes: int = 10_000) -> None:
    """Let time pass for the letters that wait."""
    OutgoingMail.objects.update(next_try_at=timezone.now() - timedelta(minutes=minutes))


def recipients(server: MailServer) -> list[str]:
    return [str(taken["To"]) for taken in server.letters]


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


@pytest.mark.parametrize("line", [f"rcpt TO:<{TO}>", "data"])
def test_what_the_server_refuses_for_good_is_not_tried_again_and_stops_nothing(server: MailServer, line: str) -> None:
    server.refusals[line] = "550 no such person"
    refused = letter()

    outbox.send_due()

    refused.refresh_from_db()
    assert (refused.state, refused.tries) == (MailState.FAILED, 1)
    assert "no such person" in refused.problem
    server.refusals.clear()
    letter("other@example.org")
    outbox.send_due()
    assert recipients(server) == ["other@example.org"]


def test_what_the_server_refuses_for_now_waits_alone(server: MailServer) -> None:
    server.refusals[f"rcpt TO:<{TO}>"] = "450 try later"
    waiting = letter()
    letter("other@example.org")

    outbox.send_due()

    assert recipients(server) == ["other@example.org"]
    server.refusals.clear()
    outbox.send_due()
    assert recipients(server) == ["other@example.org"]
    in_a_while()
    outbox.send_due()
    assert recipients(server) == ["other@example.org", waiting.recipient]


@pytest.mark.parametrize("refusal", ["530 sign in first", "550 you send too much", "421 closing down", "451 later"])
def test_a_server_that_refuses_the_site_gives_up_no_letter(server: MailServer, refusal: str) -> None:
    server.refusals["mail FROM:<site@otonom.test>"] = refusal
    for number in range(4):
        letter(f"{number}@example.org")

    outbox.send_due()

    assert {(one.state, one.tries) for one in OutgoingMail.objects.all()} == {(MailState.WAITING, 1)}
    assert not OutgoingMail.objects.due().exists()
    server.refusals.clear()
    in_a_while()
    outbox.send_due()
    assert len(server.letters) == 4


def test_a_letter_that_is_too_large_is_given_up_alone(server: MailServer) -> None:
    server.refusals["mail FROM:<site@otonom.test>"] = "552 too large"

    refused = letter()
    outbox.send_due()

    refused.refresh_from_db()
    assert refused.state == MailState.FAILED


def test_a_server_that_refuses_everybody_refuses_the_site(server: MailServer) -> None:
    people = [f"{number}@example.org" for number in range(5)]
    for address in people:
        server.refusals[f"rcpt TO:<{address}>"] = "550 relaying denied"
        letter(address)

    outbox.send_due()

    assert {one.state for one in OutgoingMail.objects.all()} == {MailState.WAITING}
    assert not OutgoingMail.objects.due().exists()
    server.refusals.clear()
    in_a_while()
    outbox.send_due()
    assert sorted(recipients(server)) == people


def test_people_who_are_gone_keep_no_other_letter_back(server: MailServer) -> None:
    gone = [f"gone{number}@example.org" for number in range(3)]
    for address in gone:
        server.refusals[f"rcpt TO:<{address}>"] = "550 no such person"
        letter(address)
    letter()

    outbox.send_due()
    OutgoingMail.objects.update(next_try_at=F("next_try_at") - timedelta(minutes=5))
    outbox.send_due()

    assert recipients(server) == [TO]


@pytest.mark.parametrize("moment", ["MAIL", "RCPT"])
def test_a_conversation_that_breaks_off_before_the_letter_was_handed_over_leaves_it_waiting(
    server: MailServer, moment: str
) -> None:
    server.hangs_up_at = {moment}
    waiting = letter()

    outbox.send_due()

    waiting.refresh_from_db()
    assert (waiting.state, waiting.tries) == (MailState.WAITING, 1)


def test_a_server_may_take_its_time_to_look_at_a_letter(server: MailServer, settings: Settings) -> None:
    settings.EMAIL_TIMEOUT = 1
    server.is_awake.clear()
    wakes = Timer(1.5, server.is_awake.set)
    wakes.start()
    letter()

    outbox.send_due()

    wakes.join()
    assert recipients(server) == [TO]
    assert not OutgoingMail.objects.exists()


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


def administrator() -> Client:
    client = Client()
    client.force_login(UserFactory(is_superuser=True))
    return client


@pytest.mark.ignore_template_errors
def test_an_administrator_sees_what_is_stuck_without_its_text_and_sends_it_again(
    django_capture_on_commit_callbacks: Any,
) -> None:
    stuck = letter(state=MailState.UNCERTAIN, began_at=timezone.now(), problem="The process was killed.")
    client = administrator()
    address = reverse("wagtailsnippets_members_outgoingmail:edit", args=[stuck.pk])

    listed = main_text(client.get(reverse("wagtailsnippets_members_outgoingmail:list")))
    shown = client.get(address)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address)

    assert TO in listed
    assert "The process was killed." in main_text(shown)
    assert stuck.body not in str(soup(shown))
    assert [sent.to for sent in mail.outbox] == [[TO]]


@pytest.mark.ignore_template_errors
def test_the_menu_says_how_many_letters_need_a_decision() -> None:
    client, place = administrator(), reverse("wagtailsnippets_members_outgoingmail:list")
    letter()
    assert "(2)" not in client.get(place).text

    for state in (MailState.FAILED, MailState.UNCERTAIN):
        letter(state=state)

    assert "(2)" in client.get(place).text


@pytest.mark.ignore_template_errors
@pytest.mark.parametrize("role", [{"is_editor": True}, {"is_delegate": True}])
def test_nobody_else_sees_letters(client: Client, role: dict[str, bool]) -> None:
    stuck = letter(state=MailState.FAILED)
    client.force_login(UserFactory(**role))

    for name, arguments in (("list", []), ("edit", [stuck.pk]), ("delete", [stuck.pk])):
        response = client.get(reverse(f"wagtailsnippets_members_outgoingmail:{name}", args=arguments))
        assert response.status_code in (302, 403)


def test_a_letter_that_still_waits_is_not_sent_again(settings: Settings) -> None:
    waiting = letter(tries=3)

    tasks.send_again(waiting)

    waiting.refresh_from_db()
    assert waiting.tries == 3


def test_what_could_not_be_sent_is_forgotten_after_two_weeks() -> None:
    old = timezone.now() - timedelta(days=15)
    letter(state=MailState.FAILED, written_at=old)
    kept = [letter(written_at=old), letter(state=MailState.FAILED)]

    call_command("accounts_tidy", verbosity=0)

    assert set(OutgoingMail.objects.all()) == set(kept)


def test_who_accepts_an_invitation_gets_letters_in_its_language(client: Client) -> None:
    invitation = InvitationFactory(language="nl")
    password = "korenbloem-en-klaproos"
    words = {"first_name": "Lies", "last_name": "Janssens", "password1": password, "password2": password}

    client.post(invitation.get_absolute_url(), words)

    assert User.objects.get(email=invitation.email).language == "nl"
