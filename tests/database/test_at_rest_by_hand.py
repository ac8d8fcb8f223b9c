"""What lies in the database opens as docs/envelope.md section 8 says, with the server secret alone."""

import hmac

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import Flask

from tests.conftest import SECRET
from tests.crypto.reference_primitives import hkdf
from youthsafe.database import index_hash, keyed_hash
from youthsafe.database.instance_check import LastingKey
from youthsafe.database.secrets import encrypt
from youthsafe.extensions import db


def at_rest_key(purpose: str) -> bytes:
    return hkdf(SECRET, f"youthsafe/at-rest {purpose}", 32)


def test_a_column_opens_by_hand_and_only_under_its_own_name(app: Flask) -> None:
    with app.app_context():
        kept = encrypt("message.envelope", b"sealed")
    key = AESGCM(at_rest_key("column message.envelope"))
    assert kept[0] == 1, "the version of the secret, which is bound to what it is the version of"
    assert key.decrypt(kept[1:13], kept[13:], b"\1message.envelope") == b"sealed"
    with pytest.raises(InvalidTag):
        key.decrypt(kept[1:13], kept[13:], b"\2message.envelope")
    with pytest.raises(InvalidTag):
        AESGCM(at_rest_key("column report.note")).decrypt(kept[1:13], kept[13:], b"\1report.note")


def test_the_hash_by_which_a_mailbox_is_found_is_made_by_hand(app: Flask) -> None:
    with app.app_context():
        by_hand = hmac.digest(at_rest_key("hash mailbox id"), b"value", "sha256")
        assert index_hash("mailbox id", b"value") == (1, by_hand)


@pytest.mark.parametrize("name", ["staff session", "tombstone"])
def test_a_keyed_hash_is_made_by_hand(app: Flask, name: str) -> None:
    with app.app_context():
        lasting = db.session.scalars(db.select(LastingKey.value)).one()
        key = hkdf(lasting, f"youthsafe/at-rest hash {name}", 32)
        assert keyed_hash(name, b"value") == hmac.digest(key, b"value", "sha256")
