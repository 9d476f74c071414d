"""Work outside the request."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import override
from django_tasks import task

from home.models.contact import ContactMessage


@task()
def mail_contact_message(pk: int) -> None:
    """Send a stored message to the team, who answer its sender directly."""
    message = ContactMessage.objects.get(pk=pk)
    with override(message.language):
        subject = render_to_string("emails/contact_subject.txt", {"message": message})
        body = render_to_string("emails/contact.txt", {"message": message})
    EmailMessage(
        subject=" ".join(subject.split()), body=body, to=settings.CONTACT_RECIPIENTS, reply_to=[message.email]
    ).send()
