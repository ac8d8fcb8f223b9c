"""Recovery codes: each stands for the second factor once. They are shown once and kept as keyed hashes."""

from sqlalchemy import delete, func, select

from youthsafe.accounts.models import RecoveryCode
from youthsafe.accounts.spoken_codes import new_code
from youthsafe.database import keyed_hash
from youthsafe.extensions import db

COUNT = 10


def renew(member_id: bytes) -> list[str]:
    """Make ten codes in the place of all earlier ones, and return them: nobody can read them again."""
    forget(member_id)
    codes = [new_code() for _ in range(COUNT)]
    db.session.add_all(RecoveryCode(member_id=member_id, hash=_hash(member_id, each)) for each in codes)
    db.session.flush()
    return codes


def is_right(member_id: bytes, code: str) -> bool:
    """Tell whether a member has this code left; one and the same query whoever asks."""
    found = select(func.count()).where(RecoveryCode.member_id == member_id, RecoveryCode.hash == _hash(member_id, code))
    return bool(db.session.scalar(found))


def use(member_id: bytes, code: str) -> None:
    """Let a code be used up."""
    db.session.execute(
        delete(RecoveryCode).where(RecoveryCode.member_id == member_id, RecoveryCode.hash == _hash(member_id, code))
    )


def left(member_id: bytes) -> int:
    """Return how many codes a member has left."""
    return db.session.scalar(select(func.count()).where(RecoveryCode.member_id == member_id)) or 0


def forget(member_id: bytes) -> None:
    """Take all of a member's codes away."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.member_id == member_id))


def _hash(member_id: bytes, code: str) -> bytes:
    return keyed_hash("recovery code", member_id + code.encode())
