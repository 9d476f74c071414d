"""Sends the letters that wait: each at most once, whatever ends this process in the middle.

A letter counts as begun in a transaction of its own before the mail server hears of it; its row goes once the server
took it. Where the process dies in between, nobody can know whether the server took it: such a letter is not sent
again but shown to the administrators. All else is tried again, after growing pauses.
"""

import logging
from contextlib import suppress
from datetime import timedelta
from email.utils import parseaddr
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPServerDisconnected
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone

from members.enums import MailState
from members.models import OutgoingMail

LETTERS_A_TASK = 25  # so that a worker that is asked to stop can, and other work gets its turn
FIRST_PAUSE = timedelta(minutes=1)  # each next one is four times as long
MOST_TRIES = 8  # the last one comes almost four days after the first

logger = logging.getLogger(__name__)


def send_due() -> None:
    """Send some of the letters that are due, and stop where the mail server is away."""
    server: Any = get_connection()
    try:
        for _number in range(LETTERS_A_TASK):
            if not OutgoingMail.objects.due().exists() or not _is_reached(server):
                return
            mail = _begin()
            if mail is None or not _finish(mail, server):
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


def _is_reached(server: Any) -> bool:
    """Tell whether the mail server listens, on the open connection or on a new one; where not, all letters wait."""
    try:
        if getattr(server, "connection", None) and not _answers(server.connection):
            server.close()
        server.open()
    except OSError as error:  # every SMTPException is one
        _postpone_all(error)
        return False
    return True


def _answers(smtp: Any) -> bool:
    try:
        return smtp.noop()[0] == 250
    except OSError:
        return False


def _begin() -> OutgoingMail | None:
    """Take the next letter, for good: whatever happens from here on, nobody else sends it by themselves."""
    with transaction.atomic(durable=True):
        mail = OutgoingMail.objects.due().select_for_update(skip_locked=True).first()
        if mail is not None:
            mail.state, mail.began_at, mail.tries = MailState.SENDING, timezone.now(), mail.tries + 1
            mail.save(update_fields=["state", "began_at", "tries"])
    return mail


def _finish(mail: OutgoingMail, server: Any) -> bool:
    """Send a letter that was begun, its row locked meanwhile as a sign of life; false when the server went away."""
    with transaction.atomic(durable=True):
        held = OutgoingMail.objects.select_for_update().filter(pk=mail.pk, state=MailState.SENDING).first()
        if held is None:  # this process slept so long that another one took it for dead
            return True
        try:
            server.send_messages([_message(held)])
        except (SMTPRecipientsRefused, SMTPResponseException) as error:
            return _refused(held, error)
        except SMTPServerDisconnected as error:
            return _interrupted(held, error)
        except (SMTPException, ValueError) as error:  # it cannot be sent at all
            _keep(held, MailState.FAILED, str(error))
        except OSError as error:
            return _interrupted(held, error)
        else:
            held.delete()
    return True


def _message(mail: OutgoingMail) -> EmailMessage:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    headers = {
        "Message-ID": f"<{mail.key}@{domain}>",
        "Auto-Submitted": "auto-generated",  # nobody's note of absence answers it (RFC 3834)
        **mail.headers,
    }
    return EmailMessage(mail.subject, mail.body, settings.DEFAULT_FROM_EMAIL, [mail.recipient], headers=headers)


def _refused(mail: OutgoingMail, error: SMTPRecipientsRefused | SMTPResponseException) -> bool:
    """The server said no: for now, for good, or so that nobody understands it."""
    code = _code(error)
    if code < 400:
        return _interrupted(mail, error)
    if code >= 500 or mail.tries >= MOST_TRIES:
        _keep(mail, MailState.FAILED, str(error))
    else:
        mail.next_try_at = timezone.now() + FIRST_PAUSE * 4 ** (mail.tries - 1)
        _keep(mail, MailState.WAITING, str(error))
    return True


def _code(error: SMTPRecipientsRefused | SMTPResponseException) -> int:
    if isinstance(error, SMTPRecipientsRefused):
        return next(iter(error.recipients.values()))[0]
    return error.smtp_code


def _interrupted(mail: OutgoingMail, error: OSError) -> bool:
    """The conversation broke off: the server may have taken the letter; the others wait until it is well again."""
    _keep(mail, MailState.UNCERTAIN, str(error) or type(error).__name__)
    _postpone_all(error)
    return False


def _keep(mail: OutgoingMail, state: MailState, problem: str = "") -> None:
    mail.state, mail.problem = state, problem
    mail.save()
    if mail.is_stuck:
        logger.error("Letter %s is not sent again by itself: %s. The CMS shows it.", mail.pk, state.value)


def _postpone_all(error: OSError) -> None:
    """Let every letter that is due wait, the longer the more often it was tried; in the end give it up."""
    now, problem = timezone.now(), str(error) or type(error).__name__
    due = OutgoingMail.objects.filter(state=MailState.WAITING, next_try_at__lte=now).order_by()
    last = due.filter(tries__gte=MOST_TRIES - 1)
    given_up = last.update(state=MailState.FAILED, tries=MOST_TRIES, problem=problem)
    for tries in range(MOST_TRIES - 1):
        pause = FIRST_PAUSE * 4**tries
        due.filter(tries=tries).update(tries=tries + 1, next_try_at=now + pause, problem=problem)
    said = "The mail server is away (%s). Letters wait; %s were given up, the CMS shows them."
    logger.error(said, type(error).__name__, given_up)
