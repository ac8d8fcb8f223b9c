"""An instance with keys of its own, and sealed bytes as browsers would send them."""

import json
import os
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property

from cryptography.hazmat.primitives.asymmetric import ec
from flask import Flask

from tests.changes import Coordinator, public_point
from tests.crypto.reference_content import NOTHING, Message, Report
from tests.crypto.reference_keys import Mailbox, Note, TeamSecret, seal_note
from tests.crypto.reference_opener import Bond, Team, seal_answer, seal_follow_up, seal_report
from tests.crypto.reference_primitives import public_key_of, sha256
from youthsafe.crypto import bundle as bundles
from youthsafe.crypto import roster as rosters
from youthsafe.crypto.binary_layout import LONGEST_LIFE
from youthsafe.crypto.encoding import b64
from youthsafe.crypto.keys import fingerprint, mailbox_verifier
from youthsafe.database import transaction
from youthsafe.extensions import db
from youthsafe.instance import services

HOUR = 498_000
ISSUED = 1_795_392_000  # 2026-11-23
SIGNER = bytes([7]) * 16
SIGNER_KEY, RECOVERY_KEY = public_key_of(bytes([7]) * 32), public_key_of(bytes([8]) * 32)


@dataclass(frozen=True)
class SealedReport:
    """A report as its reporter's browser sealed it; `body` is what goes to the server."""

    report_id: bytes
    envelope: bytes
    mailbox: Mailbox
    body: bytes

    @property
    def id_text(self) -> str:
        return b64(self.report_id)

    @cached_property
    def bond(self) -> Bond:
        return Bond(self.report_id, public_key_of(self.mailbox.seed), self.mailbox.auth)


