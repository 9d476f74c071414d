"""What this app and the kernel hold about a person."""

import re
from functools import reduce
from operator import or_
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import ModelLogEntry, PageSubscription
from wagtail.users.models import UserProfile

from home.models import ContactMessage
from members.accounts.holdings import Holding
from members.devices import device_name
from members.models import AuditEntry, DirectoryReport, Invitation, OutgoingMail, Transfer, User

SAID = ("first_name", "last_name", "email", "phone", "best_hours", "spoken_languages", "language", "ask_me_about")
FACTS = ("is_in_directory", "is_delegate", "date_joined", "last_login", "details_confirmed_on", "deletion_asked_at")
EMPTY: dict[str, Any] = {
    "first_name": "",
    "last_name": "",
    "phone": "",
    "best_hours": "",
    "spoken_languages": [],
    "ask_me_about": "",
    "job_function": None,
    "stand_in": None,
    "is_in_directory": False,
    "is_delegate": False,
    "is_staff": False,
    "is_superuser": False,
    "is_active": False,
    "has_left": True,
    "last_login": None,
}


def tell(person: User) -> dict[str, Any]:
    """The account, how one signs in, invitations, and what the log says."""
    return {
        "account": {name: getattr(person, name) for name in (*SAID, *FACTS)},
        "association": str(person.association or ""),
        "job_function": str(person.job_function or ""),
        "stand_in": str(person.stand_in or ""),
        "groups_of_rights": _list(person.groups, "name"),
        "email_addresses": _list(EmailAddress.objects.filter(user=person), "email", "verified", "primary"),
        "second_steps": _list(Authenticator.objects.filter(user=person), "type", "created_at", "last_used_at"),
        "other_ways_to_sign_in": _list(SocialAccount.objects.filter(user=person), "provider", "uid", "extra_data"),
        "sessions": [_session(one) for one in UserSession.objects.filter(user=person)],
        "invitations": _list(_invitations(person), "email", "language", "sent_at", "accepted_at", "revoked_at"),
        "transfers": [
            {"to": str(one.to), "proposed_at": one.proposed_at, "answered_at": one.answered_at}
            for one in Transfer.objects.filter(person=person).select_related("to")
        ],
        "directory_reports": _list(
            DirectoryReport.objects.filter(Q(person=person) | Q(reported_by=person)),
            *("message", "created_at", "outcome", "handled_at"),
        ),
        "audit_log": [_entry(one, person) for one in AuditEntry.objects.filter(Q(by=person) | Q(person=person))],
        "letters_not_sent": _list(_letters_to(person), "subject", "written_at", "state"),
        "contact_messages": _list(_messages(person), "name", "subject", "message", "language", "sent_at"),
    }


def erase(person: User) -> None:
    """Make the account nobody's; contributions stay with the association, under “former colleague”."""
    address = f"erased-{person.pk}@erased.invalid"
    _invitations(person).exclude(invited_by=person).update(email=address)
    _messages(person).delete()
    (_letters_to(person) | _letters_about(person)).delete()
    for profile in UserProfile.objects.filter(user=person).exclude(avatar=""):
        profile.avatar.delete(save=False)
    for model in (
        EmailAddress,
        Authenticator,
        SocialAccount,
        UserProfile,
        FormState,
        EditingSession,
        PageSubscription,
    ):
        model.objects.filter(user=person).delete()
    Transfer.objects.filter(person=person).delete()
    DirectoryReport.objects.filter(person=person).delete()
    DirectoryReport.objects.filter(reported_by=person).update(message="")
    person.groups.clear()
    person.user_permissions.clear()
    for name, value in (EMPTY | {"email": address}).items():
        setattr(person, name, value)
    person.set_unusable_password()
    person.save()  # which ends the sessions too
    kind = ContentType.objects.get_for_model(User)
    ModelLogEntry.objects.filter(content_type=kind, object_id=str(person.pk)).update(label=str(person.pk))


def _list(rows: Any, *names: str) -> list[dict[str, Any]]:
    return list(rows.values(*names))


def _session(session: UserSession) -> dict[str, Any]:
    device = device_name(session.user_agent)
    return {"ip": session.ip, "device": device, "since": session.created_at, "last_seen": session.last_seen_at}


def _entry(entry: AuditEntry, person: User) -> dict[str, Any]:
    role = "by me" if entry.by_id == person.pk else "about me"
    return {"at": entry.at, "action": entry.action, "detail": entry.detail, "role": role}


def _invitations(person: User) -> Any:
    return Invitation.objects.filter(Q(email__iexact=person.email) | Q(invited_by=person))


def _messages(person: User) -> Any:
    return ContactMessage.objects.filter(email__iexact=person.email)


def _letters_to(person: User) -> Any:
    return OutgoingMail.objects.filter(Q(person=person) | Q(recipient__iexact=person.email))


def _letters_about(person: User) -> Any:
    """Those that name somebody, by address or by both names in full, and are not sent any more by themselves."""
    names = [person.email, person.get_full_name() if person.first_name and person.last_name else ""]
    whole = (rf"(^|[^\w.+-]){re.escape(name)}($|[^\w-])" for name in names if name)
    naming = (Q(subject__iregex=words) | Q(body__iregex=words) for words in whole)
    return OutgoingMail.objects.stuck().filter(reduce(or_, naming))


HOLDING = Holding("members", tell=tell, erase=erase)
