"""A security key in a few lines, which answers as a browser would: to see what becomes of right and of odd answers."""

import hashlib
import json
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode

SITE = "testserver"
IS_THERE, IS_VERIFIED, HAS_KEY = 0x01, 0x04, 0x40  # flags: of the person, and that a key follows


class SecurityKey:
    """One key, of one person, for one site."""

    def __init__(self, handle: str) -> None:
        self.handle = handle.encode()  # of the person, as the site gave it
        self.id = hashlib.sha256(b"key of " + self.handle).digest()
        self._key = ec.generate_private_key(ec.SECP256R1())

    def added(self, challenge: str) -> dict[str, Any]:
        """The answer to the question for a new key."""
        public = cbor.encode(dict(ES256.from_cryptography_key(self._key.public_key())))
        data = self._data(IS_THERE | IS_VERIFIED | HAS_KEY) + bytes(16) + len(self.id).to_bytes(2) + self.id + public
        return self._answer(
            clientDataJSON=_client_data("webauthn.create", challenge),
            attestationObject=cbor.encode({"fmt": "none", "attStmt": {}, "authData": data}),
        ) | {"clientExtensionResults": {"credProps": {"rk": True}}}

    def signed(self, challenge: str) -> dict[str, Any]:
        """The answer to the question who is there."""
        data, client_data = self._data(IS_THERE | IS_VERIFIED), _client_data("webauthn.get", challenge)
        signature = self._key.sign(data + hashlib.sha256(client_data).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            clientDataJSON=client_data, authenticatorData=data, signature=signature, userHandle=self.handle
        )

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(SITE.encode()).digest() + bytes([flags]) + bytes(4)

    def _answer(self, **parts: bytes) -> dict[str, Any]:
        key = websafe_encode(self.id)
        return {
            "id": key,
            "rawId": key,
            "type": "public-key",
            "authenticatorAttachment": "platform",
            "clientExtensionResults": {},
            "response": {name: websafe_encode(part) for name, part in parts.items()},
        }


def _client_data(kind: str, challenge: str) -> bytes:
    said = {"type": kind, "challenge": challenge, "origin": f"https://{SITE}", "crossOrigin": False}
    return json.dumps(said).encode()
