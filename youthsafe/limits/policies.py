"""The table of limits. A route names one of these; docs/operate.md shows the same table."""

from dataclasses import dataclass
from enum import Enum
from typing import Final


class Counts(Enum):
    """What a policy counts, and by what."""

    NOTHING = "nothing"
    REPORTS = "reports that the whole instance accepts"
    WORKED_REPORTS = "reports of step 3 or 4 that the whole instance accepts"
    NETWORK_REPORTS = "reports of one network"
    VISITOR = "requests of one network or known browser"
    WRONG_BY_VISITOR = "wrong sign-ins of one network or known browser"
    SIGNED_IN = "requests of one signed-in member"
    MEMBER = "wrong codes of one member who gave the right words"


@dataclass(frozen=True, slots=True)
class Policy:
    """A named limit. `rate` is in the notation of the limits library; empty where nothing is counted.

    `store_down` says what a request meets when the counts cannot be reached: True lets it through.
    """

    rate: str
    counts: Counts
    store_down: bool
    why: str


POLICIES: Final[dict[str, Policy]] = {
    # docs/decisions/0010: a refusal costs as much as what it would refuse, and hits the others on the same Wi-Fi.
    "reading": Policy("", Counts.NOTHING, True, "Pages are rendered once for everybody and answered from memory."),
    "mailbox": Policy("", Counts.NOTHING, True, "A 70-bit code is not guessed, and an answer never tells of a limit."),
    # A child is never refused because others on the same Wi-Fi sent something: only the instance has a ceiling.
    "sending": Policy("1200/minute", Counts.REPORTS, True, "What the instance can store; the phone tries again."),
    # A stock of cheap proofs uses the first policy up; a child who does the work that is asked is counted by this one.
    "sending-worked": Policy("600/minute", Counts.WORKED_REPORTS, True, "What it can store besides, after much work."),
    # How many reports of a network cost how much work; after the last of these each costs the highest difficulty.
    "work-0": Policy("40/5minutes", Counts.NETWORK_REPORTS, True, "A class and its second tries: no work."),
    "work-1": Policy("80/5minutes", Counts.NETWORK_REPORTS, True, "Three more classes: a blink."),
    "work-2": Policy("120/5minutes", Counts.NETWORK_REPORTS, True, "A whole year group at one moment."),
    "work-3": Policy("160/5minutes", Counts.NETWORK_REPORTS, True, "More than a school does by itself."),
    "sign-in": Policy("30/minute", Counts.VISITOR, False, "A team signs in at nine; a guesser gets nowhere."),
    "wrong-sign-in": Policy("100/hour", Counts.WRONG_BY_VISITOR, False, "A guesser who tries one name after another."),
    # Only wrong codes after the right words count, so that a stranger cannot keep a caseworker out.
    "second-factor": Policy(
        "5/15minutes", Counts.MEMBER, False, "Six digits give way to a million tries; words do not."
    ),
    "mail-test": Policy(
        "10/10minutes", Counts.SIGNED_IN, True, "Each holds a thread for some seconds, and sends a mail."
    ),
    "staff": Policy("1200/minute", Counts.SIGNED_IN, True, "Others in the network take nothing of it."),
}
