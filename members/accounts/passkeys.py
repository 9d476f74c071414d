"""What browsers answer for a passkey, read without trust: anybody can send it before signing in."""

import struct
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError
from fido2.webauthn import AuthenticationResponse, RegistrationResponse

# What fido2 raises for JSON of another shape, and for bytes in it that are not what they should be.
UNREADABLE = (AttributeError, IndexError, KeyError, TypeError, ValueError, RecursionError, struct.error)
# Bytes, which JSON has as text. Of a number fido2 makes so many bytes: ten digits took all memory of the machine.
AS_TEXT = {"rawId", "clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"}


class AnswerField(forms.JSONField):
    """JSON in the shape of ``answer``, such as fido2 reads it; allauth expects that much of a browser."""

    widget = forms.HiddenInput

    def __init__(self, answer: type[AuthenticationResponse | RegistrationResponse], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.answer = answer

    def to_python(self, value: Any) -> Any:
        """Read it; raises ``ValidationError`` for what cannot be read.

        Ten thousand brackets within each other are a mistake of who sent them, not of the site.
        """
        try:
            return super().to_python(value)
        except RecursionError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"value": ""}) from error

    def validate(self, value: Any) -> None:
        """Raise ``ValidationError`` for what no key answers."""
        super().validate(value)
        try:
            parts = value | value["response"]
            if not all(isinstance(parts.get(name), str | None) for name in AS_TEXT):
                raise TypeError("Bytes that are no text.")
            self.answer.from_dict(value)
        except UNREADABLE as error:
            raise get_adapter().validation_error("incorrect_code") from error


class LoginForm(webauthn.LoginWebAuthnForm):
    """Signing in with a passkey alone."""

    credential = AnswerField(AuthenticationResponse)


class AuthenticateForm(webauthn.AuthenticateWebAuthnForm):
    """The second step at signing in."""

    credential = AnswerField(AuthenticationResponse)


class ReauthenticateForm(webauthn.ReauthenticateWebAuthnForm):
    """Saying once more who one is, before something that matters."""

    credential = AnswerField(AuthenticationResponse)


class AddForm(webauthn.AddWebAuthnForm):
    """A new passkey."""

    credential = AnswerField(RegistrationResponse)
