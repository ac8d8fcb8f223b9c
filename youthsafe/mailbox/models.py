"""Tables of the mailbox: reports, messages and case cards, what was told of them, and what is left of those."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Row,
    SmallInteger,
    String,
    UniqueConstraint,
    literal_column,
    text,
)
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from youthsafe.database import EncryptedBytes, FilledBytes, IndexHash, UtcDateTime, append_only
from youthsafe.extensions import Base
from youthsafe.mailbox.standing import CLAIMED, CLOSED, FLOOD_CLOSED, HIDDEN, WAITING, ReportState, Standing

ID = LargeBinary(16)
HASH = LargeBinary(32)
ROW_NUMBER = BigInteger().with_variant(Integer(), "sqlite")  # only so is it the number by which SQLite finds a row

_IN_NO_ORDER = {"sqlite_with_rowid": False}  # SQLite's own row numbers would keep the order of arrival
_ZEROS = 1_280  # a row of some 12,500 bytes has 489 where it is found, and three pages (docs/decisions/0046)
_WHOSE_TURN = ("team_id", "unanswered", "urgent", "received_at", "id")
_OF_A_FLOOD = ("received_at", "difficulty", "urgent", "opened_at")
# What tells apart what nobody touched, in the index in which every new report has to stand anyway: an index of its own
# would be one more page to write for each.
_TOUCHED = ("difficulty", "opened_at", "state", "claimed_by", "answers", "follow_ups", "hold")


def row_number(digest: bytes) -> int:
    """Return the number of a new row, a part of a hash: in no order, and of a report's mailbox nobody's choice."""
    return int.from_bytes(digest[:8], "big") >> 1


def _row_number(context: DefaultExecutionContext) -> int:
    given: dict[str, bytes] = context.get_current_parameters()  # type: ignore[no-untyped-call]
    return row_number(given["mailbox_id"])


def _partial(name: str, holds: str, *columns: str) -> Index:
    """Return an index of some rows only, which holds every column that its list filters or orders by."""
    return Index(name, *columns, sqlite_where=text(holds), postgresql_where=text(holds))


def standing_of(row: "Report | Row[Any]") -> Standing:
    """Return how a report stands, of the report itself or of a row with the same columns."""
    return Standing(
        state=ReportState(row.state),
        received_at=row.received_at,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        withdrawn_at=row.withdrawn_at,
        alerted_at=row.alerted_at,
        claimed=row.claimed_by is not None,
        unanswered=row.unanswered,
        hold=row.hold,
        answers=row.answers,
        follow_ups=row.follow_ups,
        flood_closed=row.flood_id is not None,
    )


class Report(Base):
    """A sealed report, what triage knows about it, and the mailbox its reporter opens with a receipt code.

    `received_at` is the hour; for an urgent report the minute, until it is opened. `digest` is the SHA-256 of the
    whole request body, by which a repeated send is recognised. `tip` is the SHA-256 of the newest envelope from the
    reporter, `answer_tip` of the newest answer. `difficulty` is that of the work that sending cost. `flood_id` names
    the closing of a flood that closed it with others of its hour and difficulty. `withdrawn_at` is the hour in which
    the reporter took it back. `alerted_at` is the hour in which the team was told that it will be erased unless
    somebody claims it. A `hold` keeps every timer from it. The statements are what the desk says to the reporter under
    a key that the server does not have. `number`, of 63 bits, is where SQLite keeps the row, made of `mailbox_id`
    as it was at first, so that rows stand in no order. Where a table has no numbers of its own, SQLite compares whole
    rows, and would read whole envelopes on its way to one.
    """

    __tablename__ = "report"

    number: Mapped[int] = mapped_column(ROW_NUMBER, primary_key=True, autoincrement=False, default=_row_number)
    id: Mapped[bytes] = mapped_column(ID, unique=True)
    team_id: Mapped[bytes] = mapped_column(ForeignKey("team.id"))
    epoch: Mapped[int]
    urgent: Mapped[bool]
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    digest: Mapped[bytes] = mapped_column(HASH)
    envelope: Mapped[bytes] = mapped_column(FilledBytes(_ZEROS))

    mailbox_id: Mapped[bytes] = mapped_column(IndexHash("mailbox id", of="mailbox_number"), unique=True)
    mailbox_number: Mapped[bytes] = mapped_column(EncryptedBytes("report.mailbox_number"))
    mailbox_verifier: Mapped[bytes] = mapped_column(EncryptedBytes("report.mailbox_verifier"))
    mailbox_key: Mapped[bytes] = mapped_column(EncryptedBytes("report.mailbox_key"))
    note: Mapped[bytes] = mapped_column(EncryptedBytes("report.note"))
    opened_statement: Mapped[bytes | None] = mapped_column(EncryptedBytes("report.opened_statement"))
    withdrawal_statement: Mapped[bytes | None] = mapped_column(EncryptedBytes("report.withdrawal_statement"))
    tip: Mapped[bytes] = mapped_column(HASH)
    answer_tip: Mapped[bytes] = mapped_column(HASH)

    state: Mapped[ReportState] = mapped_column(String(8), default=ReportState.NEW)
    claimed_by: Mapped[bytes | None] = mapped_column(ID)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    follow_ups: Mapped[int] = mapped_column(default=0)
    answers: Mapped[int] = mapped_column(default=0)
    entries: Mapped[int] = mapped_column(default=0)
    unanswered: Mapped[bool] = mapped_column(default=True)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    alerted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    hold: Mapped[bool] = mapped_column(default=False)
    difficulty: Mapped[int] = mapped_column(SmallInteger, default=0)
    flood_id: Mapped[bytes | None] = mapped_column(ID)

    messages: Mapped[list["Message"]] = relationship(back_populates="report", order_by="Message.position")

    __table_args__ = (
        CheckConstraint("state in ('new', 'open', 'closed')", name="state_known"),
        _partial("report_by_closing", "closed_at IS NOT NULL", "closed_at"),
        _partial("report_by_taking_back", "withdrawn_at IS NOT NULL", "withdrawn_at"),
        _partial("report_waiting", WAITING, *_WHOSE_TURN, *_TOUCHED),
        _partial("report_claimed", CLAIMED, "claimed_by", *_WHOSE_TURN),
        _partial("report_closed", CLOSED, "team_id", "closed_at", "id"),
        _partial("report_flood_closed", FLOOD_CLOSED, "team_id", "closed_at", "flood_id", *_OF_A_FLOOD),
        _partial("report_taken_back", HIDDEN, "team_id", "urgent", "withdrawn_at"),
    )
    __mapper_args__ = {"primary_key": [id]}  # noqa: A003, RUF012  # as SQLAlchemy asks for it

    @property
    def standing(self) -> Standing:
        """How it stands, for the rules of mailbox/standing.py."""
        return standing_of(self)

    @hybrid_property
    def hidden(self) -> bool:
        """Whether it is nobody's to see (mailbox/standing.py)."""
        return self.standing.hidden

    @hidden.inplace.expression
    @classmethod
    def _hidden_in_sql(cls) -> ColumnElement[bool]:
        return literal_column(HIDDEN, Boolean())


