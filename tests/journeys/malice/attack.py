"""What one attack is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tests.journeys.malice.world import World


class Kind(StrEnum):
    """The kinds of attack of which each has a case here."""

    SUBSTITUTED_KEY = "key substituted at the invitation"
    EXTRA_MEMBER = "extra member"
    EXTRA_RECOVERY_KEY = "extra recovery key"
    ROLLED_BACK = "rolled-back roster or bundle"
    FORGED_BUNDLE = "forged bundle"
    STALE_EPOCH = "stale epoch"
    CUT_AND_PASTE = "grants and wraps pasted elsewhere"
    KDF = "lowered or absurd KDF parameters"
    MAILBOX_KEY = "swapped mailbox key"
    OTHER_INSTANCE = "other instance"
    MIXED = "mixed old and new objects"
    HALF_A_CHANGE = "half a signed change"
    REPLAYED_CHANGE = "replayed change"
    WITHHELD_CHANGE = "withheld change"
    UNKNOWN = "unknown role or kind"
    FALSE_MESSAGE = "forged, moved or missing message"
    LIFE = "lists from another time"
    NO_ANSWER_OF_OURS = "something else in place of an answer"
    SERVERS_WORD = "the server's word"


@dataclass(frozen=True)
class InTurn:
    """One answer after another; the last one stays."""

    answers: Sequence[object]


Answers = Mapping[str, object]
"""What a server answers instead, by the address below its API: JSON, text that is none, or several in turn."""


@dataclass(frozen=True)
class Attack:
    """`answers`: in words, for the table in the documents; `says`: a part of the sentence that the person reads.

    `forge` makes the answers. `known`: in a browser that was here before.
    """

    kind: Kind
    answers: str
    says: str
    forge: Callable[[World], Answers]
    known: bool = True
