"""Very many reports at once, as the server keeps them: copies of one that was sent, because sealing each takes time."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import event, insert, select
from sqlalchemy.engine import Connection

from tests.accounts.office import Office
from tests.triage.sealed import Sealed
from youthsafe.database import transaction
from youthsafe.extensions import db
from youthsafe.mailbox.models import Report


def crowd(office: Office, count: int, **changed: object) -> None:
    """Put so many reports beside one that is sent, like it in everything but what is changed."""
    sent = Sealed(office).send()
    with office.app.app_context(), transaction():
        db.session.connection().execute(insert(Report), list(_copies(sent.id, count, changed)))


def _copies(report_id: bytes, count: int, changed: dict[str, object]) -> Iterator[dict[str, object]]:
    columns = [each for each in Report.__table__.columns if each is not Report.__table__.c.number]
    kept = dict(db.session.execute(select(*columns).where(Report.id == report_id)).one()._mapping)
    for _ in range(count):
        yield kept | changed | {"id": secrets.token_bytes(16), "mailbox_id": secrets.token_bytes(32)}


@contextmanager
def statements(app: Flask) -> Iterator[list[tuple[str, object]]]:
    """What the database is asked meanwhile: each statement with its values."""
    asked: list[tuple[str, object]] = []

    def keep(_connection: Connection, _cursor: object, statement: str, values: object, *_: object) -> None:
        asked.append((statement, values))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", keep)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", keep)
