"""Days at an office: the job of drills runs by the clock, and people come, or nobody does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from tests.accounts.office import Office
from youthsafe.audit.models import AuditEntry
from youthsafe.clock import LONDON
from youthsafe.crypto.encoding import b64
from youthsafe.database import transaction
from youthsafe.drills import services
from youthsafe.drills.models import Drill
from youthsafe.extensions import db
from youthsafe.instance import services as instance_services
from youthsafe.instance.reading_hours import ReadingHours
from youthsafe.jobs.schedule import drills
from youthsafe.rooms import rooms

REPORTS = "/api/v1/staff/reports"


@dataclass
class Days:
    """Moves the clock, and looks as the job does."""

    office: Office

    @property
    def now(self) -> datetime:
        return self.office.clock()

    @property
    def team(self) -> bytes:
        return self.office.made.team.id

    def look(self) -> list[str]:
        """Let the job run once; returns what it said."""
        said: list[str] = []
        with self.office.app.app_context():
            drills.run(said.append)
        return said

    def until(self, end: datetime, meanwhile: Callable[[], object] = lambda: None, step: int = 5) -> None:
        """Live until then, and look every few minutes."""
        while self.now < end:
            meanwhile()
            self.look()
            self.office.clock.moment = min(end, self.now + timedelta(minutes=step))
        self.look()

    def at(self, day: str, time: str = "09:00") -> datetime:
        """A moment by the clock in London."""
        return datetime.fromisoformat(f"{day} {time}").replace(tzinfo=LONDON)

    def drill(self) -> bytes:
        """Live until there is a drill that nobody has opened, and return its report's id."""
        end, known = self.now + timedelta(days=5), self.reading_hours()
        self.someone_is_there()
        while (found := self.unopened()) is None:
            assert self.now < end, "no drill came"
            self.look()
            self.office.clock.move(minutes=5 if known.at(self.now) else 30)
        return found.report_id

    def unopened(self) -> services.Unopened | None:
        with self.office.app.app_context():
            return services.oldest_unopened(self.team)

    def rows(self) -> list[Drill]:
        """The drills that are remembered."""
        with self.office.app.app_context():
            return list(db.session.scalars(select(Drill).order_by(Drill.made_on)))

    def reading_hours(self) -> ReadingHours:
        with self.office.app.app_context():
            readers = instance_services.readers()
        assert readers is not None
        return readers.hours

    def note_opened(self, report_id: bytes) -> None:
        """Somebody has a report before them, of whose desk nothing is looked at."""
        with self.office.app.app_context(), transaction():
            services.note_opened(report_id, self.now)

    def trail(self, *actions: str) -> list[AuditEntry]:
        """What the trail says of such actions."""
        with self.office.app.app_context():
            of_them = select(AuditEntry).where(AuditEntry.action.in_(actions)).order_by(AuditEntry.sequence)
            return list(db.session.scalars(of_them))

    def desk(self, name: str = "demo-caseworker") -> FlaskClient:
        """A browser in which somebody signs in now."""
        return self.office.signed_in(name)

    def someone_is_there(self) -> None:
        """Somebody of the team does something at the desk."""
        with self.office.app.app_context(), transaction():
            instance_services.note_presence([self.team], self.now)

    def bundle(self) -> int:
        """What a pupil's browser is told of the form."""
        rooms(self.office.app).page_cache.forget()
        return self.office.app.test_client().get("/api/v1/bundle").status_code


def opened(desk: FlaskClient, report_id: bytes) -> dict[str, Any]:
    """Have a report before oneself at the desk."""
    answer = desk.post(f"{REPORTS}/{b64(report_id)}/opened", json={})
    assert answer.status_code == 200, answer.data
    found: dict[str, Any] = answer.json or {}
    return found


def done(desk: FlaskClient, report_id: bytes) -> int:
    """Be done with a drill."""
    return desk.post(f"{REPORTS}/{b64(report_id)}/drill/done", json={}).status_code
