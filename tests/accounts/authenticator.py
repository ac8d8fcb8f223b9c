"""A passkey's authenticator in software: it makes credentials without attestation, and signs with them."""

import hashlib
import json
import secrets
from dataclasses import dataclass, field

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from youthsafe.crypto.encoding import b64, unb64

PRESENT_AND_VERIFIED, WITH_CREDENTIAL = 0x05, 0x40


@dataclass
class Authenticator:
    """Holds one passkey for one site; `origin` is what its browser says of the page."""

    site: str = "localhost"
    origin: str = "http://localhost"
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    count: int = 0

    def made(self, challenge: str, **changed: object) -> dict[str, object]:
        """Answer a question for a new passkey, as the body that a browser sends."""
        numbers = self.key.public_key().public_numbers()
        public = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")})
        credential = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + public
        data = self._data(PRESENT_AND_VERIFIED | WITH_CREDENTIAL) + credential
        body = {
            "id": b64(self.id),
            "client_data": b64(self._client_data("webauthn.create", challenge)),
            "attestation": b64(cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})),
            "label": "My phone",
        }
        return body | changed

    def signed(self, challenge: str, flags: int = PRESENT_AND_VERIFIED) -> dict[str, str]:
        """Answer a challenge."""
        self.count += 1
        client_data, data = self._client_data("webauthn.get", challenge), self._data(flags)
        signature = self.key.sign(data + hashlib.sha256(client_data).digest(), ec.ECDSA(hashes.SHA256()))
        return {
            "id": b64(self.id),
            "client_data": b64(client_data),
            "authenticator_data": b64(data),
            "signature": b64(signature),
        }

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self.site.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _client_data(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": b64(unb64(challenge)), "origin": self.origin}).encode()
