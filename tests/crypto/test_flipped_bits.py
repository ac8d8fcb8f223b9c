"""Every bit of a real report body, turned over: refused by the server or the opener, or outside the seal."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crypto.reference_card import open_entry, open_slip
from tests.crypto.reference_opener import open_payload, open_report
from tests.crypto.reference_primitives import OpenError, hpke_open
from tests.long_runs import LongRun
from tests.vectors import world
from youthsafe.crypto.encoding import EncodingError, b64, unb64
from youthsafe.crypto.envelope import Envelope, parse_report
from youthsafe.crypto.keys import Purpose, hpke_info, mailbox_verifier
from youthsafe.crypto.wire import REPORT_BODY_LENGTH, ReportBody, parse_report_body

OBJECTS: dict[str, str] = json.loads((Path(__file__).parent.parent / "vectors/v1.json").read_text("utf-8"))["objects"]
ENVELOPE = parse_report(unb64(OBJECTS["browser report"]))


def report_body() -> bytes:
    """A body as the browser sends it, around a report that the browser sealed."""
    mailbox = {
        "id": b64(world.MAILBOX.id),
        "verifier": b64(mailbox_verifier(world.MAILBOX.token)),
        "key": b64(world.MAILBOX_KEY),
        "note": OBJECTS["browser note"],
    }
    return json.dumps({"envelope": b64(ENVELOPE.raw), "mailbox": mailbox}, separators=(",", ":")).encode()


def dek_of(envelope: Envelope) -> bytes:
    """The key under which the report was sealed."""
    wrap = envelope.wraps[0]
    info = hpke_info(Purpose.REPORT_TO_TEAM, envelope.report_id, envelope.message_id, wrap.key_id)
    return hpke_open(world.TEAM_SEED, info, wrap.enc, wrap.ciphertext)


def parsed(body: bytes) -> ReportBody | None:
    """What the server reads, or nothing when it refuses."""
    try:
        return parse_report_body(body)
    except EncodingError:
        return None


def opens(envelope: Envelope, dek: bytes) -> bool:
    """Whether the report still opens; a key exchange is done again only where its inputs changed."""
    same_inputs = (envelope.wraps, envelope.report_id) == (ENVELOPE.wraps, ENVELOPE.report_id)
    try:
        if same_inputs:
            open_payload(envelope, dek)
        else:
            open_report(envelope.raw, world.REPORT_ID, world.TEAM_SEED)
    except ValueError:
        return False
    return True


def verdict(body: bytes, dek: bytes) -> str:
    """Who notices."""
    found = parsed(body)
    if found is None:
        return "server"
    if found.envelope == ENVELOPE:
        return "outside the seal"
    return "nobody" if opens(found.envelope, dek) else "opener"


def test_every_flipped_bit_of_a_report_body_is_refused_or_outside_the_seal(long_run: LongRun) -> None:
    """In `make test` two bits of each byte, in each byte the next ones; every bit in `make soak`."""
    good = report_body()
    dek = dek_of(ENVELOPE)
    assert len(good) == REPORT_BODY_LENGTH
    assert parsed(good) is not None
    assert opens(ENVELOPE, dek)
    verdicts: Counter[str] = Counter()
    changed = bytearray(good)
    bits = long_run.times(2, soak=8)
    for at in range(len(good)):
        for bit in range(at % 8, at % 8 + bits):
            changed[at] ^= 1 << bit % 8
            verdicts[verdict(bytes(changed), dek)] += 1
            changed[at] ^= 1 << bit % 8
    long_run.found("flipped bits of a report body", **verdicts)
    assert verdicts["nobody"] == 0
    assert verdicts.total() == bits * REPORT_BODY_LENGTH
    assert min(verdicts["server"], verdicts["opener"], verdicts["outside the seal"]) > 0


@pytest.mark.parametrize("at", [*range(90), *range(90, 1275, 37), *range(1275, len(ENVELOPE.raw), 379)])
def test_a_flipped_bit_of_the_envelope_itself_never_opens(at: int) -> None:
    changed = bytearray(ENVELOPE.raw)
    changed[at] ^= 0x10
    with pytest.raises((EncodingError, OpenError)):
        open_report(bytes(changed), world.REPORT_ID, world.TEAM_SEED)


def opens_as(name: str, data: bytes) -> bool:
    """Whether a reader of the team takes it."""
    try:
        if name == "browser slip":
            open_slip(world.TEAM_SECRET, data)
        else:
            open_entry(world.TEAM_SECRET, world.REPORT_ID, data)
    except (EncodingError, OpenError):
        return False
    return True


def bits_of(length: int) -> Iterator[tuple[int, int]]:
    """Every bit of head, nonce, first words and tag; between these, where all bits are alike, one of each byte."""
    for at in range(length):
        everyone = at < 200 or at >= length - 16
        yield from ((at, bit) for bit in (range(8) if everyone else [at % 8]))


@pytest.mark.parametrize("name", ["browser card entry", "browser slip"])
def test_every_flipped_bit_of_a_cards_entry_and_of_a_slip_is_refused(name: str) -> None:
    changed = bytearray(unb64(OBJECTS[name]))
    assert opens_as(name, bytes(changed))
    taken = []
    for at, bit in bits_of(len(changed)):
        changed[at] ^= 1 << bit
        if opens_as(name, bytes(changed)):
            taken.append((at, bit))
        changed[at] ^= 1 << bit
    assert taken == []
