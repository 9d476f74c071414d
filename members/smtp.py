"""Speaks with the mail server: patiently once it has a whole letter, and so that one knows what a failure means."""

from enum import Enum, auto
from smtplib import (
    SMTP,
    SMTP_SSL,
    SMTPDataError,
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)
from typing import Any

from django.core.mail.backends.smtp import EmailBackend

ACCEPTED_WITHIN = 600  # seconds that a server may take to look at a letter (RFC 5321, 4.5.3.2.6)
CLOSING_DOWN = 421
LETTER_TOO_LARGE = 552


class Verdict(Enum):
    """What became of a letter that was not sent."""

    NOT_TAKEN = auto()  # the server is in trouble, or does not want us: nothing to do with this letter
    NOT_NOW = auto()
    NEVER = auto()
    UNKNOWN = auto()  # perhaps taken, perhaps not


class _Patient:
    """Waits longer for the answer to a letter than for a connection, and remembers whether one was handed over."""

    sock: Any
    timeout: Any
    is_handed_over = False

    def mail(self, *args: Any, **kwargs: Any) -> Any:
        """Begin a letter."""
        self.is_handed_over = False
        return super().mail(*args, **kwargs)  # type: ignore[misc]  # of smtplib.SMTP

    def data(self, msg: Any) -> Any:
        """Hand the text over."""
        self.is_handed_over = True
        self.sock.settimeout(ACCEPTED_WITHIN)
        try:
            return super().data(msg)  # type: ignore[misc]  # of smtplib.SMTP
        finally:
            if self.sock:
                self.sock.settimeout(self.timeout)


class _PatientSMTP(_Patient, SMTP):
    """For a connection that begins in the open."""


class _PatientSMTPS(_Patient, SMTP_SSL):
    """For a connection that is encrypted from its beginning."""


class PatientBackend(EmailBackend):
    """Django's, over such a connection."""

    @property
    def connection_class(self) -> type[SMTP]:
        """What to connect with."""
        return _PatientSMTPS if self.use_ssl else _PatientSMTP


def verdict(error: Exception, server: Any) -> Verdict:
    """What an error says about the letter that was being sent; only a refusal of its recipient or text is for good."""
    if isinstance(error, SMTPRecipientsRefused):
        return _refused(next(iter(error.recipients.values()))[0], Verdict.NOT_TAKEN)
    if isinstance(error, SMTPDataError):
        return _refused(error.smtp_code, Verdict.UNKNOWN)
    if isinstance(error, SMTPSenderRefused) and error.smtp_code == LETTER_TOO_LARGE:
        return Verdict.NEVER
    if isinstance(error, (ValueError, SMTPNotSupportedError)) or _is_about_nothing_known(error):
        return Verdict.NEVER
    return Verdict.UNKNOWN if _was_handed_over(server) else Verdict.NOT_TAKEN


def _refused(code: int, unclear: Verdict) -> Verdict:
    if code == CLOSING_DOWN:
        return Verdict.NOT_TAKEN
    if code < 400:
        return unclear
    return Verdict.NEVER if code >= 500 else Verdict.NOT_NOW


def _is_about_nothing_known(error: Exception) -> bool:
    known = (SMTPResponseException, SMTPServerDisconnected)
    return isinstance(error, SMTPException) and not isinstance(error, known)


def _was_handed_over(server: Any) -> bool:
    """Where the connection does not say so, nobody knows."""
    return getattr(getattr(server, "connection", None), "is_handed_over", True)
