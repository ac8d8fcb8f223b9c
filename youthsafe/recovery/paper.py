"""The recovery kit as it was typed from paper, and what it opens (docs/envelope.md sections 6.1, 6.2 and 6.4)."""

import hashlib
import hmac
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

import youthsafe
from youthsafe.crypto.binary_layout import Reader, lp
from youthsafe.crypto.encoding import EncodingError, unb64
from youthsafe.crypto.grant import KIT_ID, build_grant_head, parse_grant
from youthsafe.crypto.keys import Purpose, hpke_info, key_id
from youthsafe.crypto.kit import build_kit_wrap_head, parse_kit_wrap
from youthsafe.crypto.roster import Roster
from youthsafe.recovery.opening import OpeningError, gcm_open, hkdf, hpke_open, public_key_of

LINE = "youthsafe-kit-1:"
_FILE = Path(youthsafe.__file__).parent / "static" / "pwa" / "src" / "crypto" / "words" / "en.txt"
_SECRET_LENGTH = 32
_WORDS = 24
_BITS = 11
_BEGINNING = 4
_LABEL = "youthsafe/v1/kit-wrap"
_WORD = re.compile(r"[^\W\d_]+")


class KitError(ValueError):
    """What was typed is not a kit; the message says what to look at."""


@dataclass(frozen=True, slots=True)
class KitKeys:
    """What is made of a kit's secret: the seed of its recovery key, and what opens the root."""

    seed: bytes
    wrap_key: bytes


def word_list() -> list[str]:
    """Return the English list, 2,048 words."""
    return _FILE.read_text(encoding="utf-8").split()


def read_kit(typed: str, words: Sequence[str]) -> bytes:
    """Return the secret of a kit's words, or of the line below its code; raises KitError."""
    line = "".join(typed.split())
    if line.startswith(LINE):
        try:
            return _checked(unb64(line.removeprefix(LINE), _SECRET_LENGTH + 1))
        except EncodingError:
            raise KitError("The line of the kit is not whole.") from None
    given = _WORD.findall(typed.lower())
    if len(given) != _WORDS:
        raise KitError(f"A kit has 24 words, and these are {len(given)}.")
    number = 0
    for place, word in enumerate(given, start=1):
        number = number << _BITS | _index(word, place, words)
    return _checked(number.to_bytes(_SECRET_LENGTH + 1, "big"))


def kit_keys(secret: bytes) -> KitKeys:
    """Return what is made of a kit's secret."""
    return KitKeys(hkdf(secret, "youthsafe/v1/kit-kem"), hkdf(secret, _LABEL))


def require_kit_of(keys: KitKeys, roster: Roster, root: bytes, raw: bytes) -> None:
    """Raise OpeningError unless the kit's wrap holds the root that signed this roster, which names the kit's key."""
    wrap = parse_kit_wrap(raw)
    public_key = public_key_of(keys.seed)
    if wrap.recovery_key_id != key_id(public_key) or roster.recovery_key != public_key:
        raise OpeningError("This database is of another kit: an older or a newer one.")
    head = build_kit_wrap_head(wrap.instance_id, wrap.recovery_key_id)
    number = gcm_open(keys.wrap_key, wrap.nonce, _LABEL.encode() + b"\x00" + head, wrap.sealed)
    key = ec.derive_private_key(int.from_bytes(number, "big"), ec.SECP256R1()).public_key()
    point = key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    if (point, wrap.instance_id) != (root, roster.instance_id):
        raise OpeningError("The root in this database is not the kit's.")


def open_grants(keys: KitKeys, roster: Roster, grants: Iterable[bytes]) -> dict[tuple[bytes, int], bytes]:
    """Return the seed of every epoch of every team, by team id and epoch; raises a ValueError."""
    seeds: dict[tuple[bytes, int], bytes] = {}
    for raw in grants:
        team_id, listed = _open_grant(keys, roster, raw)
        seeds |= {(team_id, epoch): seed for epoch, seed in listed}
    return seeds


def _open_grant(keys: KitKeys, roster: Roster, raw: bytes) -> tuple[bytes, list[tuple[int, bytes]]]:
    grant = parse_grant(raw)
    head = grant.head
    mine = (roster.instance_id, KIT_ID, key_id(roster.recovery_key))
    if (head.instance_id, head.recipient_id, head.recipient_key_id) != mine:
        raise OpeningError("a grant to somebody else")
    written = build_grant_head(head)
    info = hpke_info(Purpose.GRANT, head.team_id, KIT_ID, head.recipient_key_id) + written
    reader = Reader(hpke_open(keys.seed, info, grant.enc + grant.ciphertext))
    reader.expect(b"YSS\x01", "kind of object")
    team_id = reader.take(16)
    listed = [(reader.u32(), reader.take(32)) for _ in range(reader.u16())]
    reader.end()
    covered = b"youthsafe/v1/grant\x00" + written + grant.enc + lp(grant.ciphertext)
    made = hmac.digest(hkdf(listed[0][1], "youthsafe/v1/grant"), covered, "sha256")
    if team_id != head.team_id or not hmac.compare_digest(made, grant.mac):
        raise OpeningError("not granted by who holds the key")
    return team_id, listed


def _checked(read: bytes) -> bytes:
    secret = read[:_SECRET_LENGTH]
    if hashlib.sha256(b"youthsafe/v1/kit\x00" + secret).digest()[:1] != read[_SECRET_LENGTH:]:
        raise KitError("These words are not those of a kit. Check each of them and their order.")
    return secret


def _index(word: str, place: int, words: Sequence[str]) -> int:
    if word in words:
        return words.index(word)
    begun = [index for index, each in enumerate(words) if len(word) >= _BEGINNING and each.startswith(word)]
    if len(begun) != 1:
        raise KitError(f"Word {place} is not one of our words.")
    return begun[0]
