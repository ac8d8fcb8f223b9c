"""The product as it is, with one made-up team to send to, and bodies of reports that look sealed."""

import json
import os
from dataclasses import replace
from pathlib import Path

from flask import Flask

from youthsafe.app import create_app as create_youthsafe
from youthsafe.config import Config
from youthsafe.crypto.encoding import b64
from youthsafe.crypto.envelope import ENC_LENGTH, SEALED_LENGTH, WRAPPED_DEK_LENGTH
from youthsafe.crypto.keys import PUBLIC_KEY_LENGTH, Purpose, key_id
from youthsafe.crypto.wire import NOTE_LENGTH
from youthsafe.database import migrating
from youthsafe.extensions import db
from youthsafe.instance.models import Instance, Team, TeamKey
from youthsafe.limits.policies import POLICIES

TEAM = bytes(range(16))
TEAM_KEY = bytes(PUBLIC_KEY_LENGTH)
EPOCH = 1
AT_REST_OVERHEAD = 12 + 16  # nonce and tag of an encrypted column
ROW_BYTES = (
    (16 + 16 + 4 + 1 + 26 + 32)  # ids, epoch, urgent, time, digest
    + (90 + 1 + 16 + ENC_LENGTH + WRAPPED_DEK_LENGTH + SEALED_LENGTH)
    + (32 + 32 + PUBLIC_KEY_LENGTH + NOTE_LENGTH + 2 * AT_REST_OVERHEAD)
    + (32 + 32 + 3)  # tips, state
    + 1_280  # zeros behind the envelope
)


def create_app(folder: Path) -> Flask:
    """Return the application on the database in `folder`. Limits count every request as ever, but never refuse."""
    for name, policy in POLICIES.items():
        POLICIES[name] = replace(policy, rate="100000000/minute")
    return create_youthsafe(_config(folder))


def prepare(folder: Path) -> None:
    """Make the database with its one team."""
    config = _config(folder)
    migrating.upgrade(config.database_url)
    with create_youthsafe(config).app_context():
        db.session.add(Instance(id=bytes(16), demo=False, root_public_key=bytes(65)))
        db.session.add(Team(id=TEAM, kind=1))
        db.session.flush()
        db.session.add(TeamKey(team_id=TEAM, epoch=EPOCH, key_id=key_id(TEAM_KEY), public_key=TEAM_KEY))
        db.session.commit()
        db.engine.dispose()


def report_body() -> bytes:
    """Return one request body of docs/envelope.md section 7: well formed, random where it would be sealed."""
    header = b"YS\x01\x01" + os.urandom(16) + bytes(17) + TEAM + EPOCH.to_bytes(4, "big") + os.urandom(32) + b"\x01"
    wrap = bytes([Purpose.REPORT_TO_TEAM]) + key_id(TEAM_KEY) + os.urandom(ENC_LENGTH + WRAPPED_DEK_LENGTH)
    mailbox = {
        "id": b64(os.urandom(16)),
        "verifier": b64(os.urandom(32)),
        "key": b64(os.urandom(PUBLIC_KEY_LENGTH)),
        "note": b64(os.urandom(NOTE_LENGTH)),
    }
    body = {"envelope": b64(header + wrap + os.urandom(SEALED_LENGTH)), "mailbox": mailbox}
    return json.dumps(body, separators=(",", ":")).encode()


def _config(folder: Path) -> Config:
    return Config(database_url=f"sqlite:///{folder / 'product.db'}", server_secret=bytes(range(32)))
