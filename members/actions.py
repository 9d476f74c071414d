"""Writes about people that touch several rows."""

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from members.audit.log import record
from members.enums import AuditAction
from members.letters import INVITATION, of_invitation, send_letter
from members.models import Association, Invitation, User
from members.models.invitation import VALID_FOR, InvitationQuerySet, new_token
from members.models.user import UserQuerySet
from members.permissions import can_invite
from members.tasks import take_back_about


class InvitationClosed(Exception):
    """The invitation was used, withdrawn, is too old, or its address got an account meanwhile."""


def invite(*, email: str, association: Association, language: str, by: Any) -> Invitation:
    """Invite a colleague by mail; raises ValidationError when this address cannot be invited."""
    if not can_invite(by, association):
        raise PermissionDenied
    email = email.strip().lower()
    try:
        with transaction.atomic():
            _withdraw(_pending([email]).expired(), at=timezone.now())
            if refused := refusals([email], by).get(email):
                raise refused
            invitation = Invitation.objects.create(
                email=email, association=association, language=language, invited_by=by
            )
            record(AuditAction.INVITED, by=by, invitation=invitation, association=association)
            _write_to(invitation)
    except IntegrityError as error:  # somebody else invited the same address at the same moment
        raise ValidationError(_cannot_be_invited(), code="taken") from error
    return invitation


def withdraw(*, invitation: Invitation, by: Any) -> None:
    """Make an open invitation useless; one that was used stays as it is."""
    if not can_invite(by, invitation.association):
        raise PermissionDenied
    with transaction.atomic():
        if _withdraw(Invitation.objects.filter(pk=invitation.pk), at=timezone.now()):
            take_back_about(of_invitation(invitation.pk))
            record(AuditAction.WITHDRAWN, by=by, invitation=invitation, association=invitation.association)


def resend(*, invitation: Invitation, by: Any) -> None:
    """Send the letter again with a new link, for fourteen more days; raises InvitationClosed.

    The old link ends: of the letters that somebody has, the newest works.
    """
    if not can_invite(by, invitation.association):
        raise PermissionDenied
    with transaction.atomic():
        waiting = Invitation.objects.filter(pk=invitation.pk, accepted_at__isnull=True, revoked_at__isnull=True)
        locked = waiting.select_for_update().first()
        if locked is None or _has_account(locked.email):
            raise InvitationClosed
        take_back_about(of_invitation(locked.pk))
        locked.token, locked.sent_at, locked.invited_by = new_token(), timezone.now(), by
        locked.save(update_fields=["token", "sent_at", "invited_by"])
        record(AuditAction.RESENT, by=by, invitation=locked, association=locked.association)
        _write_to(locked)


def accept(*, invitation: Invitation, first_name: str, last_name: str, password: str | None) -> User:
    """Make the account that an invitation promises, once; raises InvitationClosed.

    Who signs in with another provider has no password.
    """
    try:
        with transaction.atomic():
            locked = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
            if not is_acceptable(locked) or _has_account(locked.email):
                raise InvitationClosed
            user = User.objects.create_user(
                locked.email,
                password,
                first_name=first_name,
                last_name=last_name,
                association=locked.association,
                language=locked.language,
            )
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
            locked.accepted_at = timezone.now()
            locked.save(update_fields=["accepted_at"])
    except IntegrityError as error:
        raise InvitationClosed from error
    return user


def is_acceptable(invitation: Invitation) -> bool:
    """Tell whether it is open, and whoever sent it may still invite."""
    return invitation.is_open and can_invite(invitation.invited_by, invitation.association)


def refusals(emails: list[str], by: Any) -> dict[str, ValidationError]:
    """Why addresses, in small letters, cannot be invited; nothing about people and invitations hidden from ``by``.

    However many there are, they are looked up together.
    """
    found: dict[str, ValidationError] = {}
    taken = _lower(EmailAddress.objects.all(), emails) | _lower(User.objects.all(), emails)
    for email in taken | _lower(Invitation.objects.open(), emails):
        found[email] = ValidationError(_cannot_be_invited(), code="taken")
    for email in _lower(Invitation.objects.visible_to(by).open(), emails) - taken:
        message = _("This address already has an open invitation. Withdraw it below to send another one.")
        found[email] = ValidationError(message, code="invited")
    for colleague in _people_known_to(by).annotate(lower=Lower("email")).filter(lower__in=emails):
        message = _("%(name)s already has an account.")
        found[colleague.email.lower()] = ValidationError(message, code="account", params={"name": str(colleague)})
    return found


def _write_to(invitation: Invitation) -> None:
    """Write to somebody who is invited, in the language that was chosen."""
    address = settings.WAGTAILADMIN_BASE_URL + invitation.get_absolute_url()
    until = timezone.localdate(invitation.sent_at + VALID_FOR)
    context = {"invitation": invitation, "address": address, "until": until}
    fields: dict[str, Any] = {"about": [of_invitation(invitation.pk)], "not_after": invitation.sent_at + VALID_FOR}
    send_letter(INVITATION, invitation.language, [invitation.email], context, **fields)


def _lower(rows: Any, emails: list[str]) -> set[str]:
    return set(rows.annotate(lower=Lower("email")).filter(lower__in=emails).values_list("lower", flat=True))


def _pending(emails: list[str]) -> InvitationQuerySet:
    return Invitation.objects.annotate(lower=Lower("email")).filter(lower__in=emails)


def _withdraw(invitations: InvitationQuerySet, *, at: datetime) -> int:
    return invitations.filter(accepted_at__isnull=True, revoked_at__isnull=True).update(revoked_at=at)


def _has_account(email: str) -> bool:
    return (
        User.objects.filter(email__iexact=email).exists() or EmailAddress.objects.filter(email__iexact=email).exists()
    )


def _people_known_to(user: Any) -> UserQuerySet:
    """Editors know everybody; a delegate knows who is in the directory and in the own association."""
    if user.is_editor:
        return User.objects.all()
    return User.objects.visible_to(user) | User.objects.filter(association=user.association)


def _cannot_be_invited() -> str:
    return _("This address cannot be invited from here. Please ask the editors of the alliance.")
