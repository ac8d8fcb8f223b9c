"""What the server keeps of the recovery kit. The kit itself is on paper, and no server ever has it."""

import secrets
from dataclasses import dataclass

from youthsafe.crypto.encoding import EncodingError
from youthsafe.crypto.keys import key_id
from youthsafe.crypto.kit import parse_kit_wrap
from youthsafe.crypto.roster import Roster, parse_roster
from youthsafe.database import keyed_hash
from youthsafe.errors import InvalidInputError, NotFoundError
from youthsafe.extensions import db
from youthsafe.setup.models import ONE, Kit

_PURPOSE = "kit"


@dataclass(frozen=True, slots=True)
class PaperKit:
    """What comes of a new kit: its token, by which it is known, and the root under it."""

    token: bytes
    wrap: bytes


def replace(paper: PaperKit, roster: Roster) -> None:
    """Keep the kit whose recovery key the roster names; the one before is dead. Raises InvalidInputError."""
    try:
        wrap = parse_kit_wrap(paper.wrap)
    except EncodingError as error:
        raise InvalidInputError(f"This cannot be accepted: {error}. Nothing was saved.") from None
    if (wrap.instance_id, wrap.recovery_key_id) != (roster.instance_id, key_id(roster.recovery_key)):
        raise InvalidInputError("The kit is another than the one that the roster names.")
    db.session.merge(Kit(id=ONE, token=keyed_hash(_PURPOSE, paper.token), wrap=paper.wrap))


def kept_wrap() -> bytes | None:
    """Return the root under the kit; none before set-up."""
    kept = db.session.get(Kit, ONE)
    return None if kept is None else kept.wrap


def fits(roster: bytes) -> bool:
    """Tell whether the kit that is kept is the one that this roster names."""
    kept = kept_wrap()
    return kept is not None and parse_kit_wrap(kept).recovery_key_id == key_id(parse_roster(roster).recovery_key)


def open_to(token: bytes) -> bytes:
    """Return the root under the kit to whoever has its token; raises NotFoundError, one and the same, for others."""
    kept = db.session.get(Kit, ONE, with_for_update=True)
    known = keyed_hash(_PURPOSE, token)
    if kept is None or not secrets.compare_digest(kept.token, known):
        raise NotFoundError("This is not the kit of this site, or a newer one has taken its place.")
    return kept.wrap
