"""What browsers answer for a passkey, read without trust: anybody can send it before signing in."""

import struct
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError
from fido2.utils import websafe_decode, websafe_encode
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

    def bound_data(self, data: Any, initial: Any) -> Any:
        """An answer is good for one question: a form that is shown again holds none, whatever was sent."""
        return initial

    def clean(self, value: Any) -> dict[str, Any]:
        """What the site knows of an answer, and nothing else; raises ``ValidationError`` for what no key answers."""
        answer = super().clean(value)
        try:
            return self._known(answer)
        except UNREADABLE as error:
            raise get_adapter().validation_error("incorrect_code") from error

    def _known(self, answer: dict[str, Any]) -> dict[str, Any]:
        parts = {"rawId": answer["rawId"], **answer["response"]}
        texts = {name: part for name, part in parts.items() if name in AS_TEXT and part is not None}
        if not all(isinstance(text, str) for text in texts.values()):
            raise TypeError("Bytes that are no text.")
        key = websafe_encode(websafe_decode(texts.pop("rawId")))
        is_kept = answer.get("clientExtensionResults", {}).get("credProps", {}).get("rk")  # by the key, for no name
        known = {
            "id": key,
            "rawId": key,
            "type": answer["type"],
            "clientExtensionResults": {"credProps": {"rk": is_kept if isinstance(is_kept, bool) else None}},
            "response": {name: websafe_encode(websafe_decode(text)) for name, text in texts.items()},
        }
        self.answer.from_dict(known)
        return known


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
