"""Mail about accounts, sent outside the request."""

from functools import partial

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override
from django_tasks import task

from members.models import Invitation
from members.models.invitation import VALID_FOR


@task()
def deliver(subject: str, body: str, recipient: str) -> None:
    """Send one letter of plain text."""
    send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [recipient])


def send_later(subject: str, body: str, recipient: str) -> None:
    """Send a letter once what it speaks of is in the database."""
    transaction.on_commit(partial(deliver.enqueue, subject, body, recipient))


@task()
def send_invitation(invitation_id: int) -> None:
    """Write to somebody who is invited, in the language that was chosen."""
    invitation = Invitation.objects.select_related("association", "invited_by").get(pk=invitation_id)
    if not invitation.is_open:
        return
    with override(invitation.language):
        context = {
            "invitation": invitation,
            "address": settings.WAGTAILADMIN_BASE_URL + invitation.get_absolute_url(),
            "until": timezone.localdate(invitation.sent_at + VALID_FOR),
        }
        subject = " ".join(render_to_string("emails/invitation_subject.txt", context).split())
        body = render_to_string("emails/invitation.txt", context)
    send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [invitation.email])
