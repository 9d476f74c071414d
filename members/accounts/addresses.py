"""What is kept under somebody's address follows the person to a new one, so that telling and erasing find it there.

No earlier address is kept anywhere, for it may be a colleague's tomorrow; but for notices until they are sent, and
for what a coordinator typed to invite somebody into a group.
"""

from typing import Any

from django.db.models.signals import pre_save

from home.models import ContactMessage
from members.models import Invitation, OutgoingMail, User


def connect() -> None:
    """Follow what is saved of people."""
    pre_save.connect(_follow, sender=User, dispatch_uid="follow_address")


def _follow(sender: Any, instance: User, update_fields: Any = None, raw: bool = False, **kwargs: Any) -> None:
    """Move the accepted invitation, the messages and letters that wait; open invitations are for whoever has it.

    Notices stay: whoever took an account over, and changes its address, is not to read them in place of its owner.
    """
    if raw or instance.pk is None or (update_fields is not None and "email" not in update_fields):
        return
    before = User.objects.filter(pk=instance.pk).values_list("email", flat=True).first()
    if before is None or before.lower() == instance.email.lower():
        return
    Invitation.objects.filter(email__iexact=before, accepted_at__isnull=False).update(email=instance.email)
    ContactMessage.objects.filter(email__iexact=before).update(email=instance.email)
    waiting = OutgoingMail.objects.waiting().filter(person=instance, recipient__iexact=before, is_notice=False)
    waiting.update(recipient=instance.email)
