"""The second factor in all its kinds: a code of an app, a passkey, a recovery code, or a code that a colleague says."""

import hmac
import re
from datetime import datetime, timedelta
from enum import Enum

from sqlalchemy import delete, select

from youthsafe.accounts import passkeys, recovery_codes, second_factor
from youthsafe.accounts.models import Member, SecondFactorReset
from youthsafe.accounts.passkeys import Assertion, Site
from youthsafe.accounts.spoken_codes import digest, new_code
from youthsafe.database import as_stored, decrypt_alike, keyed_hash
from youthsafe.extensions import db

Factor = str | Assertion  # a code as it is compared, or what a passkey signed

RESET_LIFE = timedelta(hours=24)
_COLLEAGUES = "colleague's code"
_SIX_DIGITS = re.compile("[0-9]{6}")


class Kind(Enum):
    """Which second factor was right."""

    APP = "app"
    PASSKEY = "passkey"
    RECOVERY = "recovery code"
    COLLEAGUE = "colleague's code"  # opens a session that may do nothing but enrol


def right_kind(member: Member, factor: Factor, site: Site, now: datetime) -> Kind | None:
    """Tell which kind of factor is right; the same is asked and reckoned for a made-up member as for anybody."""
    if isinstance(factor, Assertion):
        return Kind.PASSKEY if passkeys.is_right(member.id, factor, site, now) else None
    if _SIX_DIGITS.fullmatch(factor):
        return Kind.APP if _fresh_step(member, factor, now) else None
    recovery, colleague = recovery_codes.is_right(member.id, factor), _is_colleagues(member.id, factor, now)
    return Kind.RECOVERY if recovery else Kind.COLLEAGUE if colleague else None


def use(member: Member, factor: Factor, kind: Kind, now: datetime) -> None:
    """Use a right factor up. A colleague's code is good until there is a new factor: its user may be interrupted."""
    if isinstance(factor, str) and kind is Kind.APP:
        member.totp_counter = _fresh_step(member, factor, now)
    elif isinstance(factor, str) and kind is Kind.RECOVERY:
        recovery_codes.use(member.id, factor)


def has_any(member: Member) -> bool:
    """Tell whether a member has an app or a passkey."""
    return member.totp_secret is not None or passkeys.count(member.id) > 0


def reset(member: Member, now: datetime) -> str:
    """Take every second factor of a member away, and return the code that stands for one while they enrol anew."""
    member.totp_secret = member.totp_next = None
    passkeys.forget(member.id)
    recovery_codes.forget(member.id)
    end_reset(member.id)
    code = new_code()
    kept = digest(_COLLEAGUES, member.id, code)
    db.session.add(SecondFactorReset(member_id=member.id, code_digest=kept, until=now + RESET_LIFE))
    db.session.flush()
    return code


def end_reset(member_id: bytes) -> None:
    """Let a colleague's code be good no more: there is a new second factor, or another code."""
    db.session.execute(delete(SecondFactorReset).where(SecondFactorReset.member_id == member_id))


def _fresh_step(member: Member, code: str, now: datetime) -> int:
    """Return the step of an app's code that was not used yet; 0 for a wrong one, and where there is no app."""
    secret = member.totp_secret or keyed_hash("decoy totp", member.id)[: second_factor.SECRET_BYTES]
    found = second_factor.matching_step(secret, code, now) or 0
    return found if member.totp_secret is not None and found > member.totp_counter else 0


def _is_colleagues(member_id: bytes, code: str, now: datetime) -> bool:
    kept = SecondFactorReset.code_digest
    query = select(as_stored(kept)).where(SecondFactorReset.member_id == member_id, SecondFactorReset.until > now)
    wanted = digest(_COLLEAGUES, member_id, code)
    return hmac.compare_digest(decrypt_alike(kept, db.session.scalar(query), len(wanted)), wanted)
