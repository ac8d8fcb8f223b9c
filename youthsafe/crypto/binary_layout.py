"""Fixed binary layouts: big-endian integers, length-prefixed strings, and a reader that insists on the last byte."""

import re

from youthsafe.crypto.encoding import EncodingError

LANGUAGE_TAG = re.compile(
    r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))?\Z"  # with one variant at most
)
LONGEST_LIFE = (
    28 * 86_400
)  # seconds from issue to end of what a root signs: a removed key, or an old list, ends with it
LATEST_TIME = 2**53 - 1  # the largest integer that every browser counts exactly


def u8(number: int) -> bytes:
    """One byte; OverflowError outside 0 to 255."""
    return number.to_bytes(1, "big")


def u16(number: int) -> bytes:
    """Two bytes, big-endian."""
    return number.to_bytes(2, "big")


def u32(number: int) -> bytes:
    """Four bytes, big-endian."""
    return number.to_bytes(4, "big")


def u64(number: int) -> bytes:
    """Eight bytes, big-endian."""
    return number.to_bytes(8, "big")


def lp(data: bytes) -> bytes:
    """The bytes after their length as u16; OverflowError above 65,535 bytes."""
    return u16(len(data)) + data


def is_language_tag(tag: str) -> bool:
    """Whether `tag` is a lower-case language tag that every browser and Babel can read."""
    return LANGUAGE_TAG.match(tag) is not None


def require_life(issued_at: int, not_after: int, error: type[EncodingError]) -> None:
    """Refuse, as `error`, an end that is not after its start or more than LONGEST_LIFE after it."""
    if issued_at >= not_after:
        raise error("it ends before it starts")
    if not_after - issued_at > LONGEST_LIFE:
        raise error("it would live for more than 28 days")


class Reader:
    """Takes a layout apart from front to back; every refusal is raised as `error`, a kin of EncodingError."""

    def __init__(self, data: bytes, error: type[EncodingError] = EncodingError) -> None:
        self._data = data
        self._at = 0
        self._error = error

    @property
    def at(self) -> int:
        """How many bytes have been read."""
        return self._at

    def refuse(self, reason: str) -> EncodingError:
        """The error to raise for `reason`."""
        return self._error(reason)

    def take(self, count: int) -> bytes:
        """The next `count` bytes."""
        taken = self._data[self._at : self._at + count]
        if len(taken) != count:
            raise self._error("bytes are missing")
        self._at += count
        return taken

    def expect(self, data: bytes, what: str) -> None:
        """Read exactly `data`, which is `what`."""
        if self.take(len(data)) != data:
            raise self._error(f"another {what}")

    def u8(self) -> int:
        """An integer of one byte."""
        return self.take(1)[0]

    def u16(self) -> int:
        """An integer of two bytes."""
        return int.from_bytes(self.take(2), "big")

    def u32(self) -> int:
        """An integer of four bytes."""
        return int.from_bytes(self.take(4), "big")

    def time(self) -> int:
        """Unix seconds of eight bytes, at most LATEST_TIME."""
        seconds = int.from_bytes(self.take(8), "big")
        if seconds > LATEST_TIME:
            raise self._error("a time that browsers cannot count")
        return seconds

    def lp(self) -> bytes:
        """Length-prefixed bytes."""
        return self.take(self.u16())

    def text(self) -> str:
        """Length-prefixed UTF-8."""
        try:
            return self.lp().decode("utf-8")
        except UnicodeDecodeError as error:
            raise self._error("malformed UTF-8") from error

    def end(self) -> None:
        """Refuse bytes left over."""
        if self._at != len(self._data):
            raise self._error("bytes are left over")
