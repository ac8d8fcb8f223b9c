"""What the desk says to a reporter of a report, 37 bytes that the server cannot make (docs/envelope.md 3.3)."""

from dataclasses import dataclass
from enum import IntEnum

from youthsafe.crypto.binary_layout import Reader
from youthsafe.crypto.encoding import EncodingError

LENGTH = 1 + 4 + 32


class AcknowledgementError(EncodingError):
    """Bytes that are not an acknowledgement."""


class Acknowledged(IntEnum):
    """What was done: a person of the team opened the report, or saw that it was taken back."""

    OPENED = 1
    WITHDRAWAL_SEEN = 2


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """A parsed acknowledgement, in hours since 1970; only the team and the reporter can tell whether `mac` is right."""

    kind: Acknowledged
    hour: int
    mac: bytes


def parse_acknowledgement(data: bytes) -> Acknowledgement:
    """Read 37 bytes; AcknowledgementError for anything else."""
    reader = Reader(data, AcknowledgementError)
    kind, hour, mac = reader.u8(), reader.u32(), reader.take(32)
    reader.end()
    if kind not in tuple(Acknowledged):
        raise AcknowledgementError("an unknown kind of acknowledgement")
    return Acknowledgement(Acknowledged(kind), hour, mac)
