"""The link that sets an instance up: single-use, soon over, and its secret stands beside the address."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete

from youthsafe.crypto.encoding import b64
from youthsafe.database import keyed_hash
from youthsafe.errors import ConflictError, NotFoundError
from youthsafe.extensions import db
from youthsafe.instance import services as instance_services
from youthsafe.setup.models import ONE, SetUpLink

SECRET_LENGTH = 32
DEAD = (
    "This link does not set anything up: it is over, was used, or a newer one was made. Nothing was saved. "
    "Ask whoever runs the server for a new one."
)
_PURPOSE = "set-up link"


def make(now: datetime, life: timedelta) -> bytes:
    """Make the link and return its secret, 32 bytes; one from before opens nothing any more.

    Raises ConflictError once the instance is there.
    """
    if instance_services.instance() is not None:
        raise ConflictError(
            "This instance is set up already, so no link was made. People are added by a coordinator at the desk; "
            "where everybody's words are lost, the recovery kit helps (docs/operate.md)."
        )
    secret = secrets.token_bytes(SECRET_LENGTH)
    db.session.merge(SetUpLink(id=ONE, hash=keyed_hash(_PURPOSE, secret), ends_at=now + life))
    return secret


def require(secret: bytes, now: datetime) -> None:
    """Raise NotFoundError, one and the same, unless this secret may set the instance up now."""
    link = db.session.get(SetUpLink, ONE, with_for_update=True)
    known = link is not None and secrets.compare_digest(link.hash, keyed_hash(_PURPOSE, secret))
    if link is None or not known or now >= link.ends_at or instance_services.instance() is not None:
        raise NotFoundError(DEAD)


def use_up() -> None:
    """Take the link away."""
    db.session.execute(delete(SetUpLink))


def lines_of(site: str, secret: bytes) -> tuple[str, str]:
    """Return the link as its two lines: the address to open, and the secret to paste there (docs/decisions/0098)."""
    return f"{site}/staff/en/set-up/", b64(secret)
