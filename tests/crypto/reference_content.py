"""Padding and content of docs/envelope.md sections 2.1 and 3 in Python. Tests only."""

from dataclasses import dataclass
from itertools import pairwise

from tests.crypto.reference_primitives import OpenError
from youthsafe.crypto.binary_layout import Reader, is_language_tag, lp, u8, u16, u32

PADDED_LENGTH = 8192
SURENESS = "yes no unsure"
ONE_OF = {1: SURENESS, 7: "now today week longer unsure", 8: SURENESS, 12: SURENESS, 14: "tell ask listen"}
LIST_OF = {
    2: "me friend sibling child adult place",
    3: "bullying fighting knife home touching pictures online pressure drugs hate missing feelings selfharm place"
    " other",
    5: "school home online street park bus shop other",
    11: "child group home trust adult unsure",
}
LONGEST = {4: 1500, 6: 300, 9: 300, 10: 300, 13: 120}
NOTHING = bytes(32)


@dataclass(frozen=True)
class Report:
    """What a reporter told; answers are pairs of field and text."""

    hour: int
    mailbox_key_hash: bytes
    auth: bytes
    locale: str
    answers: tuple[tuple[int, str], ...]

    @property
    def urgent(self) -> bool:
        """Whether somebody is in danger now."""
        return (1, "yes") in self.answers


@dataclass(frozen=True)
class Message:
    """A follow-up or an answer."""

    hour: int
    number: int
    previous: bytes
    seen: int
    other: bytes
    serial: int
    mac: bytes
    locale: str
    text: str

    @property
    def covered(self) -> bytes:
        """What the mac covers after the ids."""
        return self.links + u32(self.hour) + lp(self.locale.encode()) + lp(self.text.encode())

    @property
    def links(self) -> bytes:
        """Its place in its own direction, what was seen of the other one, and of the bundle."""
        return u32(self.number) + self.previous + u32(self.seen) + self.other + u32(self.serial)


def pad(content: bytes, length: int = PADDED_LENGTH) -> bytes:
    """Content as 8,192 bytes, or another length."""
    return u16(len(content)) + content + bytes(length - 2 - len(content))


def unpad(padded: bytes, length: int = PADDED_LENGTH) -> bytes:
    """The content of 8,192 bytes; raises a ValueError for any padding that is not zero."""
    reader = Reader(padded)
    content = reader.lp()
    if any(padded[reader.at :]) or len(padded) != length:
        raise OpenError("padding that is not zero")
    return content


def encode_report(report: Report) -> bytes:
    """Write a report's content, right or wrong."""
    told = b"".join(u8(field) + lp(text.encode()) for field, text in report.answers)
    return u8(1) + u32(report.hour) + report.mailbox_key_hash + report.auth + lp(report.locale.encode()) + told


def decode_report(content: bytes) -> Report:
    """Read a report's content; raises a ValueError."""
    reader = Reader(content)
    reader.expect(b"\x01", "kind of content")
    hour, mailbox_key_hash, auth, locale = reader.u32(), reader.take(32), reader.take(32), reader.text()
    answers = []
    while reader.at < len(content):
        answers.append((reader.u8(), reader.text()))
    report = Report(hour, mailbox_key_hash, auth, locale, tuple(answers))
    if (mailbox_key_hash == NOTHING) != (auth == NOTHING) or not is_language_tag(locale):
        raise OpenError("half a mailbox, or no language")
    if not all(_is_answer(field, text) for field, text in answers) or not _ascending([field for field, _ in answers]):
        raise OpenError("answers that break a rule")
    return report


def encode_message(message: Message) -> bytes:
    """Write a message's content, right or wrong."""
    head = u8(2) + u32(message.hour) + message.links + message.mac
    return head + lp(message.locale.encode()) + lp(message.text.encode())


def decode_message(content: bytes) -> Message:
    """Read a message's content; raises a ValueError."""
    reader = Reader(content)
    reader.expect(b"\x02", "kind of content")
    hour, number, previous = reader.u32(), reader.u32(), reader.take(32)
    seen, other, serial = reader.u32(), reader.take(32), reader.u32()
    message = Message(
        hour, number, previous, seen, other, serial, mac=reader.take(32), locale=reader.text(), text=reader.text()
    )
    reader.end()
    if number == 0:
        raise OpenError("numbers start at 1")
    if not is_language_tag(message.locale) or not 1 <= _units(message.text) <= 1500:
        raise OpenError("a text or language that breaks a rule")
    return message


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _ascending(numbers: list[int]) -> bool:
    return all(one < other for one, other in pairwise(numbers))


def _is_answer(field: int, text: str) -> bool:
    if field in ONE_OF:
        return text in ONE_OF[field].split()
    if field in LIST_OF:
        codes, chosen = LIST_OF[field].split(), text.split(" ")
        return set(chosen) <= set(codes) and _ascending([codes.index(code) for code in chosen])
    return field in LONGEST and 1 <= _units(text) <= LONGEST[field]
