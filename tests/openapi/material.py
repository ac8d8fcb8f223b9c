"""What generated requests need to get further than the first check: true ids, sealed bytes and sign-ins."""

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from hypothesis import strategies as st

from tests.accounts.office import Office
from tests.conftest import forget_counts
from tests.triage.sealed import Sealed
from youthsafe.accounts.authentication import COOKIE
from youthsafe.crypto.card import ENTRY_LENGTH, CardEntry
from youthsafe.crypto.encoding import b64

FIRST, COORDINATOR = "demo-caseworker", "demo-coordinator"
_REPORTS = 12  # of which half are here already
_NOTHING = bytes(32)

Body = dict[str, Any]


@dataclass
class Material:
    """An office with reports, and a session that is opened again when a case has ended it."""

    office: Office
    reports: list[Sealed] = field(init=False)
    _sessions: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.reports = [Sealed(self.office) for _ in range(_REPORTS)]
        for each in self.reports[: _REPORTS // 2]:
            each.send()

    def cookie(self, name: str) -> str:
        """A signed-in member's cookie."""
        if name not in self._sessions:
            self.office.clock.move(seconds=31)  # a code works once
            forget_counts(self.office.app)  # nor may many sign-ins of the test stand in the way
            found = self.office.signed_in(name).get_cookie(COOKIE, path="/api/v1/staff")
            assert found is not None
            self._sessions[name] = found.value
        return self._sessions[name]

    def forget(self, name: str) -> None:
        """Sign in again before the next case."""
        self._sessions.pop(name, None)

    def ids(self) -> st.SearchStrategy[str]:
        """Numbers of reports, here or not."""
        return st.sampled_from([b64(each.id) for each in self.reports])

    def bodies(self) -> dict[str, st.SearchStrategy[Body]]:
        """True bodies by operation, and ones whose parts belong to different reports."""
        sent = [each.body for each in self.reports]
        follow_ups, answers = self._messages()
        boxes = [each["mailbox"] for each in sent]
        return {
            "reports_api.send": st.builds(
                lambda one, other: one | {"mailbox": other}, st.sampled_from(sent), st.sampled_from(boxes)
            )
            | st.sampled_from(sent),
            "reports_api.mailbox": st.builds(
                lambda each, before: {"id": b64(each.mailbox_id), "token": b64(each.token), "before": before},
                st.sampled_from(self.reports),
                st.integers(0, 2**31 - 1) | st.just(0),
            ),
            "reports_api.write_back": st.sampled_from(follow_ups),
            "triage_api.answer": st.sampled_from(answers),
            "case_cards_api.write": st.sampled_from(self._entries()),
            # One factor and not both, of nobody: a member who waits after wrong tries could not go on with the run.
            "accounts_api.sign_in": st.builds(
                lambda proof, code: {"name": "nobody", "proof": b64(proof), "code": f"{code:06}"},
                st.binary(min_size=32, max_size=32),
                st.integers(0, 999_999),
            ),
        }

    def _entries(self) -> list[Body]:
        """The first entries of cards, by each who asks."""
        team, people = self.office.made.team.id, [self.office.person(name).id for name in (FIRST, COORDINATOR)]
        of_cards = [(each, member) for each in self.reports for member in people]
        heads = [
            CardEntry(team, 1, each.id, member, 1, sha256(each.envelope).digest(), b"", b"").head
            for each, member in of_cards
        ]
        return [{"entry": b64(head + bytes(ENTRY_LENGTH - len(head)))} for head in heads]

    def _messages(self) -> tuple[list[Body], list[Body]]:
        """Follow-ups and answers: the first of each report, and one after it."""
        follow_ups, answers = [], []
        for each in self.reports:
            tip = sha256(each.envelope).digest()
            first, body = each.follow_up(tip)
            follow_ups += [body, each.follow_up(sha256(first).digest())[1]]
            answer = each.answer()
            answers.append({"after": b64(_NOTHING), "envelope": b64(answer), "follow_ups": 0})
            answers.append({"after": b64(sha256(answer).digest()), "envelope": b64(each.answer()), "follow_ups": 1})
        return follow_ups, answers
