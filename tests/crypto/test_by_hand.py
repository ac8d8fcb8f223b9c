"""X-Wing and HPKE written out as docs/envelope.md 1.1 gives them, without a library's HPKE, open what was sealed."""

import hashlib
import hmac
import json
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.crypto.reference_opener import open_payload
from tests.vectors import world
from youthsafe.crypto.encoding import unb64
from youthsafe.crypto.envelope import parse_report
from youthsafe.crypto.keys import hpke_info

OBJECTS: dict[str, str] = json.loads((Path(__file__).parent.parent / "vectors/v1.json").read_text("utf-8"))["objects"]
SUITE = b"HPKE\x64\x7a\x00\x01\x00\x02"
LABEL = bytes.fromhex("5c2e2f2f5e5c")


def shared_secret(seed: bytes, enc: bytes) -> bytes:
    """X-Wing's decapsulation."""
    expanded = hashlib.shake_256(seed).digest(96)
    lattice, curve = (
        MLKEM768PrivateKey.from_seed_bytes(expanded[:64]),
        X25519PrivateKey.from_private_bytes(expanded[64:]),
    )
    of_lattice = lattice.decapsulate(enc[:1088])
    of_curve = curve.exchange(X25519PublicKey.from_public_bytes(enc[1088:]))
    return hashlib.sha3_256(of_lattice + of_curve + enc[1088:] + curve.public_key().public_bytes_raw() + LABEL).digest()


def extract(salt: bytes, label: bytes, key: bytes) -> bytes:
    """LabeledExtract of RFC 9180."""
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + SUITE + label + key, "sha256")


def expand(key: bytes, label: bytes, info: bytes, length: int) -> bytes:
    """LabeledExpand of RFC 9180, at most 32 bytes."""
    labelled = length.to_bytes(2, "big") + b"HPKE-v1" + SUITE + label + info
    return hmac.digest(key, labelled + b"\x01", "sha256")[:length]


def hpke_open(seed: bytes, info: bytes, enc: bytes, ciphertext: bytes) -> bytes:
    """Base mode, single shot, an empty aad."""
    context = b"\x00" + extract(b"", b"psk_id_hash", b"") + extract(b"", b"info_hash", info)
    secret = extract(shared_secret(seed, enc), b"secret", b"")
    key, nonce = expand(secret, b"key", context, 32), expand(secret, b"base_nonce", context, 12)
    return AESGCM(key).decrypt(nonce, ciphertext, b"")


def test_a_report_opens_by_hand_whoever_sealed_it() -> None:
    for name in ("report", "browser report"):
        envelope = parse_report(unb64(OBJECTS[name]))
        wrap = envelope.wraps[0]
        info = hpke_info(wrap.purpose, envelope.report_id, envelope.message_id, wrap.key_id)
        dek = hpke_open(world.TEAM_SEED, info, wrap.enc, wrap.ciphertext)
        assert open_payload(envelope, dek).startswith(b"\x01")


def test_the_word_list_is_the_one_that_the_page_names() -> None:
    root = Path(__file__).parents[2]
    listed = (root / "youthsafe/static/pwa/src/crypto/words/en.txt").read_bytes()
    assert hashlib.sha256(listed).hexdigest() in (root / "docs/envelope.md").read_text("utf-8")
