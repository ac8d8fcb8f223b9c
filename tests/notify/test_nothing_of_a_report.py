"""No mail, header, row of the queue or line of the log has anything of a report, of a team or of a colleague."""

import io
import logging
from datetime import date
from email import message_from_bytes
from email.policy import SMTP

import pytest
from sqlalchemy import text

from tests.accounts.office import Office
from tests.journeys.searching import spellings, spellings_of_bytes
from tests.notify.conftest import COORDINATOR_MAIL, SENDER
from tests.notify.smtp_server import PASSWORD, Script
from tests.triage.sealed import Sealed
from youthsafe.crypto.encoding import b64
from youthsafe.database import transaction
from youthsafe.extensions import db
from youthsafe.notices import services as queue
from youthsafe.notices.kinds import Kind
from youthsafe.notify.alerts.services import queue_alerts
from youthsafe.notify.delivery import deliver
from youthsafe.notify.mailer import Account
from youthsafe.notify.services import queue_by_the_clock
from youthsafe.privacy.logs import ScrubbingFormatter


class WholeRecord(logging.Formatter):
    """Writes a record with all that hangs on it, as no formatter of ours would."""

    def format(self, record: logging.LogRecord) -> str:
        return str(vars(record))


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What our own code logs, as a production start writes it and as it was said."""
    written = io.StringIO()
    handlers = [logging.StreamHandler(written), logging.StreamHandler(written)]
    for handler, formatter in zip(handlers, (ScrubbingFormatter(), WholeRecord()), strict=True):
        handler.setFormatter(formatter)
    ours = logging.getLogger("youthsafe")
    monkeypatch.setattr(ours, "handlers", handlers)
    monkeypatch.setattr(ours, "propagate", False)
    monkeypatch.setattr(ours, "level", logging.DEBUG)
    return written


def rows(office: Office) -> bytes:
    """Every value of the queue and of what was said, as the database gives them."""
    with office.app.app_context():
        tables = ("notice", "mail_said", "alerted")
        found = [row for table in tables for row in db.session.execute(text(f"SELECT * FROM {table}")).all()]
    values = [value for row in found for value in row]
    return b"\n".join(value if isinstance(value, bytes) else str(value).encode() for value in values)


def bodies(raw: bytes) -> bytes:
    """A mail's text without its transfer encoding."""
    return message_from_bytes(raw, policy=SMTP).get_content().encode()  # type: ignore[attr-defined,no-any-return]


def test_nothing_of_a_report_is_in_mails_rows_or_log(
    office: Office, coordinator: bytes, in_use: Account, script: Script, log: io.StringIO
) -> None:
    waits = Sealed(office).send()
    unopened = Sealed(office, urgent=True).send()
    report = Sealed(office, urgent=True).send()
    for what in ("opened", "claim"):
        office.signed_in("demo-caseworker").post(f"{report.address}/{what}", json={})
        office.clock.move(seconds=31)  # a code works once
    colleague = office.person("demo-caseworker")
    done = office.signed_in("demo-coordinator").post(
        f"/api/v1/staff/members/{b64(colleague.id)}/reset-second-factor", json={}
    )
    assert done.status_code == 200

    with office.app.app_context(), transaction():
        for kind in Kind:
            queue.send(kind, [coordinator], office.clock(), day=date(2026, 12, 5))
        queue_by_the_clock(office.clock())
        assert queue_alerts(office.clock()) == [Kind.DANGER_WAITS, Kind.WORK_WAITS]
    waiting = rows(office)
    script.sender = lambda: "451 come again"
    with office.app.app_context():
        deliver(office.clock, logging.getLogger("youthsafe.said").warning, 20)
    script.sender = lambda: "250 OK"
    office.clock.move(minutes=5)
    with office.app.app_context():
        deliver(office.clock, logging.getLogger("youthsafe.said").warning, 20)
    assert len(script.raw) >= len(Kind) + 1, "those of the clock and of the reset came too"

    team = office.made.team
    of_reports = [
        waits.id,
        unopened.id,
        report.id,
        report.mailbox_id,
        report.token,
        report.key[:32],
        report.envelope[200:232],
    ]
    of_keys = [team.id, team.public_key[:32], colleague.id, colleague.totp_secret]
    sought = set().union(*map(spellings_of_bytes, [*of_reports, *of_keys]), *map(spellings, [colleague.name, PASSWORD]))
    sent = b"\n".join([*script.raw, *map(bodies, script.raw)])
    for place in (waiting, sent, log.getvalue().encode()):
        assert [each for each in sought if each in place] == []
    assert "mail_not_delivered" in log.getvalue()
    for address in (COORDINATOR_MAIL, SENDER, in_use.server, PASSWORD):
        assert address not in log.getvalue()
        assert address.encode() not in waiting


def test_the_search_would_find_them(coordinator: bytes, script: Script) -> None:
    raw = b"Subject: x\r\n\r\n" + b64(coordinator).encode() + b"\r\n"
    assert any(each in bodies(raw) for each in spellings_of_bytes(coordinator))
