"""Sealing a drill as a reporter's browser seals a report (docs/envelope.md sections 2 to 4).

The one place where the server seals. What it seals is the same for everybody, and nothing here opens anything: the
keys are made, used and forgotten.
"""

import hashlib
import secrets
from datetime import datetime
from typing import Final

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PublicKey, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from youthsafe.crypto.binary_layout import lp, u8, u16, u32
from youthsafe.crypto.bundle import Team
from youthsafe.crypto.encoding import b64
from youthsafe.crypto.envelope import ENC_LENGTH, NO_ID, SEALED_LENGTH, Direction
from youthsafe.crypto.keys import ID_LENGTH, Purpose, hpke_info, key_id
from youthsafe.crypto.wire import NOTE_LENGTH, ReportBody, parse_report_body
from youthsafe.privacy.coarse_time import hour_number

# The desk knows a drill by these words (static/pwa/src/desk/reports/drills.ts), so that no server can call a report of
# somebody's a drill.
TEXT: Final = "This is a drill. The website made it, to see how soon a message is opened. Nobody wrote it."
_WHAT_HAPPENED = 4
_MLKEM_PUBLIC = 1184
_NO_REPLY = bytes(32) + bytes(32)  # in the place of the mailbox key's hash and K_auth
_TAG_LENGTH = 16
_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def sealed_drill(team: Team, now: datetime) -> ReportBody:
    """Return a drill for a team, as the body of a report that wants no reply.

    It goes through the parser that every report goes through, so that it has the form of one to the last byte.
    """
    envelope = _envelope(team, secrets.token_bytes(ID_LENGTH), _content(now))
    mailbox = (secrets.token_bytes(ID_LENGTH), secrets.token_bytes(32), _public_key(), secrets.token_bytes(NOTE_LENGTH))
    names = zip(("id", "verifier", "key", "note"), mailbox, strict=True)
    written = ",".join(f'"{name}":"{b64(value)}"' for name, value in names)
    return parse_report_body(f'{{"envelope":"{b64(envelope)}","mailbox":{{{written}}}}}'.encode("ascii"))


def seal(public_key: bytes, info: bytes, plaintext: bytes) -> tuple[bytes, bytes]:
    """HPKE-seal to an X-Wing public key; returns `enc` (1,120 bytes) and the ciphertext."""
    recipient = MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(public_key[:_MLKEM_PUBLIC]),
        X25519PublicKey.from_public_bytes(public_key[_MLKEM_PUBLIC:]),
    )
    sealed = _SUITE.encrypt(plaintext, recipient, info)
    return sealed[:ENC_LENGTH], sealed[ENC_LENGTH:]


def _content(now: datetime) -> bytes:
    answers = u8(_WHAT_HAPPENED) + lp(TEXT.encode())
    return u8(1) + u32(hour_number(now)) + _NO_REPLY + lp(b"en") + answers


def _envelope(team: Team, report_id: bytes, content: bytes) -> bytes:
    dek, recipient = secrets.token_bytes(32), key_id(team.public_key)
    info = hpke_info(Purpose.REPORT_TO_TEAM, report_id, NO_ID, recipient)
    enc, wrapped = seal(team.public_key, info, dek)
    head = b"YS" + u8(1) + u8(Direction.TO_TEAM) + report_id + NO_ID + u8(0) + team.id + u32(team.epoch)
    head += _hkdf(dek, "youthsafe/v1/commit") + u8(1)
    head += u8(Purpose.REPORT_TO_TEAM) + recipient + enc + wrapped
    padded = (u16(len(content)) + content).ljust(SEALED_LENGTH - _TAG_LENGTH, b"\x00")
    key, covered = _hkdf(dek, "youthsafe/v1/aead"), hashlib.sha256(head).digest()
    return head + AESGCM(key).encrypt(bytes(12), padded, covered)


def _hkdf(key: bytes, label: str) -> bytes:
    return HKDF(SHA256(), 32, None, label.encode("ascii")).derive(key)


def _public_key() -> bytes:
    """Return the public key of a mailbox that nobody has: its private half is forgotten here."""
    lattice = MLKEM768PrivateKey.generate().public_key().public_bytes_raw()
    return lattice + X25519PrivateKey.generate().public_key().public_bytes_raw()
