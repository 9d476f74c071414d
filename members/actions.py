"""Writes about people that touch several rows."""

from datetime import datetime
from functools import partial
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members import tasks
from members.models import Association, Invitation, User
from members.models.invitation import InvitationQuerySet
from members.models.user import UserQuerySet
from members.permissions import can_invite


class InvitationClosed(Exception):
    """The invitation was used, withdrawn, is too old, or its address got an account meanwhile."""


def invite(*, email: str, association: Association, language: str, by: Any) -> Invitation:
    """Invite a colleague by mail; raises ValidationError when this address cannot be invited."""
    if not can_invite(by, association):
        raise PermissionDenied
    email = email.strip().lower()
    try:
        with transaction.atomic():
            _withdraw(_pending(email).expired(), at=timezone.now())
            _check_free(email, by)
            invitation = Invitation.objects.create(
                email=email, association=association, language=language, invited_by=by
            )
            transaction.on_commit(partial(tasks.send_invitation.enqueue, invitation.pk))
    except IntegrityError as error:  # somebody else invited the same address at the same moment
        raise ValidationError(_cannot_be_invited(), code="taken") from error
    return invitation


def withdraw(*, invitation: Invitation, by: Any) -> None:
    """Make an open invitation useless; one that was used stays as it is."""
    if not can_invite(by, invitation.association):
        raise PermissionDenied
    _withdraw(Invitation.objects.filter(pk=invitation.pk), at=timezone.now())


def accept(*, invitation: Invitation, first_name: str, last_name: str, password: str) -> User:
    """Make the account that an invitation promises, once; raises InvitationClosed."""
    try:
        with transaction.atomic():
            locked = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
            if not is_acceptable(locked) or _has_account(locked.email):
                raise InvitationClosed
            user = User.objects.create_user(
                locked.email, password, first_name=first_name, last_name=last_name, association=locked.association
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


def _pending(email: str) -> InvitationQuerySet:
    return Invitation.objects.filter(email__iexact=email)


def _withdraw(invitations: InvitationQuerySet, *, at: datetime) -> None:
    invitations.filter(accepted_at__isnull=True, revoked_at__isnull=True).update(revoked_at=at)


def _has_account(email: str) -> bool:
    return (
        User.objects.filter(email__iexact=email).exists() or EmailAddress.objects.filter(email__iexact=email).exists()
    )


def _check_free(email: str, by: Any) -> None:
    """Say why an address cannot be invited, but nothing about people and invitations that ``by`` may not see."""
    colleague = _people_known_to(by).filter(email__iexact=email).first()
    if colleague:
        message = _("%(name)s already has an account.")
        raise ValidationError(message, code="account", params={"name": str(colleague)})
    if Invitation.objects.visible_to(by).open().filter(email__iexact=email).exists():
        message = _("This address already has an open invitation. Withdraw it below to send another one.")
        raise ValidationError(message, code="invited")
    if _has_account(email) or _pending(email).open().exists():
        raise ValidationError(_cannot_be_invited(), code="taken")


def _people_known_to(user: Any) -> UserQuerySet:
    """Editors know everybody; a delegate knows who is in the directory and in the own association."""
    if user.is_editor:
        return User.objects.all()
    return User.objects.visible_to(user) | User.objects.filter(association=user.association)


def _cannot_be_invited() -> str:
    return _("This address cannot be invited from here. Please ask the editors of the alliance.")
