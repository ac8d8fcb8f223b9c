"""Every named attack, by the door that it is tried at, and the table of them in docs/threat-model.md."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.journeys.malice.answers import ANSWERS
from tests.journeys.malice.attack import Attack, Kind
from tests.journeys.malice.invitations import INVITATIONS
from tests.journeys.malice.key_rings import GRANTS, KEY_RINGS, NO_FIT, OTHER_KEY, SIGN_INS
from tests.journeys.malice.kits import KITS
from tests.journeys.malice.pupils import PUPILS
from tests.journeys.malice.reports import DROPPED, REPORTS, SIGNING


@dataclass(frozen=True)
class Shown:
    """An attack that a test of its own plays: `test` is its file and name below tests/journeys."""

    kind: Kind
    answers: str
    says: str
    test: str
    door: str = "mailbox and report"


_FORGERIES, _REPORTS = "test_forgeries.py", "staff/test_what_is_true.py"
_TAMPERED = f"{_FORGERIES}::test_forged_replayed_and_reordered_answers_are_told_apart"
NOT_OURS = "One message here did not come from our team, or it was changed on the way."

_FOUNDED = "malice/test_set_up_door.py"
_LIE = f"{_FOUNDED}::test_nothing_is_opened_for_another_founding"
SET_UP: dict[str, Shown] = {
    "another root right after the founding": Shown(
        Kind.OTHER_INSTANCE, "the lists of the founding, signed by the server's own root", OTHER_KEY, _LIE, "set-up"
    ),
    "another instance right after the founding": Shown(
        Kind.OTHER_INSTANCE, "lists of another instance id, signed by the server's own root", OTHER_KEY, _LIE, "set-up"
    ),
    "a changed first change": Shown(
        Kind.HALF_A_CHANGE, "the change of the founding with a bit changed", NO_FIT, _LIE, "set-up"
    ),
    "no first change": Shown(Kind.WITHHELD_CHANGE, "no change after the founding", NO_FIT, _LIE, "set-up"),
    "a set-up link used a second time": Shown(
        Kind.REPLAYED_CHANGE,
        "the link to two people, of whom the quicker one founds",
        "This link does not set anything up",
        f"{_FOUNDED}::test_a_link_that_somebody_else_was_quicker_with_sets_nothing_up",
        "set-up",
    ),
    "another root kept for the kit at the founding": Shown(
        Kind.EXTRA_RECOVERY_KEY,
        "another ciphertext in place of what the founding sealed to the kit",
        "What the server sent does not fit this kit.",
        f"{_FOUNDED}::test_another_ciphertext_under_the_kit_opens_nothing",
        "set-up",
    ),
}

_LET_IN = "malice/test_people_page.py::test_nobody_is_let_in_by_an_answer_that_was_exchanged"
PEOPLE: dict[str, Shown] = {
    name: Shown(Kind.SUBSTITUTED_KEY, lie.answers, lie.says, _LET_IN, "desk, letting in")
    for name, lie in ANSWERS.items()
}

_OPENING = "malice/test_opening_and_signing.py"

SHOWN: dict[str, Shown] = {
    **SET_UP,
    **PEOPLE,
    **{
        name: Shown(it.kind, it.answers, it.says, f"{_OPENING}::test_nothing_can_be_sealed_to_what_was_exchanged")
        for name, it in REPORTS.items()
    },
    "a change taken and dropped": Shown(
        Kind.WITHHELD_CHANGE,
        "that it kept a signed change, and everything as before",
        DROPPED,
        f"{_OPENING}::test_a_change_that_the_server_took_and_dropped_is_not_called_saved",
    ),
    "an answer with a changed bit": Shown(
        Kind.FALSE_MESSAGE, "the second answer with a bit changed", NOT_OURS, _TAMPERED
    ),
    "an answer twice": Shown(Kind.FALSE_MESSAGE, "the first answer again in place of the second", NOT_OURS, _TAMPERED),
    "answers in another order": Shown(
        Kind.FALSE_MESSAGE, "both answers, exchanged", "These answers came in the wrong order.", _TAMPERED
    ),
    "an answer left out": Shown(
        Kind.FALSE_MESSAGE, "the second answer only", "An answer before the next one is missing.", _TAMPERED
    ),
    "another report or team under the code": Shown(
        Kind.CUT_AND_PASTE,
        "the mailbox of another report, or of another team",
        "This is not your report",
        f"{_FORGERIES}::test_another_report_or_team_under_the_same_code_is_not_shown",
    ),
    "a message taken and dropped": Shown(
        Kind.FALSE_MESSAGE,
        "that it kept what was written back, and the mailbox without it",
        "Something that you sent us is missing here",
        f"{_FORGERIES}::test_a_message_that_the_server_takes_and_drops_is_missed_at_once",
    ),
    "everything of the reporter's taken back": Shown(
        Kind.ROLLED_BACK,
        "the mailbox as it was before the reporter wrote back",
        "The answer above speaks of something from you that we cannot find here.",
        f"{_FORGERIES}::test_an_answer_that_names_what_the_server_took_back_says_that_something_is_missing",
    ),
    "an older list of teams than an answer names": Shown(
        Kind.ROLLED_BACK,
        "a bundle from before the one that the answer's writer knew",
        "",
        f"{_FORGERIES}::test_an_older_list_of_teams_than_an_answer_names_is_not_sealed_to",
    ),
    "that it was opened": Shown(
        Kind.SERVERS_WORD,
        "that it was opened or not, without the team's own word",
        "",
        f"{_FORGERIES}::test_that_it_was_opened_is_a_fact_only_when_the_team_said_so",
    ),
    "another hour of arrival": Shown(
        Kind.SERVERS_WORD,
        "a report dated otherwise than its seal",
        "The times do not fit",
        f"{_REPORTS}::test_a_report_that_the_server_dates_otherwise_than_its_seal_says_so_beside_both_times",
    ),
}

PLAYED: dict[str, tuple[str, dict[str, Attack]]] = {
    "desk, signing in": ("test_desk_entrance.py", SIGN_INS),
    "desk, unlocking": ("test_desk_entrance.py", KEY_RINGS | GRANTS),
    "recovery": ("test_kit_and_invitation.py", KITS),
    "joining": ("test_kit_and_invitation.py", INVITATIONS),
    "desk, signing": ("test_opening_and_signing.py", SIGNING),
    "pupil, sending": ("test_report_form.py", PUPILS),
}


def names() -> list[str]:
    """The name of every attack."""
    return [name for _, attacks in PLAYED.values() for name in attacks] + list(SHOWN)


def kinds() -> set[Kind]:
    """The kinds of which there is at least one."""
    return {each.kind for _, attacks in PLAYED.values() for each in attacks.values()} | {
        each.kind for each in SHOWN.values()
    }


def table() -> str:
    """The table as the documents have it."""
    rows = [
        "| door | attack | what the server answers instead | what is read | test |",
        "|---|---|---|---|---|",
        *_rows(),
    ]
    return "\n".join(rows)


def _rows() -> Iterator[str]:
    for door, (file, attacks) in PLAYED.items():
        for name, attack in attacks.items():
            yield f"| {door} | {name} | {attack.answers} | {attack.says} | `malice/{file}` |"
    for name, shown in SHOWN.items():
        says = shown.says or "see the test"
        yield f"| {shown.door} | {name} | {shown.answers} | {says} | `{shown.test.partition('::')[0]}` |"
