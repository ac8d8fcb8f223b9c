"""Attacks on a caseworker who opens a report, and on a coordinator who signs: genuine answers, changed on the way."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.changes import seal_root_grant
from tests.crypto.reference_primitives import public_key_of
from tests.journeys.malice.attack import Attack, Kind
from tests.journeys.malice.key_rings import NO_FIT, NOT_RIGHT, history
from tests.journeys.malice.world import COORDINATOR, own_root
from youthsafe.crypto.encoding import b64, unb64

EXCHANGED = "The mailbox of this report was exchanged, so nothing can be sent to it."
SEALED = "This report does not open with your keys."
SEED = bytes([9]) * 32
Opened = dict[str, Any]


@dataclass(frozen=True)
class Tampering:
    """What is changed in the genuine answer that gives a report's seals; `opens`: whether its words are shown."""

    kind: Kind
    answers: str
    says: str
    change: Callable[[Opened], object]
    opens: bool


def _flip(report: Opened) -> None:
    envelope = bytearray(unb64(report["envelope"]))
    envelope[-1] ^= 1
    report["envelope"] = b64(bytes(envelope))


REPORTS: dict[str, Tampering] = {
    "a mailbox key of the server's": Tampering(
        Kind.MAILBOX_KEY,
        "the report with a mailbox key of the server's, to which the answer would be sealed",
        EXCHANGED,
        lambda report: report.update(mailbox_key=b64(public_key_of(SEED))),
        opens=True,
    ),
    "a report with a changed bit": Tampering(
        Kind.FALSE_MESSAGE, "the report's envelope with a bit changed", SEALED, _flip, opens=False
    ),
}


SIGNING: dict[str, Attack] = {
    "another root to sign with": Attack(
        Kind.CUT_AND_PASTE,
        "a root grant of the server's own root",
        NOT_RIGHT,
        lambda world: {
            "staff/key-ring": world.ring(COORDINATOR)
            | {
                "root_grant": b64(
                    seal_root_grant(
                        own_root(),
                        world.change().instance_id,
                        world.member(COORDINATOR).id,
                        world.member(COORDINATOR).public_key,
                    )
                )
            }
        },
    ),
    "an older change to follow": Attack(
        Kind.WITHHELD_CHANGE,
        "everything as it was before the newest change, so that the next one forks",
        NO_FIT,
        lambda world: {"staff/key-ring": world.ring(COORDINATOR, after=2), **history(world.signed[1])},
    ),
}
DROPPED = "The server said that it kept this change, but what it shows is as before. Take it as not done"
