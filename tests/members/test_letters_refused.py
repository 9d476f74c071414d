"""What a mail server refuses or breaks off: which letters wait, which are given up, and that it stops no other."""

from collections.abc import Iterator
from datetime import timedelta
from threading import Timer

import pytest
from django.db.models import F
from pytest_django import Settings

from members import outbox
from members.enums import MailState
from members.models import OutgoingMail
from tests.factories.mail import TO, in_a_while, letter, recipients
from tests.mail_server import MailServer, mail_server, use

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    with mail_server() as made:
        use(settings, made.port)
        yield made


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
