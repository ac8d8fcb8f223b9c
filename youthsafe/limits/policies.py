"""The table of limits. A route names one of these; docs/operate.md shows the same table."""

from dataclasses import dataclass
from enum import Enum
from typing import Final


class Counts(Enum):
    """What a policy counts by."""

    NETWORK = "one network (an IPv4 address or an IPv6 /64)"
    INSTANCE = "the whole instance"
    MEMBER = "one member who gave the right words"


@dataclass(frozen=True, slots=True)
class Policy:
    """A named limit. `rate` is in the notation of the limits library.

    `store_down` says what a request meets when the counts cannot be reached: True lets it through.
    """

    rate: str
    counts: Counts
    store_down: bool
    why: str


POLICIES: Final[dict[str, Policy]] = {
    "reading": Policy("1200/minute", Counts.NETWORK, True, "Pages are kept by phones; a school reloads at the bell."),
    # A child is never refused because others on the same Wi-Fi sent something: only the instance has a ceiling.
    "sending": Policy("1200/minute", Counts.INSTANCE, True, "What the instance can store; the phone tries again."),
    "mailbox": Policy("240/minute", Counts.NETWORK, True, "Guessing a 70-bit code is hopeless; this stops the trying."),
    "sign-in": Policy("30/minute", Counts.NETWORK, False, "A team signs in at nine; a guesser gets nowhere."),
    # Only wrong codes after the right words count, so that a stranger cannot keep a caseworker out.
    "second-factor": Policy(
        "5/15minutes", Counts.MEMBER, False, "Six digits give way to a million tries; words do not."
    ),
    "staff": Policy("1200/minute", Counts.NETWORK, True, "A whole team behind one office address."),
}
