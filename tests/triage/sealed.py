"""Sealed bytes with true headers and wraps around a payload that nobody can open, as the server sees them."""

import hashlib
import json
import secrets
from dataclasses import dataclass, field, replace
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.accounts.office import Office
from youthsafe.crypto.binary_layout import u8, u32
from youthsafe.crypto.card import ENTRY_LENGTH, CardEntry
from youthsafe.crypto.encoding import b64
from youthsafe.crypto.envelope import Direction
from youthsafe.crypto.keys import Purpose, key_id, mailbox_verifier
from youthsafe.crypto.wire import NOTE_LENGTH


def envelope(
    direction: Direction,
    *,
    report_id: bytes,
    message_id: bytes,
    team_id: bytes,
    wraps: list[tuple[Purpose, bytes]],
    urgent: bool = False,
    epoch: int = 1,
) -> bytes:
    """An envelope for the public keys in `wraps`."""
    header = b"YS\x01" + u8(direction) + report_id + message_id + u8(urgent) + team_id + u32(epoch)
    wrapped = b"".join(u8(purpose) + key_id(key) + secrets.token_bytes(1168) for purpose, key in wraps)
    return header + secrets.token_bytes(32) + u8(len(wraps)) + wrapped + secrets.token_bytes(8208)


@dataclass
class Sealed:
    """A reporter's report, and the answers and follow-ups that belong to it."""

    office: Office
    urgent: bool = False
    id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    mailbox_id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    token: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: bytes = field(default_factory=lambda: secrets.token_bytes(1216))
    envelope: bytes = b""

    def __post_init__(self) -> None:
        self.envelope = envelope(
            Direction.TO_TEAM,
            report_id=self.id,
            message_id=bytes(16),
            urgent=self.urgent,
            team_id=self.office.made.team.id,
            wraps=[(Purpose.REPORT_TO_TEAM, self.office.made.team.public_key)],
        )

    @property
    def address(self) -> str:
        return f"/api/v1/staff/reports/{b64(self.id)}"

    @property
    def body(self) -> dict[str, object]:
        """What its reporter's browser sends."""
        mailbox = {
            "id": b64(self.mailbox_id),
            "verifier": b64(mailbox_verifier(self.token)),
            "key": b64(self.key),
            "note": b64(bytes(NOTE_LENGTH)),
        }
        return {"envelope": b64(self.envelope), "mailbox": mailbox}

    def send(self) -> "Sealed":
        _post(self.office.app, "/api/v1/reports", self.body)
        return self

    def seen_by_its_reporter(self) -> dict[str, object]:
        """What the mailbox says of the report."""
        found: dict[str, object] = self._mailbox("")["report"]
        return found

    def take_back(self) -> None:
        """Take the report back, as its reporter does."""
        self._mailbox("/withdraw")

    def _mailbox(self, what: str) -> dict[str, Any]:
        body = f'{{"id":"{b64(self.mailbox_id)}","token":"{b64(self.token)}","before":0}}'
        asked = self.office.app.test_client().post("/api/v1/mailbox" + what, data=body, content_type="application/json")
        page: dict[str, Any] = asked.json
        return page

    def follow_up(self, after: bytes) -> tuple[bytes, dict[str, object]]:
        """A follow-up's envelope, and the body that carries it."""
        made = envelope(
            Direction.TO_TEAM,
            report_id=self.id,
            message_id=secrets.token_bytes(16),
            team_id=self.office.made.team.id,
            wraps=[(Purpose.FOLLOW_UP_TO_TEAM, self.office.made.team.public_key)],
        )
        return made, {
            "id": b64(self.mailbox_id),
            "token": b64(self.token),
            "after": b64(after),
            "envelope": b64(made),
            "note": b64(secrets.token_bytes(NOTE_LENGTH)),
        }

    def write_back(self, after: bytes) -> bytes:
        """Send a follow-up and return its envelope."""
        made, body = self.follow_up(after)
        _post(self.office.app, "/api/v1/mailbox/messages", body)
        return made

    def answer(
        self, *, report_id: bytes | None = None, team_id: bytes | None = None, key: bytes | None = None, epoch: int = 1
    ) -> bytes:
        """An answer to this report, right in everything but what is given."""
        return envelope(
            Direction.TO_REPORTER,
            report_id=report_id or self.id,
            message_id=secrets.token_bytes(16),
            team_id=team_id or self.office.made.team.id,
            epoch=epoch,
            wraps=[
                (Purpose.ANSWER_TO_MAILBOX, key or self.key),
                (Purpose.ANSWER_TO_TEAM, self.office.made.team.public_key),
            ],
        )


def first_place(office: Office, report: Sealed, name: str = "demo-caseworker") -> CardEntry:
    """The head of a card's first entry, by a member."""
    first = hashlib.sha256(report.envelope).digest()
    return CardEntry(office.made.team.id, 1, report.id, office.person(name).id, 1, first, b"", b"")


def sealed_entry(place: CardEntry) -> bytes:
    """A true head before bytes that nobody can open."""
    return place.head + secrets.token_bytes(ENTRY_LENGTH - len(place.head))


def following(entry: bytes, place: CardEntry) -> CardEntry:
    """The head of what comes after an entry."""
    return replace(place, number=place.number + 1, previous=hashlib.sha256(entry).digest())


def write_on_card(client: FlaskClient, report: Sealed, entry: bytes) -> TestResponse:
    """Send an entry of a report's card."""
    return client.post(f"{report.address}/card", json={"entry": b64(entry)})


def _post(app: Flask, address: str, body: object) -> None:
    data = json.dumps(body, separators=(",", ":"))
    answer = app.test_client().post(address, data=data, content_type="application/json")
    assert answer.status_code == 201, answer.data
