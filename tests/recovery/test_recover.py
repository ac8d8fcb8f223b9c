"""`youthsafe-recover`: a copy of the database, the server secret and the kit open every report, and no server runs."""

import hashlib
import json
import os
import shutil
import sqlite3
import stat
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from tests.conftest import SECRET, SettableClock
from tests.crypto.reference_card import Entry, Place, seal_entry
from tests.crypto.reference_kit import kit_to_words
from tests.crypto.reference_opener import Team
from tests.crypto.reference_primitives import public_key_of
from tests.sealing import HOUR, SealedInstance, SealedReport
from tests.setup.first_browser import FirstBrowser
from tests.setup.test_link import make, secret_in
from youthsafe.crypto.encoding import b64, unb64
from youthsafe.database import transaction
from youthsafe.extensions import db
from youthsafe.mailbox.models import CardEntry, Message, Report
from youthsafe.recovery.commands import main
from youthsafe.recovery.paper import KitError, read_kit, word_list

SUMMARY, NOTE, OUTCOME = "Bag hidden at the gate.", "Rang the school.", "school"
STORY, MORE, ANSWER = "Somebody hides my bag.", "It happened again.", "Thank you for telling us."


@dataclass
class Copy:
    """A copy of a database with reports, and what its people have on paper."""

    database: Path
    first: FirstBrowser
    report: SealedReport
    folder: Path

    @property
    def kit(self) -> str:
        return " ".join(kit_to_words(self.first.kit, word_list()))

    def recover(self, kit: str | None = None, secret: bytes = SECRET) -> Result:
        """Run the command, as somebody who types the kit."""
        settings = {"YOUTHSAFE_DATABASE_URL": f"sqlite:///{self.database}", "YOUTHSAFE_SECRET": secret.hex()}
        typed = f"{self.kit if kit is None else kit}\n"
        return CliRunner().invoke(main, [str(self.folder)], input=typed, env=settings)

    def written(self) -> str:
        """Everything that lies in the folder."""
        return "\n".join(path.read_text(encoding="utf-8") for path in sorted(self.folder.iterdir()))


@pytest.fixture
def copy(app: Flask, clock: SettableClock, database_path: Path, tmp_path: Path) -> Copy:
    first, client = FirstBrowser(clock()), app.test_client()
    assert client.post("/api/v1/staff/set-up", json=first.body(secret_in(make(app)))).status_code == 204
    team = Team(first.team_id, 1, public_key_of(first.team_seed))
    sealed = SealedInstance(first.instance_id, first.root, team, first.team_seed)
    report = sealed.report(text=STORY, urgent=True)
    headers = {"Content-Type": "application/json"}
    assert client.post("/api/v1/reports", data=report.body, headers=headers).status_code == 201
    follow_up = sealed.follow_up(report, MORE)
    assert client.post("/api/v1/mailbox/messages", data=follow_up, headers=headers).status_code == 201
    keep_answer(app, clock, report, sealed)
    keep_card(app, clock, report, sealed)
    other = sealed.report(text="Nobody can read this.", team_id=None)
    assert client.post("/api/v1/reports", data=other.body, headers=headers).status_code == 201
    with app.app_context(), transaction():
        db.session.query(Report).filter_by(id=other.report_id).update({"envelope": os.urandom(len(other.envelope))})
    with app.app_context():
        db.engine.dispose()
    target = tmp_path / "copy.db"
    shutil.copy(database_path, target)
    return Copy(target, first, report, tmp_path / "opened")


def keep_answer(app: Flask, clock: SettableClock, report: SealedReport, sealed: SealedInstance) -> None:
    """Put the team's answer beside the report, as its use case does."""
    raw = unb64(json.loads(sealed.answer(report, ANSWER))["envelope"])
    with app.app_context(), transaction():
        row = db.session.query(Report).filter_by(id=report.report_id).one()
        message = Message(
            id=raw[20:36],
            report_id=row.id,
            direction=2,
            number=1,
            position=2,
            received_at=clock(),
            digest=bytes(32),
            envelope=raw,
        )
        db.session.add(message)


