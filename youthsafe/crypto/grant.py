"""The key grant: a team's secret, sealed to one member or to the recovery kit (docs/envelope.md section 6.2)."""

from dataclasses import dataclass

from youthsafe.crypto.binary_layout import Reader, u32
from youthsafe.crypto.encoding import EncodingError
from youthsafe.crypto.envelope import ENC_LENGTH
from youthsafe.crypto.keys import ID_LENGTH

MAC_LENGTH = 32
SHORTEST_CIPHERTEXT = 22 + 36 + 16  # a team secret of one epoch, and the tag
EPOCH_LENGTH = 36
KIT_ID = bytes(ID_LENGTH)


class GrantError(EncodingError):
    """Bytes that are not a key grant."""


@dataclass(frozen=True, slots=True)
class GrantHead:
    """Who granted which team's secret to whom: ids of 16 bytes, KIT_ID for the recovery kit."""

    instance_id: bytes
    team_id: bytes
    epoch: int
    recipient_id: bytes
    recipient_key_id: bytes
    granter_id: bytes


@dataclass(frozen=True, slots=True)
class Grant:
    """A parsed grant; only its recipient can tell whether `mac` is right."""

    raw: bytes
    head: GrantHead
    enc: bytes
    ciphertext: bytes
    mac: bytes


def parse_grant(data: bytes) -> Grant:
    """Read a grant to its last byte; GrantError for anything else."""
    reader = Reader(data, GrantError)
    reader.expect(b"YSG", "kind of object")
    reader.expect(b"\x01", "version")
    head = GrantHead(
        instance_id=reader.take(ID_LENGTH),
        team_id=reader.take(ID_LENGTH),
        epoch=reader.u32(),
        recipient_id=reader.take(ID_LENGTH),
        recipient_key_id=reader.take(ID_LENGTH),
        granter_id=reader.take(ID_LENGTH),
    )
    grant = Grant(data, head, reader.take(ENC_LENGTH), reader.lp(), reader.take(MAC_LENGTH))
    reader.end()
    if head.epoch == 0:
        raise GrantError("epochs start at 1")
    if len(grant.ciphertext) < SHORTEST_CIPHERTEXT or (len(grant.ciphertext) - SHORTEST_CIPHERTEXT) % EPOCH_LENGTH:
        raise GrantError("not the length of a team secret")
    return grant


def build_grant_head(head: GrantHead) -> bytes:
    """Write the head of a grant, which its HPKE info and mac cover."""
    return (
        b"YSG\x01"
        + head.instance_id
        + head.team_id
        + u32(head.epoch)
        + head.recipient_id
        + head.recipient_key_id
        + head.granter_id
    )
