"""The key ceremony of a demonstration: everything in its final format, made in one go instead of by several people.

It can seal and sign. Nothing here opens anything.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from youthsafe.accounts.services import MEMORY_KIB, PASSES
from youthsafe.clock import day_in_london
from youthsafe.crypto import bundle as bundles
from youthsafe.crypto import roster as rosters
from youthsafe.crypto.binary_layout import LONGEST_LIFE, lp, u16, u32
from youthsafe.crypto.change import FIRST_PREVIOUS, Change, Signed, build_change
from youthsafe.crypto.change import LABEL as CHANGE_LABEL
from youthsafe.crypto.grant import KIT_ID, GrantHead, build_grant_head
from youthsafe.crypto.keys import Purpose, fingerprint, hpke_info, key_id
from youthsafe.crypto.kit import build_kit_wrap_head
from youthsafe.crypto.root_grant import RootGrantHead, build_root_grant_head
from youthsafe.crypto.roster import Role
from youthsafe.crypto.wrap import build_wrap_head
from youthsafe.demo import primitives, words
from youthsafe.drills.sealing import seal
from youthsafe.pack.nations import Nation, bank_holidays

EPOCH = 1
LIFE = timedelta(seconds=LONGEST_LIFE)
CLOSED_DAYS_AHEAD = timedelta(days=400)
EPOCH_DAY = date(1970, 1, 1)
WORKING_DAY = (8 * 60, 18 * 60)
HOURS = (WORKING_DAY,) * 5 + (None, None)
PEOPLE = (
    ("demo-caseworker", Role.CASEWORKER),
    ("demo-second", Role.CASEWORKER),
    ("demo-coordinator", Role.COORDINATOR),
)


@dataclass(frozen=True, slots=True)
class Person:
    """A made-up member: what the server keeps, and the words and TOTP secret that the member would keep."""

    id: bytes
    name: str
    role: Role
    words: str
    totp_secret: bytes
    salt: bytes
    proof: bytes
    wrap: bytes
    seed: bytes


@dataclass(frozen=True, slots=True)
class Kit:
    """The recovery kit's secret, of 32 bytes, and the instance root."""

    secret: bytes
    root: EllipticCurvePrivateKey

    @property
    def seed(self) -> bytes:
        """The seed of the recovery key."""
        return primitives.hkdf(self.secret, "youthsafe/v1/kit-kem")

    @property
    def token(self) -> bytes:
        """What the server knows the kit by."""
        return primitives.hkdf(self.secret, "youthsafe/v1/kit-token")

    def wrap(self, instance_id: bytes) -> bytes:
        """Return the root's number under the kit, for the server to keep."""
        head = build_kit_wrap_head(instance_id, key_id(primitives.public_key_of(self.seed)))
        nonce, key = secrets.token_bytes(12), primitives.hkdf(self.secret, "youthsafe/v1/kit-wrap")
        number = primitives.root_private(self.root)
        return head + nonce + AESGCM(key).encrypt(nonce, number, b"youthsafe/v1/kit-wrap\x00" + head)


@dataclass(frozen=True, slots=True)
class Team:
    """A team of one epoch."""

    id: bytes
    seed: bytes
    public_key: bytes


@dataclass(frozen=True, slots=True)
class Ceremony:
    """All that was made. `grants` are those of the team's key, by recipient id."""

    instance_id: bytes
    kit: Kit
    team: Team
    people: tuple[Person, ...]
    grants: dict[bytes, bytes]
    change: Signed


def hold(now: datetime, vocabulary: Sequence[str], nation: Nation = Nation.ENGLAND) -> Ceremony:
    """Make an instance's keys, one team, three members, their grants, and what the root signs. Takes about a second."""
    instance_id = primitives.new_id()
    kit = Kit(secrets.token_bytes(primitives.SEED_LENGTH), primitives.new_root())
    team_seed = secrets.token_bytes(primitives.SEED_LENGTH)
    team = Team(primitives.new_id(), team_seed, primitives.public_key_of(team_seed))
    pin = instance_id + fingerprint(primitives.root_public(kit.root))
    people = tuple(_person(name, role, vocabulary, pin) for name, role in PEOPLE)
    recipients = {KIT_ID: primitives.public_key_of(kit.seed)} | {
        each.id: primitives.public_key_of(each.seed) for each in people
    }
    grants = {each: _grant(instance_id, team, each, key) for each, key in recipients.items()}
    root_grants = [
        _root_grant(instance_id, kit.root, each.id, recipients[each.id])
        for each in people
        if each.role is Role.COORDINATOR
    ]
    roster = _roster(instance_id, recipients, team, people, now)
    return Ceremony(
        instance_id=instance_id,
        kit=kit,
        team=team,
        people=people,
        grants=grants,
        change=sign_change(kit.root, _bundle(instance_id, team, now, nation), roster, [*grants.values(), *root_grants]),
    )


def renew(before: Change, root: EllipticCurvePrivateKey, now: datetime, nation: Nation = Nation.ENGLAND) -> Signed:
    """Sign the same teams and members anew, from now on for as long as a list may live; one bundle and one roster.

    Closed days stay, and every bank holiday after the last of them is added.
    """
    issued, ends = int(now.timestamp()), _end(now)
    bundle = replace(
        before.bundle,
        serial=before.bundle.serial + 1,
        issued_at=issued,
        not_after=ends,
        closed_days=tuple(_closed_days(now, nation, before.bundle)),
    )
    roster = replace(before.roster, version=before.roster.version + 1, issued_at=issued, not_after=ends)
    return sign_change(root, bundle, roster, (), before)


