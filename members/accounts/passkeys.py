"""What browsers answer for a passkey, read without trust: anybody can send it before signing in."""

from typing import Any

from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError


class AnswerField(forms.JSONField):
    """JSON, in which ten thousand brackets within each other are a mistake of who sent them, not of the site."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        """Read it; raises ``ValidationError`` for what cannot be read."""
        try:
            return super().to_python(value)
        except RecursionError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"value": ""}) from error


class LoginForm(webauthn.LoginWebAuthnForm):
    """Signing in with a passkey alone."""

    credential = AnswerField()


class AuthenticateForm(webauthn.AuthenticateWebAuthnForm):
    """The second step at signing in."""

    credential = AnswerField()


class ReauthenticateForm(webauthn.ReauthenticateWebAuthnForm):
    """Saying once more who one is, before something that matters."""

    credential = AnswerField()


class AddForm(webauthn.AddWebAuthnForm):
    """A new passkey."""

    credential = AnswerField()