class Message(Base):
    """A sealed follow-up (direction 1) or answer (direction 2); numbered from 1 in each direction.

    `position` orders both directions together, from 1, because an hour is too coarse to.
    """

    __tablename__ = "message"

    id: Mapped[bytes] = mapped_column(ID, primary_key=True)
    report_id: Mapped[bytes] = mapped_column(ForeignKey("report.id"))
    direction: Mapped[int]
    number: Mapped[int]
    position: Mapped[int]
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    digest: Mapped[bytes] = mapped_column(HASH)
    envelope: Mapped[bytes] = mapped_column(EncryptedBytes("message.envelope"))

    report: Mapped[Report] = relationship(back_populates="messages")

    __table_args__ = (
        UniqueConstraint("report_id", "direction", "number", name="message_numbered_once"),
        _IN_NO_ORDER,
    )


def _place_of(context: DefaultExecutionContext) -> int:
    given: dict[str, bytes] = context.get_current_parameters()  # type: ignore[no-untyped-call]
    return row_number(given["digest"])


class CardEntry(Base):
    """An entry of a report's case card, numbered from 1; rows are only ever added, and go with the report.

    `digest` is the SHA-256 of the entry, of which `place` is made, so that rows stand in no order.
    """

    __tablename__ = "card_entry"

    place: Mapped[int] = mapped_column(ROW_NUMBER, primary_key=True, autoincrement=False, default=_place_of)
    report_id: Mapped[bytes] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"))
    number: Mapped[int]
    epoch: Mapped[int]
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    digest: Mapped[bytes] = mapped_column(HASH)
    content: Mapped[bytes]

    __table_args__ = (UniqueConstraint("report_id", "number", name="card_entry_numbered_once"),)


append_only(
    Base.metadata.tables["card_entry"],
    same="place = NEW.place OR (report_id = NEW.report_id AND number = NEW.number)",
    stays_while="EXISTS (SELECT 1 FROM report WHERE id = OLD.report_id)",
)


class OutcomeSlip(Base):
    """What became of a report, sealed by its team; nothing says which report, who wrote it, or when it came."""

    __tablename__ = "outcome_slip"

    place: Mapped[int] = mapped_column(ROW_NUMBER, primary_key=True, autoincrement=False)
    team_id: Mapped[bytes] = mapped_column(ForeignKey("team.id"))
    content: Mapped[bytes]


class ReportTold(Base):
    """A step that was taken of telling a team that a report waits (mailbox/telling.py); forgotten when it does not."""

    __tablename__ = "report_told"

    report_id: Mapped[bytes] = mapped_column(ID, primary_key=True)
    step: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)

    __table_args__ = (_IN_NO_ORDER,)


class Tombstone(Base):
    """A keyed hash of the id of a report or message that is gone, kept for a while against late retries."""

    __tablename__ = "tombstone"

    hash: Mapped[bytes] = mapped_column(HASH, primary_key=True)
    buried_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class Erasure(Base):
    """How many of a team's reports were erased for one reason: all that is left of them."""

    __tablename__ = "erasure"

    team_id: Mapped[bytes] = mapped_column(ForeignKey("team.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(String(16), primary_key=True)
    count: Mapped[int] = mapped_column(default=0)
