"""What browsers answer for a passkey, read without trust: anybody can send it before signing in.

fido2 reads it with trust: of a number it makes so many bytes, and of a long list it copies the rest for each item.
"""

import json
import struct
from contextlib import suppress
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms as webauthn
from cryptography.exceptions import InvalidSignature
from django import forms
from django.core.exceptions import ValidationError
from fido2 import cbor
from fido2.cose import CoseKey
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestedCredentialData, AuthenticationResponse, AuthenticatorData, RegistrationResponse

# What is raised for JSON of another shape, and for bytes in it that are not what they should be.
UNREADABLE = (
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OverflowError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
)
BYTES = {"rawId", "clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"}
MOST = 30_000  # characters of an answer; a key of the usual kinds needs about a thousand
MOST_BRACKETS = 10  # in what the browser says, which has one or two
MOST_SIGNED = 250  # bytes that the key says of itself: 37, and seldom some more


class AnswerField(forms.JSONField):
    """The JSON of one kind of answer."""

    widget = forms.HiddenInput

    def __init__(self, kind: type[AuthenticationResponse | RegistrationResponse], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind = kind

    def to_python(self, value: Any) -> Any:
        """Read the JSON; raises ``ValidationError`` for what is none, or too much, too deep, too long a number."""
        try:
            if len(value or "") > MOST:
                raise ValueError("Too long.")
            return super().to_python(value)
        except (RecursionError, ValueError) as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"value": ""}) from error

    def bound_data(self, data: Any, initial: Any) -> Any:
        """An answer is good for one question: a form that is shown again holds none, whatever was sent."""
        return initial

    def clean(self, value: Any) -> dict[str, Any]:
        """What the site knows of an answer, and nothing else; raises ``ValidationError`` for what no key answers."""
        answer = super().clean(value)
        try:
            known = known_of(answer)
            self.kind.from_dict(known)
        except UNREADABLE as error:
            raise get_adapter().validation_error("incorrect_code") from error
        return known


def known_of(answer: Any) -> dict[str, Any]:
    """The same answer in the plainest form; raises one of ``UNREADABLE`` where it has another shape."""
    given = {"rawId": answer["rawId"], **answer["response"]}
    parts = {name: _bytes(text) for name, text in given.items() if name in BYTES and text is not None}
    _check_said(parts["clientDataJSON"])
    if "attestationObject" in parts:
        parts["attestationObject"] = _new_key(parts["attestationObject"])
    if len(parts.get("authenticatorData", b"")) > MOST_SIGNED:
        raise ValueError("More than a key says of itself.")
    texts = {name: websafe_encode(part) for name, part in parts.items()}
    key = texts.pop("rawId")
    extensions = answer.get("clientExtensionResults") or {}
    needs_no_name = (extensions.get("credProps") or {}).get("rk")
    return {
        "id": key,
        "rawId": key,
        "type": "public-key",
        "clientExtensionResults": {"credProps": {"rk": needs_no_name if isinstance(needs_no_name, bool) else None}},
        "response": texts,
    }


def _bytes(text: Any) -> bytes:
    if not isinstance(text, str):
        raise TypeError("Bytes that are no text.")
    return websafe_decode(text)


def _check_said(data: bytes) -> None:
    """What the browser says: in JSON once more, which is signed and so must stay as it is."""
    if data.count(b"{") + data.count(b"[") > MOST_BRACKETS:
        raise ValueError("Nested more than a browser does.")
    said = json.loads(data)
    if not all(isinstance(said[name], str) for name in ("type", "challenge", "origin")):
        raise TypeError("A number or a list where a browser puts a text.")


def _new_key(attestation: bytes) -> bytes:
    """A key as it is kept, without who made it, which the site neither asks nor looks at; it must be able to sign."""
    sent: Any = cbor.decode(attestation)
    if not isinstance(sent["authData"], bytes):
        raise TypeError("A key that is not bytes.")
    data = AuthenticatorData(sent["authData"])
    credential: Any = data.credential_data
    key = CoseKey.parse({name: part for name, part in credential.public_key.items() if isinstance(part, int | bytes)})
    with suppress(InvalidSignature):
        key.verify(b"", b"")
    plain = AuthenticatorData.create(
        data.rp_id_hash,
        data.flags & ~AuthenticatorData.FLAG.ED,
        data.counter,
        AttestedCredentialData.create(credential.aaguid, credential.credential_id, key),
    )
    return cbor.encode({"fmt": "none", "attStmt": {}, "authData": bytes(plain)})


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
