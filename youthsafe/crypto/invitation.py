"""An invitation's offer: who is asked to join what (docs/envelope.md section 6.6). Its secret is in browsers only."""

from dataclasses import dataclass

from youthsafe.crypto.binary_layout import Reader, lp, u8
from youthsafe.crypto.encoding import EncodingError
from youthsafe.crypto.keys import ID_LENGTH
from youthsafe.crypto.roster import KEYLESS, LONGEST_NAME, Role

FINGERPRINT_LENGTH = 32
SEALED_SECRET_LENGTH = 12 + 16 + 16  # nonce, secret, tag


class OfferError(EncodingError):
    """Bytes, or values, that are not an offer."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Whose site this is (instance id, root fingerprint), and as whom somebody is to join it."""

    instance_id: bytes
    fingerprint: bytes
    member_id: bytes
    role: Role
    name: str
    teams: tuple[bytes, ...]


def parse_offer(data: bytes) -> Offer:
    """Read an offer to its last byte; OfferError for anything else. Says nothing about its mac."""
    reader = Reader(data, OfferError)
    reader.expect(b"YSI", "kind of object")
    reader.expect(b"\x01", "version")
    named = reader.take(ID_LENGTH), reader.take(FINGERPRINT_LENGTH), reader.take(ID_LENGTH)
    role = reader.u8()
    if role not in tuple(Role):
        raise OfferError("unknown role")
    offer = Offer(*named, Role(role), reader.text(), tuple(reader.take(ID_LENGTH) for _ in range(reader.u8())))
    reader.end()
    if not 1 <= len(offer.name.encode()) <= LONGEST_NAME:
        raise OfferError("a name of 1 to 80 bytes is needed")
    if len(set(offer.teams)) != len(offer.teams):
        raise OfferError("one team twice")
    if offer.teams and offer.role in KEYLESS:
        raise OfferError("a role that holds no team key is in a team")
    return offer


def build_offer(offer: Offer) -> bytes:
    """Write an offer; OfferError when a rule of the format is broken."""
    data = (
        b"YSI\x01"
        + offer.instance_id
        + offer.fingerprint
        + offer.member_id
        + u8(offer.role)
        + lp(offer.name.encode())
        + u8(len(offer.teams))
        + b"".join(offer.teams)
    )
    if parse_offer(data) != offer:
        raise OfferError("values that the format cannot hold")
    return data
