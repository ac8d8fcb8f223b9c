"""What lies in the database opens as docs/envelope.md section 8 says, with the server secret alone."""

import hmac

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import Flask

from tests.conftest import SECRET
from tests.crypto.reference_primitives import hkdf
from youthsafe.database import keyed_hash
from youthsafe.database.secrets import encrypt


def at_rest_key(purpose: str) -> bytes:
    return hkdf(SECRET, f"youthsafe/at-rest {purpose}", 32)


def test_a_column_opens_by_hand_and_only_under_its_own_name(app: Flask) -> None:
    with app.app_context():
        kept = encrypt("message.envelope", b"sealed")
    key = AESGCM(at_rest_key("column message.envelope"))
    assert key.decrypt(kept[:12], kept[12:], b"message.envelope") == b"sealed"
    with pytest.raises(InvalidTag):
        AESGCM(at_rest_key("column report.note")).decrypt(kept[:12], kept[12:], b"report.note")


@pytest.mark.parametrize("name", ["mailbox id", "mailbox verifier", "sign-in proof", "tombstone"])
def test_a_keyed_hash_is_made_by_hand(app: Flask, name: str) -> None:
    with app.app_context():
        assert keyed_hash(name, b"value") == hmac.digest(at_rest_key(f"hash {name}"), b"value", "sha256")
