"""Recovery codes: each stands for the second factor once. They are shown once and kept encrypted."""

from sqlalchemy import ColumnElement, and_, delete, func, select

from youthsafe.accounts.models import RecoveryCode
from youthsafe.accounts.spoken_codes import digest, new_code
from youthsafe.database import index_hash, index_hashes
from youthsafe.extensions import db

COUNT = 10
_PURPOSE = "recovery code"


def renew(member_id: bytes) -> list[str]:
    """Make ten codes in the place of all earlier ones, and return them: nobody can read them again."""
    forget(member_id)
    codes = [new_code() for _ in range(COUNT)]
    db.session.add_all(_kept(member_id, each) for each in codes)
    db.session.flush()
    return codes


def is_right(member_id: bytes, code: str) -> bool:
    """Tell whether a member has this code left; one and the same query whoever asks."""
    return bool(db.session.scalar(select(func.count()).where(_is(member_id, code))))


def use(member_id: bytes, code: str) -> None:
    """Let a code be used up."""
    db.session.execute(delete(RecoveryCode).where(_is(member_id, code)))


def left(member_id: bytes) -> int:
    """Return how many codes a member has left."""
    return db.session.scalar(select(func.count()).where(RecoveryCode.member_id == member_id)) or 0


def forget(member_id: bytes) -> None:
    """Take all of a member's codes away."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.member_id == member_id))


def _kept(member_id: bytes, code: str) -> RecoveryCode:
    value = digest(_PURPOSE, member_id, code)
    _, found_by = index_hash(_PURPOSE, value)
    return RecoveryCode(member_id=member_id, hash=found_by, digest=value)


def _is(member_id: bytes, code: str) -> ColumnElement[bool]:
    hashes = index_hashes(_PURPOSE, digest(_PURPOSE, member_id, code))
    return and_(RecoveryCode.member_id == member_id, RecoveryCode.hash.in_(hashes))