def sign_change(
    root: EllipticCurvePrivateKey,
    bundle: bundles.Bundle,
    roster: rosters.Roster,
    grants: Sequence[bytes],
    before: Change | None = None,
) -> Signed:
    """Return the root-signed change after `before` that puts these lists and grants in force."""
    content = build_change(
        instance_id=roster.instance_id,
        number=before.number + 1 if before else 1,
        previous=before.head if before else FIRST_PREVIOUS,
        root=primitives.root_public(root),
        roster=_signed(root, rosters.LABEL, rosters.build_roster(roster)),
        bundle=_signed(root, bundles.LABEL, bundles.build_bundle(bundle)),
        grants=grants,
    )
    return _signed(root, CHANGE_LABEL, content)


def _signed(root: EllipticCurvePrivateKey, label: str, content: bytes) -> Signed:
    return Signed(content, primitives.sign(root, label, content))


def _person(name: str, role: Role, vocabulary: Sequence[str], pin: bytes) -> Person:
    member_id, seed, salt = primitives.new_id(), secrets.token_bytes(primitives.SEED_LENGTH), secrets.token_bytes(16)
    secret = words.new_secret()
    stretched = primitives.stretch(secret, salt, MEMORY_KIB, PASSES)
    return Person(
        id=member_id,
        name=name,
        role=role,
        words=words.to_words(secret, vocabulary),
        totp_secret=secrets.token_bytes(20),
        salt=salt,
        proof=primitives.hkdf(stretched, "youthsafe/v1/sign-in"),
        wrap=_wrap(member_id, seed + pin, salt, primitives.hkdf(stretched, "youthsafe/v1/member-wrap")),
        seed=seed,
    )


def _wrap(member_id: bytes, seed_and_pin: bytes, salt: bytes, wrap_key: bytes) -> bytes:
    head, nonce = build_wrap_head(member_id, MEMORY_KIB, PASSES, salt), secrets.token_bytes(12)
    sealed = AESGCM(wrap_key).encrypt(nonce, seed_and_pin, b"youthsafe/v1/member-wrap\x00" + head)
    return head + nonce + sealed


def _grant(instance_id: bytes, team: Team, recipient_id: bytes, public_key: bytes) -> bytes:
    """Seal the team's secret to a member or to the kit, in the kit's name."""
    recipient_key_id = key_id(public_key)
    head = build_grant_head(GrantHead(instance_id, team.id, EPOCH, recipient_id, recipient_key_id, KIT_ID))
    secret = b"YSS\x01" + team.id + u16(1) + u32(EPOCH) + team.seed
    info = hpke_info(Purpose.GRANT, team.id, recipient_id, recipient_key_id) + head
    enc, ciphertext = seal(public_key, info, secret)
    body = head + enc + lp(ciphertext)
    return body + primitives.mac(primitives.hkdf(team.seed, "youthsafe/v1/grant"), b"youthsafe/v1/grant\x00" + body)


def _root_grant(instance_id: bytes, root: EllipticCurvePrivateKey, recipient_id: bytes, public_key: bytes) -> bytes:
    pin, recipient_key_id = fingerprint(primitives.root_public(root)), key_id(public_key)
    head = build_root_grant_head(RootGrantHead(instance_id, recipient_id, recipient_key_id, pin))
    info = hpke_info(Purpose.ROOT_GRANT, instance_id, recipient_id, recipient_key_id) + head
    enc, ciphertext = seal(public_key, info, primitives.root_private(root))
    return head + enc + ciphertext


def _bundle(instance_id: bytes, team: Team, now: datetime, nation: Nation) -> bundles.Bundle:
    listed = bundles.Team(
        id=team.id,
        kind=bundles.TeamKind.GENERAL,
        staffed=True,
        epoch=EPOCH,
        public_key=team.public_key,
        name="Demo team",
        languages=("en",),
        hours=HOURS,
    )
    return bundles.Bundle(
        instance_id=instance_id,
        serial=1,
        issued_at=int(now.timestamp()),
        not_after=_end(now),
        demo=True,
        closed_days=tuple(_closed_days(now, nation)),
        teams=(listed,),
    )


def _end(now: datetime) -> int:
    return int(now.timestamp()) + LONGEST_LIFE


def _closed_days(now: datetime, nation: Nation, before: bundles.Bundle | None = None) -> list[int]:
    """Return closed days as days since 1970: further ahead than any promise that is made from the bundle."""
    today = (day_in_london(now) - EPOCH_DAY).days
    holidays = [(each - EPOCH_DAY).days for each in bank_holidays(nation, day_in_london(now), _ahead(now))]
    if before is None:
        return holidays
    last = max(before.closed_days, default=today)
    return sorted(
        {*(each for each in before.closed_days if each >= today), *(each for each in holidays if each > last)}
    )


def _ahead(now: datetime) -> date:
    """Return the last day that a bundle of this moment speaks of."""
    return day_in_london(now) + CLOSED_DAYS_AHEAD


def _roster(
    instance_id: bytes, recipients: dict[bytes, bytes], team: Team, people: Sequence[Person], now: datetime
) -> rosters.Roster:
    members = (rosters.RosterMember(each.id, each.role, recipients[each.id], each.name, (team.id,)) for each in people)
    return rosters.Roster(
        instance_id=instance_id,
        version=1,
        issued_at=int(now.timestamp()),
        not_after=_end(now),
        recovery_key=recipients[KIT_ID],
        teams=(rosters.RosterTeam(team.id, EPOCH, team.public_key),),
        members=tuple(members),
    )
