"""Sends the letters that wait: each at most once, whatever ends this process in the middle.

A letter counts as begun in a transaction of its own before the mail server hears of it; its row goes once the server
took it. Where the process dies in between, nobody can know whether the server took it: such a letter is not sent
again but shown to the administrators, like one whose recipient or text the server refuses for good. All else is tried
again, after growing pauses, until its time is over: a reminder does not come after its meeting.
"""

import logging
from contextlib import suppress
from datetime import timedelta
from email.utils import parseaddr
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone

from members.enums import MailState
from members.models import OutgoingMail
from members.smtp import Verdict, verdict

LETTERS_A_TASK = 25  # so that a worker that is asked to stop can, and other work gets its turn
FIRST_PAUSE = timedelta(minutes=1)  # each next one is four times as long
MOST_TRIES = 8  # the last one comes almost four days after the first
REFUSED_IN_A_ROW = 3  # different people; then it is not about them

logger = logging.getLogger(__name__)


def send_due() -> None:
    """Send some of the letters that are due, and stop where the mail server is away or in trouble."""
    OutgoingMail.objects.outdated().delete()
    server: Any = get_connection()
    refused: list[OutgoingMail] = []
    try:
        for _number in range(LETTERS_A_TASK):
            if not OutgoingMail.objects.due().exists():
                return
            trouble = _unreachable(server) or _send_next(server, refused)
            if trouble:
                _postpone_all(trouble)
                return
    finally:
        with suppress(OSError):
            server.close()


def flag_interrupted() -> int:
    """Show what was being sent when its process died; gives how many letters."""
    with transaction.atomic():
        interrupted = list(OutgoingMail.objects.abandoned())
        for mail in interrupted:
            _keep(mail, MailState.UNCERTAIN, "The process that sent it was killed.")
    return len(interrupted)


def _unreachable(server: Any) -> Exception | None:
    """Tell why the mail server does not listen, neither on the open connection nor on a new one."""
    try:
        if getattr(server, "connection", None) and not _answers(server.connection):
            server.close()
        server.open()
    except OSError as error:  # every SMTPException is one
        return error
    return None


def _answers(smtp: Any) -> bool:
    try:
        return smtp.noop()[0] == 250
    except OSError:
        return False


def _send_next(server: Any, refused: list[OutgoingMail]) -> Exception | None:
    """Send one letter; gives the error where the mail server is in trouble and not the letter.

    ``refused`` are those that it refused for good one after the other: where it refuses everybody, it refuses us.
    """
    mail = _begin()
    error = _finish(mail, server) if mail else None
    if mail is None or mail.state != MailState.FAILED:
        refused.clear()
        return error
    refused.append(mail)
    if len({one.recipient for one in refused}) < REFUSED_IN_A_ROW:
        return None
    _take_up_again(refused)
    return SMTPException(mail.problem)


def _begin() -> OutgoingMail | None:
    """Take the next letter, for good: whatever happens from here on, nobody else sends it by themselves."""
    with transaction.atomic(durable=True):
        mail = OutgoingMail.objects.due().select_for_update(skip_locked=True).first()
        if mail is not None:
            mail.state, mail.began_at, mail.tries = MailState.SENDING, timezone.now(), mail.tries + 1
            mail.save(update_fields=["state", "began_at", "tries"])
    return mail


def _finish(mail: OutgoingMail, server: Any) -> Exception | None:
    """Send a letter that was begun, its row locked meanwhile as a sign of life; gives the error that stops others."""
    with transaction.atomic(durable=True):
        begun = OutgoingMail.objects.select_related("person").select_for_update(of=("self",))
        held = begun.filter(pk=mail.pk, state=MailState.SENDING).first()
        if held is None:  # this process slept so long that another one took it for dead
            return None
        if held.person and not held.person.is_active:
            held.delete()
            return None
        try:
            server.send_messages([_message(held)])
        except (OSError, ValueError) as error:  # every SMTPException is an OSError
            trouble = _note(mail, error, verdict(error, server))
        else:
            held.delete()
            trouble = None
    return trouble


def _message(mail: OutgoingMail) -> EmailMessage:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    headers = {
        "Message-ID": f"<{mail.key}@{domain}>",
        "Auto-Submitted": "auto-generated",  # nobody's note of absence answers it (RFC 3834)
        **mail.headers,
    }
    return EmailMessage(mail.subject, mail.body, settings.DEFAULT_FROM_EMAIL, [mail.recipient], headers=headers)


def _note(mail: OutgoingMail, error: Exception, said: Verdict) -> Exception | None:
    """Keep what became of a letter; gives the error back where the others are to wait too."""
    problem = _words(error)
    if said is Verdict.NEVER or (said is Verdict.NOT_NOW and mail.tries >= MOST_TRIES):
        _keep(mail, MailState.FAILED, problem)
    elif said is Verdict.NOT_NOW:
        mail.next_try_at = timezone.now() + FIRST_PAUSE * 4 ** (mail.tries - 1)
        _keep(mail, MailState.WAITING, problem)
    elif said is Verdict.UNKNOWN:
        _keep(mail, MailState.UNCERTAIN, problem)
        return error
    else:
        mail.tries -= 1  # it counts when all that is due is postponed
        _keep(mail, MailState.WAITING, problem)
        return error
    return None


def _take_up_again(refused: list[OutgoingMail]) -> None:
    """Let letters wait that seemed to be refused for good, longer than the others, which then come first."""
    for mail in refused:
        if mail.tries < MOST_TRIES:
            anew = {"state": MailState.WAITING, "next_try_at": timezone.now() + FIRST_PAUSE * 4**mail.tries}
            OutgoingMail.objects.filter(pk=mail.pk, state=MailState.FAILED).update(**anew)


def _keep(mail: OutgoingMail, state: MailState, problem: str = "") -> None:
    mail.state, mail.problem = state, problem
    mail.save()
    if mail.is_stuck:
        logger.error("Letter %s is not sent again by itself: %s. The CMS shows it.", mail.pk, state.value)


def _words(error: Exception) -> str:
    return str(error) or type(error).__name__


def _postpone_all(error: Exception) -> None:
    """Let every letter that is due wait, the longer the more often it was tried; in the end give it up."""
    now, problem = timezone.now(), _words(error)
    due = OutgoingMail.objects.filter(state=MailState.WAITING, next_try_at__lte=now).order_by()
    last = due.filter(tries__gte=MOST_TRIES - 1)
    given_up = last.update(state=MailState.FAILED, tries=MOST_TRIES, problem=problem)
    for tries in range(MOST_TRIES - 1):
        pause = FIRST_PAUSE * 4**tries
        due.filter(tries=tries).update(tries=tries + 1, next_try_at=now + pause, problem=problem)
    said = "The mail server is away (%s). Letters wait; %s were given up, the CMS shows them."
    logger.error(said, type(error).__name__, given_up)
