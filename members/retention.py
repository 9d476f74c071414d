"""How long the site keeps what it knows of people, and what they searched for."""

from collections.abc import Callable
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.utils import timezone

from home.retention import TONIGHT, Rule, names_in_history
from members.accounts.actions import erase
from members.accounts.retention import forgotten_invitations, who_asked, who_left, who_were_suspended
from members.models import (
    AuditEntry,
    DirectoryReport,
    OutgoingMail,
    Transfer,
    UnansweredQuery,
    UnknownWord,
    User,
    audit,
    directory,
    outgoing_mail,
    transfer,
)
from members.models.finder import Passing


def _erase(keys: list[Any]) -> int:
    return sum(erase(person=person) for person in User.objects.filter(pk__in=keys))


def _people(what: str, kept_for: Any, due: Callable[[Any], Any]) -> Rule:
    """People are erased one by one, each in a transaction of its own, which looks again."""
    return Rule("members.User", what, kept_for, lambda: due(User.objects.all()), _erase, at_once=1)


def _ended_sessions() -> Any:
    """From where people were signed in, once that session is over."""
    open_now = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=timezone.now())
    return UserSession.objects.exclude(Exists(open_now))


RULES = (
    _people("people who left", settings.ACCOUNT_KEPT_AFTER_LEAVING, who_left),
    _people("accounts that were suspended", settings.ACCOUNT_SUSPENDED_AT_MOST, who_were_suspended),
    _people("people who asked to be erased", settings.DELETION_AT_THE_LATEST, who_asked),
    names_in_history("people", User, lambda: User.objects.filter(erased_at__isnull=False)),
    Rule("usersessions.UserSession", "addresses and browsers of sessions that ended", TONIGHT, _ended_sessions),
    Rule("members.Invitation", "invitations that nobody accepted", settings.INVITATION_KEPT, forgotten_invitations),
    Rule("members.Transfer", "transfers that are answered", transfer.KEPT_FOR, Transfer.objects.expired),
    Rule(
        "members.DirectoryReport", "reports about the directory", directory.KEPT_FOR, DirectoryReport.objects.expired
    ),
    Rule("members.AuditEntry", "entries of the audit log", audit.KEPT_FOR, AuditEntry.objects.expired),
    Rule(
        "members.OutgoingMail", "letters that could not be sent", outgoing_mail.KEPT_FOR, OutgoingMail.objects.expired
    ),
    Rule("members.UnansweredQuery", "searches that found nothing", Passing.KEPT_FOR, UnansweredQuery.objects.expired),
    names_in_history("searches", UnansweredQuery),
    Rule("members.UnknownWord", "words that the finder does not know", Passing.KEPT_FOR, UnknownWord.objects.expired),
)
