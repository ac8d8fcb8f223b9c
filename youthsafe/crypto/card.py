"""What the server sees of a case card's entry and of an outcome slip: their heads (docs/envelope.md 6.7 and 6.8)."""

from dataclasses import dataclass

from youthsafe.crypto.binary_layout import Reader, u32
from youthsafe.crypto.encoding import EncodingError
from youthsafe.crypto.keys import ID_LENGTH

NONCE_LENGTH, TAG_LENGTH, HASH_LENGTH = 12, 16, 32
ENTRY_PADDED, SLIP_PADDED = 8192, 512
ENTRY_LENGTH = 92 + NONCE_LENGTH + ENTRY_PADDED + TAG_LENGTH
SLIP_LENGTH = 24 + NONCE_LENGTH + SLIP_PADDED + TAG_LENGTH


class CardError(EncodingError):
    """Bytes that are no entry of a card, or no slip."""


@dataclass(frozen=True, slots=True)
class CardEntry:
    """A parsed entry; only the team can tell what it says, and whether `member_id` wrote it."""

    team_id: bytes
    epoch: int
    report_id: bytes
    member_id: bytes
    number: int
    previous: bytes
    nonce: bytes
    ciphertext: bytes

    @property
    def head(self) -> bytes:
        """Everything before the nonce, which the sealed part is bound to."""
        ids = self.team_id + u32(self.epoch) + self.report_id + self.member_id
        return b"YSE\x01" + ids + u32(self.number) + self.previous


@dataclass(frozen=True, slots=True)
class OutcomeSlip:
    """A parsed slip; only the team can tell what it says."""

    team_id: bytes
    epoch: int
    nonce: bytes
    ciphertext: bytes

    @property
    def head(self) -> bytes:
        """Everything before the nonce, which the sealed part is bound to."""
        return b"YSO\x01" + self.team_id + u32(self.epoch)


def parse_entry(data: bytes) -> CardEntry:
    """Read an entry to its last byte; CardError for anything else."""
    reader = Reader(data, CardError)
    reader.expect(b"YSE", "kind of object")
    reader.expect(b"\x01", "version")
    entry = CardEntry(
        team_id=reader.take(ID_LENGTH),
        epoch=reader.u32(),
        report_id=reader.take(ID_LENGTH),
        member_id=reader.take(ID_LENGTH),
        number=reader.u32(),
        previous=reader.take(HASH_LENGTH),
        nonce=reader.take(NONCE_LENGTH),
        ciphertext=reader.take(ENTRY_PADDED + TAG_LENGTH),
    )
    reader.end()
    if 0 in (entry.epoch, entry.number):
        raise CardError("epochs and numbers start at 1")
    return entry


def parse_slip(data: bytes) -> OutcomeSlip:
    """Read a slip to its last byte; CardError for anything else."""
    reader = Reader(data, CardError)
    reader.expect(b"YSO", "kind of object")
    reader.expect(b"\x01", "version")
    team_id, epoch, nonce = reader.take(ID_LENGTH), reader.u32(), reader.take(NONCE_LENGTH)
    slip = OutcomeSlip(team_id, epoch, nonce, reader.take(SLIP_PADDED + TAG_LENGTH))
    reader.end()
    if slip.epoch == 0:
        raise CardError("epochs start at 1")
    return slip
