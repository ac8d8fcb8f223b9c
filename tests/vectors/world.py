"""The fixed keys, ids and texts that the vectors are made of. None of them is used anywhere else."""

import base64
import hashlib
import itertools
from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.crypto.reference_content import Message, Report
from tests.crypto.reference_keys import Mailbox, Note, TeamSecret, Wrapped, derive_mailbox
from tests.crypto.reference_opener import Bond, Team
from tests.crypto.reference_primitives import public_key_of, sha256
from youthsafe.crypto.bundle import Bundle, TeamKind
from youthsafe.crypto.bundle import Team as BundleTeam
from youthsafe.crypto.keys import fingerprint
from youthsafe.crypto.roster import Role, Roster, RosterMember, RosterTeam

Json = dict[str, object]


def fixed(name: str, length: int = 16) -> bytes:
    """Bytes that are always the same for a name."""
    return hashlib.shake_256(f"youthsafe vectors {name}".encode()).digest(length)


def text(data: bytes) -> str:
    """Base64url without padding, written without the code under test."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def word_list() -> list[str]:
    """2,048 made-up words of six letters, no two of them one slip apart."""
    pairs = ["".join(pair) for pair in itertools.product("bdfghjklmnprstvz", "aeiu")]
    return [
        first + second + pairs[(at + 3 * to) % 64]
        for at, first in enumerate(pairs[:32])
        for to, second in enumerate(pairs)
    ]


WORDS = word_list()
INSTANCE = fixed("instance")
ROOT_KEY = ec.derive_private_key(int.from_bytes(fixed("root", 31), "big"), ec.SECP256R1())
OTHER_ROOT_KEY = ec.derive_private_key(int.from_bytes(fixed("other root", 31), "big"), ec.SECP256R1())
NEW_ROOT_KEY = ec.derive_private_key(int.from_bytes(fixed("new root", 31), "big"), ec.SECP256R1())
THIRD_ROOT_KEY = ec.derive_private_key(int.from_bytes(fixed("third root", 31), "big"), ec.SECP256R1())
ROOT = ROOT_KEY.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
OTHER_ROOT = OTHER_ROOT_KEY.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
PIN = fingerprint(ROOT)
NOW = 1_795_392_000  # 2026-11-23

TEAM_SEED = fixed("team seed 2", 32)
FIRST_SEED = fixed("team seed 1", 32)
OTHER_TEAM_SEED = fixed("other team seed", 32)
TEAM = Team(fixed("team"), 2, public_key_of(TEAM_SEED))
OTHER_TEAM = Team(fixed("other team"), 1, public_key_of(OTHER_TEAM_SEED))
TEAM_SECRET = TeamSecret(TEAM.team_id, ((2, TEAM_SEED), (1, FIRST_SEED)))

CODE = (int.from_bytes(fixed("code", 9), "big") % 2**70).to_bytes(9, "big")
OTHER_CODE = (int.from_bytes(fixed("other code", 9), "big") % 2**70).to_bytes(9, "big")
PASSPHRASE = (int.from_bytes(fixed("passphrase", 9), "big") % 2**66).to_bytes(9, "big")
MAILBOX: Mailbox = derive_mailbox(CODE, INSTANCE)
OTHER_MAILBOX: Mailbox = derive_mailbox(OTHER_CODE, INSTANCE)
MAILBOX_KEY = public_key_of(MAILBOX.seed)
OTHER_MAILBOX_KEY = public_key_of(OTHER_MAILBOX.seed)
REPORT_ID = fixed("report")
OTHER_REPORT_ID = fixed("other report")
BOND = Bond(REPORT_ID, MAILBOX_KEY, MAILBOX.auth)

REPORT = Report(
    hour=498_720,
    mailbox_key_hash=sha256(MAILBOX_KEY),
    auth=MAILBOX.auth,
    locale="en",
    answers=(
        (1, "yes"),
        (2, "friend place"),
        (3, "bullying online other"),
        (4, "They wait by the gate. 🙁 \ufeffهم ينتظرون عند البوابة.\r\nI told nobody."),
        (5, "school street"),
        (7, "week"),
        (8, "unsure"),
        (9, "Someone to walk with."),
        (11, "group unsure"),
        (12, "yes"),
        (13, "Year 7"),
        (14, "ask"),
    ),
)
EMPTY_REPORT = Report(hour=498_720, mailbox_key_hash=bytes(32), auth=bytes(32), locale="zh-hans", answers=())
MESSAGE = Message(
    hour=498_725,
    number=1,
    previous=bytes(32),
    seen=0,
    other=bytes(32),
    serial=0,
    mac=bytes(32),
    locale="ar",
    text="شكرا لك. Is it still happening? 🙂",
)

ANSWER = replace(MESSAGE, other=fixed("the report", 32), serial=7)
NOTE = Note(REPORT_ID, PIN, 3, fixed("tip", 32))

MEMBER = fixed("member")
MEMBER_SEED = fixed("member seed", 32)
OTHER_MEMBER = fixed("other member")
OTHER_MEMBER_SEED = fixed("other member seed", 32)
SALT = fixed("salt")
WRAP_KEY = fixed("wrap key", 32)
WRAPPED = Wrapped(MEMBER_SEED, INSTANCE, PIN)

WEEK = ((540, 1020),) * 4 + ((540, 990), None, None)
BUNDLE = Bundle(
    instance_id=INSTANCE,
    serial=7,
    issued_at=NOW - 86_400,
    not_after=NOW + 27 * 86_400,
    demo=True,
    closed_days=(20_812, 20_813),
    teams=(
        BundleTeam(TEAM.team_id, TeamKind.GENERAL, True, 2, TEAM.public_key, "Youth téam", ("en", "zh-hans"), WEEK),
        BundleTeam(
            OTHER_TEAM.team_id,
            TeamKind.POSITION_OF_TRUST,
            False,
            1,
            OTHER_TEAM.public_key,
            "Small team",
            ("en",),
            (None,) * 7,
        ),
    ),
)
ROSTER = Roster(
    instance_id=INSTANCE,
    version=4,
    issued_at=NOW - 86_400,
    not_after=NOW + 27 * 86_400,
    recovery_key=public_key_of(fixed("recovery seed", 32)),
    teams=(RosterTeam(TEAM.team_id, 2, TEAM.public_key), RosterTeam(OTHER_TEAM.team_id, 1, OTHER_TEAM.public_key)),
    members=(
        RosterMember(MEMBER, Role.CASEWORKER, public_key_of(MEMBER_SEED), "Sam", (TEAM.team_id,)),
        RosterMember(
            OTHER_MEMBER, Role.COORDINATOR, public_key_of(OTHER_MEMBER_SEED), "Ada", (TEAM.team_id, OTHER_TEAM.team_id)
        ),
    ),
)


def untext(written: str) -> bytes:
    """Read what `text` wrote."""
    return base64.urlsafe_b64decode(written + "=" * (-len(written) % 4))
