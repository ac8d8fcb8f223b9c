"""A team that is told by mail of what waits, and the clock beside it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask.testing import FlaskClient

from tests.accounts.office import Office
from tests.notify.smtp_server import Script
from tests.triage.sealed import Sealed
from youthsafe.jobs.schedule import alerts

URGENT, UNOPENED, WORK = "Urgent: open the desk now", "Urgent reports are still unopened", "Something is waiting"


@dataclass(frozen=True)
class Told:
    """Who was told what, and when."""

    at: datetime
    to: str
    what: str


@dataclass
class Watch:
    """Looks as the job does, and writes down who is told what."""

    office: Office
    script: Script

    def look(self) -> list[Told]:
        """Look once."""
        before = len(self.script.accepted)
        with self.office.app.app_context():
            alerts.run(lambda _: None)
        return [
            Told(self.office.clock(), each["To"], what)
            for each in self.script.accepted[before:]
            for what in (URGENT, UNOPENED, WORK)
            if what in each["Subject"]
        ]

    def until(self, end: datetime, step: timedelta = timedelta(seconds=20)) -> list[Told]:
        """Look again and again, and move the clock."""
        told = []
        while self.office.clock() < end:
            told += self.look()
            self.office.clock.moment += step
        return told

    def for_minutes(self, minutes: int) -> list[Told]:
        """Look for so long."""
        return self.until(self.office.clock() + timedelta(minutes=minutes))


def times(told: list[Told], what: str) -> list[str]:
    """At which times, of the clock in UTC, somebody was told something."""
    return sorted({f"{each.at:%a %H:%M}" for each in told if each.what == what})


def opened(desk: FlaskClient, report: Sealed) -> None:
    """Somebody at a desk has a report before them."""
    assert desk.post(f"{report.address}/opened", json={}).status_code == 200