@dataclass
class SealedInstance:
    """The keys of one instance with one team, and what was last sent to each of its mailboxes."""

    instance_id: bytes
    root: ec.EllipticCurvePrivateKey
    team: Team
    team_seed: bytes
    _tips: dict[tuple[bytes, int], list[bytes]] = field(default_factory=dict)

    @classmethod
    def set_up(cls, app: Flask) -> "SealedInstance":
        """Make keys and publish them to an application's database."""
        seed = os.urandom(32)
        team = Team(os.urandom(16), 1, public_key_of(seed))
        made = cls(os.urandom(16), ec.generate_private_key(ec.SECP256R1()), team, seed)
        with app.app_context():
            made.store()
            db.session.remove()
        return made

    @property
    def root_public_key(self) -> bytes:
        return public_point(self.root)

    def bundle(self) -> bundles.Bundle:
        """The public bundle with the one team."""
        team = bundles.Team(
            id=self.team.team_id,
            kind=bundles.TeamKind.GENERAL,
            staffed=True,
            epoch=self.team.epoch,
            public_key=self.team.public_key,
            name="Test team",
            languages=("en", "ar"),
            hours=((480, 1080),) * 5 + (None, None),
        )
        return bundles.Bundle(self.instance_id, 1, ISSUED, ISSUED + LONGEST_LIFE, False, (), (team,))

    def roster(self) -> rosters.Roster:
        """The team's key and the one coordinator who signs."""
        team = rosters.RosterTeam(self.team.team_id, self.team.epoch, self.team.public_key)
        signer = rosters.RosterMember(SIGNER, rosters.Role.COORDINATOR, SIGNER_KEY, "Signer", ())
        lasts = (ISSUED, ISSUED + LONGEST_LIFE)
        return rosters.Roster(self.instance_id, 1, *lasts, RECOVERY_KEY, (team,), (signer,))

    def store(self) -> None:
        """Write the instance and what its root signed within an application's context."""
        secret = TeamSecret(self.team.team_id, ((self.team.epoch, self.team_seed),))
        signed = Coordinator(self.root, {self.team.team_id: secret}).sign(self.roster(), self.bundle())
        with transaction():
            services.apply_change(signed.content, signed.signature, datetime.fromtimestamp(ISSUED, UTC))
            services.open_form(datetime.fromtimestamp(ISSUED, UTC))

    def report(
        self,
        *,
        text: str = "Somebody hides my bag every day.",
        urgent: bool = False,
        wants_reply: bool = True,
        report_id: bytes | None = None,
        mailbox: Mailbox | None = None,
        team_id: bytes | None = None,
        epoch: int | None = None,
    ) -> SealedReport:
        """Seal a report; the receipt code's stretching is left out, because nothing here starts from a code."""
        report_id = report_id or os.urandom(16)
        mailbox = mailbox or Mailbox(*(os.urandom(size) for size in (16, 32, 32, 32, 32)))
        key = public_key_of(mailbox.seed)
        answers = (((1, "yes"),) if urgent else ()) + (((4, text),) if text else ())
        told = Report(
            HOUR, sha256(key) if wants_reply else NOTHING, mailbox.auth if wants_reply else NOTHING, "en", answers
        )
        team = replace(self.team, team_id=team_id or self.team.team_id, epoch=epoch or self.team.epoch)
        envelope = seal_report(told, report_id, team)
        self._tips[report_id, 1] = [sha256(envelope)]
        note = self.note(report_id, mailbox, team)
        self._tips[report_id, 2] = [NOTHING]
        body = _json(
            {
                "envelope": b64(envelope),
                "mailbox": {
                    "id": b64(mailbox.id),
                    "verifier": b64(mailbox_verifier(mailbox.token)),
                    "key": b64(key),
                    "note": b64(note),
                },
            }
        )
        return SealedReport(report_id, envelope, mailbox, body)

    def note(self, report_id: bytes, mailbox: Mailbox, team: Team) -> bytes:
        """The reporter's note to itself after the newest envelope."""
        sent = self._tips[report_id, 1]
        return seal_note(
            mailbox.note_key, team.team_id, Note(report_id, fingerprint(self.root_public_key), len(sent) - 1, sent[-1])
        )

    def follow_up(self, report: SealedReport, text: str) -> bytes:
        """Seal a follow-up after the newest of its report; gives the body to send."""
        sent, answers = self._tips[report.report_id, 1], self._tips[report.report_id, 2]
        previous = sent[-1]
        message = _message(text, len(sent), previous, seen=len(answers) - 1, other=answers[-1])
        envelope = seal_follow_up(message, os.urandom(16), self.team, report.bond)
        sent.append(sha256(envelope))
        return _json(
            {
                "id": b64(report.mailbox.id),
                "token": b64(report.mailbox.token),
                "after": b64(previous),
                "envelope": b64(envelope),
                "note": b64(self.note(report.report_id, report.mailbox, self.team)),
            }
        )

    def answer(self, report: SealedReport, text: str) -> bytes:
        """Seal a team's answer after the newest one; gives the body to send."""
        sent, answers = self._tips[report.report_id, 1], self._tips[report.report_id, 2]
        previous = answers[-1]
        key_hash = sha256(report.bond.mailbox_key)
        message = replace(_message(text, len(answers), previous, seen=len(sent) - 1, other=sent[-1]), serial=1)
        envelope = seal_answer(message, os.urandom(16), self.team, report.bond, key_hash)
        self._tips[report.report_id, 2].append(sha256(envelope))
        return _json(
            {"after": b64(previous), "envelope": b64(envelope), "follow_ups": len(self._tips[report.report_id, 1]) - 1}
        )

    def forget_newest(self, report: SealedReport, direction: int = 1) -> None:
        """Behave like a browser that has not seen the newest message."""
        self._tips[report.report_id, direction].pop()

    @staticmethod
    def mailbox_request(report: SealedReport, before: int = 0) -> bytes:
        """The body that asks for a mailbox page."""
        return _json({"id": b64(report.mailbox.id), "token": b64(report.mailbox.token), "before": before})


def _message(text: str, number: int, previous: bytes, *, seen: int, other: bytes) -> Message:
    return Message(HOUR, number, previous, seen, other, serial=0, mac=bytes(32), locale="en", text=text)


def _json(document: dict[str, object]) -> bytes:
    return json.dumps(document, separators=(",", ":")).encode("ascii")
