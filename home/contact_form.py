"""The form with which anyone writes to the alliance."""

from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from home import outbox
from home.languages import current_language
from home.models.contact import ContactMessage


class ContactForm(forms.ModelForm):
    """A message to the team; it says next to each field what is missing."""

    # People never see this field; programs that fill in everything give themselves away (forms/honeypot.html).
    HONEYPOT = "company_website"

    class Meta:
        model = ContactMessage
        fields = ["name", "email", "subject", "message"]
        labels = {
            "name": _("Your name"),
            "email": _("Your e-mail address"),
            "subject": _("Subject"),
            "message": _("Your message"),
        }
        help_texts = {
            "email": _("We use it only to answer you."),
            "message": _("Please write nothing about your health that we do not need in order to answer."),
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "message": forms.Textarea(attrs={"rows": 8}),
        }
        error_messages = {
            "name": {"required": _("Write your name, so that we know how to address you.")},
            "email": {
                "required": _("Write your e-mail address, so that we can answer you."),
                "invalid": _("This e-mail address is not complete. Example: name@example.be"),
            },
            "subject": {"required": _("Write in a few words what your message is about.")},
            "message": {"required": _("Write your message.")},
        }

    def clean_name(self) -> str:
        """Keep it on one line: it goes into a mail."""
        return " ".join(self.cleaned_data["name"].split())

    def clean_subject(self) -> str:
        """Keep it on one line: it becomes the subject of a mail, where a new line would start a header."""
        return " ".join(self.cleaned_data["subject"].split())

    @property
    def is_from_program(self) -> bool:
        """Tell whether something filled in the field that people do not see."""
        return bool(self.data.get(self.HONEYPOT))

    def receive(self) -> ContactMessage:
        """Keep the message, and with it the letter to the team, who answer its sender directly."""
        with transaction.atomic():
            message: ContactMessage = self.save(commit=False)
            message.language = current_language()
            message.save()
            subject = " ".join(render_to_string("emails/contact_subject.txt", {"message": message}).split())
            body = render_to_string("emails/contact.txt", {"message": message})
            for recipient in settings.CONTACT_RECIPIENTS:
                outbox.send_later(subject, body, recipient, {"Reply-To": message.email})
        return message


def is_from_elsewhere(request: HttpRequest) -> bool:
    """Tell whether another site made the browser send this form.

    Stands in for the CSRF cookie, which a public page does without; browsers of the last years send
    ``Sec-Fetch-Site``, older ones ``Origin`` (https://owasp.org, CSRF prevention, "Fetch Metadata").
    """
    if site := request.headers.get("Sec-Fetch-Site"):
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return bool(origin) and urlsplit(origin).netloc != request.get_host()