def keep_card(app: Flask, clock: SettableClock, report: SealedReport, sealed: SealedInstance) -> None:
    """Put a card of two entries beside the report, as its use case does."""
    first = hashlib.sha256(report.envelope).digest()
    place = Place(sealed.team.team_id, 1, report.report_id, bytes([5]) * 16, 1, first)
    one = seal_entry(sealed.team_seed, place, Entry(HOUR, "Asha", ((1, "u2"), (3, SUMMARY), (32, NOTE))))
    second = replace(place, number=2, previous=hashlib.sha256(one).digest())
    two = seal_entry(sealed.team_seed, second, Entry(HOUR, "Tom", ((3, SUMMARY), (10, OUTCOME))))
    for number, raw in enumerate((one, two), 1):
        add_entry(app, clock, report, number, raw)


def add_entry(app: Flask, clock: SettableClock, report: SealedReport, number: int, raw: bytes) -> None:
    with app.app_context(), transaction():
        row = {"number": number, "epoch": 1, "digest": hashlib.sha256(raw).digest(), "content": raw}
        db.session.add(CardEntry(report_id=report.report_id, received_at=clock(), **row))


def test_the_card_of_a_report_is_written_with_who_wrote_it_and_what_each_entry_changed(copy: Copy) -> None:
    assert copy.recover().exit_code == 0
    _, first, second = copy.written().split("Entry of the case card")
    for said in ("by Asha", "Level: u2", f"Summary: {SUMMARY}", f"Note: {NOTE}"):
        assert said in first
    for said in ("by Tom", "Level: not any more", f"Outcome: {OUTCOME}"):
        assert said in second
    assert SUMMARY not in second, "it was said before"
    assert "Note" not in second, "a note is one entry's alone"
    assert "MISSING" not in first + second


def test_an_entry_that_is_no_teams_or_follows_another_is_told(copy: Copy) -> None:
    with closing(sqlite3.connect(copy.database)) as database:
        for trigger in ("unchanged", "kept", "unreplaced"):
            database.execute(f"DROP TRIGGER card_entry_{trigger}")
        database.execute("DELETE FROM card_entry WHERE number = 1")
        database.execute("UPDATE card_entry SET number = 3 WHERE number = 2")
        copied = "INSERT INTO card_entry SELECT 1, report_id, 1, 1, received_at, digest, ? FROM card_entry"
        database.execute(copied, [bytes(99)])
        database.commit()
    assert copy.recover().exit_code == 0
    _, first, second = copy.written().split("Entry of the case card")
    assert "It does not open." in first
    assert "WHAT STOOD BEFORE IT IS MISSING" in second


def test_every_report_is_written_with_its_messages_and_what_does_not_open_is_told(copy: Copy) -> None:
    result = copy.recover()
    assert result.exit_code == 0, result.output
    assert "Reports opened: 1. Not opened: 1." in result.output
    text = copy.written()
    for said in (STORY, MORE, ANSWER, "In danger now\nyes", "Early help", b64(copy.report.report_id)):
        assert said in text
    assert "MAC IS WRONG" not in text
    assert text.index(STORY) < text.index(MORE)


def test_nobody_else_on_the_machine_reads_what_was_opened(copy: Copy) -> None:
    assert copy.recover().exit_code == 0
    modes = {stat.S_IMODE(path.stat().st_mode) for path in copy.folder.iterdir()}
    assert (modes, stat.S_IMODE(copy.folder.stat().st_mode)) == ({0o600}, 0o700)


def test_the_copy_is_as_it_was(copy: Copy) -> None:
    before = copy.database.read_bytes()
    assert copy.recover().exit_code == 0
    assert copy.database.read_bytes() == before


def test_another_kit_opens_nothing(copy: Copy) -> None:
    result = copy.recover(kit=" ".join(kit_to_words(os.urandom(32), word_list())))
    assert result.exit_code == 1
    assert "another kit" in result.output
    assert not copy.folder.exists()


def test_with_another_server_secret_nothing_begins(copy: Copy) -> None:
    result = copy.recover(secret=bytes(range(1, 33)))
    assert result.exit_code == 1
    assert not copy.folder.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [("one two three", "these are 3"), ("zzzzz " * 24, "Word 1 is not"), ("youthsafe-kit-1:AAAA", "not whole")],
)
def test_what_is_no_kit_is_told_in_words(typed: str, said: str) -> None:
    with pytest.raises(KitError, match=said):
        read_kit(typed, word_list())


def test_two_words_that_changed_places_are_found_out() -> None:
    words = kit_to_words(bytes(range(32)), word_list())
    with pytest.raises(KitError, match="their order"):
        read_kit(" ".join([words[1], words[0], *words[2:]]), word_list())
