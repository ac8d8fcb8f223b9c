"""Use cases of the staff door: signing in, sessions, the key ring and the roster.

The server never sees a passphrase. It keeps a keyed hash of the proof that a browser derives from it, and
answers for a name that nobody has exactly as it would for one that somebody has.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, literal, or_, select, union_all, update

from youthsafe.accounts import delays, factors, members, passkeys, security_events
from youthsafe.accounts.factors import Factor, Kind
from youthsafe.accounts.models import KeyGrant, Member, Membership, MemberWrap, RootGrant, StaffSession
from youthsafe.accounts.names import fold, is_name, require_name
from youthsafe.accounts.passkeys import Site
from youthsafe.accounts.permissions import ENROLLING, OF_ROLE, Permission
from youthsafe.accounts.security_events import EventKind
from youthsafe.audit.actions import Action
from youthsafe.audit.services import append, append_each
from youthsafe.crypto.change import Change, ChangeError, recipients_of, root_holders
from youthsafe.crypto.roster import Role, Roster
from youthsafe.database import fresh_value, keyed_hash, readable
from youthsafe.errors import InvalidInputError, NotSignedInError, TooManyRequestsError
from youthsafe.extensions import db
from youthsafe.instance import services as instance_services
from youthsafe.limits.counting import is_spent, spend
from youthsafe.mailbox import services as mailbox_services
from youthsafe.mailbox.services import Claims
from youthsafe.privacy.mail_address import parse_address

MEMORY_KIB, PASSES = 65_536, 3
SESSION_LIFE = timedelta(hours=12)
IDLE_LIFE = timedelta(minutes=60)
CONFIRMED_FOR = timedelta(minutes=10)  # how long both factors hold for a change of one's own keys
SEEN_STEP = timedelta(minutes=1)  # the time of last use is written at most this often
TOKEN_BYTES = 32
SECOND_FACTOR = "second-factor"
WRONG = "wrong-sign-in"
TAKEN = "Somebody has this name."


@dataclass(frozen=True, slots=True)
class Stretching:
    """What a browser needs to turn six words into a sign-in proof: Argon2id salt, memory in KiB, passes."""

    member_id: bytes
    salt: bytes
    memory: int
    passes: int


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The member behind a request, and the ids of the member's teams.

    `confirmed`: both factors were given a short while ago. `enrolling`: a colleague's code stood for the second one,
    so the session may do nothing but enrol a new one.
    """

    id: bytes
    name: str
    role: Role
    teams: frozenset[bytes]
    confirmed: bool = False
    enrolling: bool = False

    @property
    def permissions(self) -> frozenset[Permission]:
        """What the member's role may do."""
        return ENROLLING if self.enrolling else OF_ROLE[self.role]


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Everything sealed or signed that a member's browser opens and checks after signing in."""

    wraps: list[bytes]
    grants: list[bytes]
    root_grant: bytes | None
    roster: bytes
    roster_signature: bytes


def start(name: str) -> Stretching:
    """Return what the browser needs before it can make a proof; for an unknown name, the same shape every time.

    The decoy goes through the database as well, so that the same is read and carried whoever has the name.
    """
    folded = fold(name)
    decoy = _decoy(folded)
    columns = (Member.id, Member.salt, Member.memory, Member.passes)
    stand_in = (literal(getattr(decoy, each.key), each.type).label(each.key) for each in columns)
    both = union_all(
        select(*columns, literal(0).label("rank")).where(Member.folded_name == folded),
        select(*stand_in, literal(1).label("rank")),
    ).subquery()
    found = db.session.execute(select(both).order_by(both.c.rank).limit(1)).one()
    return Stretching(found.id, found.salt, found.memory, found.passes)


def sign_in(
    name: str, proof: bytes, factor: Factor, now: datetime, *, visitor: str, site: Site
) -> tuple[SignedIn, bytes] | None:
    """Open a session and return the member and its token (32 bytes); none, whatever was wrong, once that is counted.

    Both factors are always checked and a code works once; after five wrong codes with the right proof none does for
    a while. Raises TooManyRequestsError while this name waits for this visitor: a network, or a browser where somebody
    signed in before.
    """
    folded = fold(name)
    delay = delays.delay_key(folded, visitor)
    if is_spent(WRONG, visitor):
        raise TooManyRequestsError("Too many wrong tries from here. Try again later.", retry_after=600)
    delays.require_waited(delay, now)
    decoy = _decoy(folded)
    member = _by_name(folded, lock=True) or decoy
    kind = _both_right(member, proof, factor, site, now)
    if member is decoy or member.disabled or kind is None:
        spend(WRONG, visitor)
        delays.lengthen(delay, now)
        return None
    delays.forget(delay, now)
    factors.use(member, factor, kind, now)
    token = _open_session(member, now, enrolling=kind is Kind.COLLEAGUE)
    append(Action.SIGNED_IN, now=now, actor=member.id, subject=member.id)
    if kind is Kind.RECOVERY:
        append(Action.RECOVERY_CODE_USED, now=now, actor=member.id, subject=member.id)
        security_events.tell(member.id, EventKind.RECOVERY_CODE_USED, now)
    signed_in = _signed_in(member, live_session(token, now), now)
    instance_services.note_presence(signed_in.teams, now)
    return signed_in, token


def confirm(token: bytes, member_id: bytes, proof: bytes, factor: Factor, now: datetime, *, site: Site) -> bool:
    """Write down that a session's member has just given both factors again; tells whether they were right."""
    member = db.session.get_one(Member, member_id, with_for_update=True)
    kind = _both_right(member, proof, factor, site, now)
    session = live_session(token, now)
    if kind is None or kind is Kind.COLLEAGUE or session is None:
        return False
    factors.use(member, factor, kind, now)
    session.confirmed_at = now
    return True


def end_enrolling(token: bytes, member_id: bytes, now: datetime) -> None:
    """Let a session go on that had to enrol a second factor first: now there is one."""
    factors.end_reset(member_id)
    session = live_session(token, now)
    if session is not None:
        session.enrolling = False


def _both_right(member: Member, proof: bytes, factor: Factor, site: Site, now: datetime) -> Kind | None:
    """Check both factors, whatever the first one says; a wrong second one after the right first one is counted."""
    knows = hmac.compare_digest(member.verifier, verifier(member.id, proof))
    kind = factors.right_kind(member, factor, site, now)
    fresh = kind is not None and not is_spent(SECOND_FACTOR, member.id.hex())
    if knows and not fresh:
        spend(SECOND_FACTOR, member.id.hex())
    return kind if knows and fresh else None


def session_member(token: bytes, now: datetime) -> SignedIn:
    """Return whose session a token opens; raises NotSignedInError for an unknown, idle or ended one."""
    session = live_session(token, now)
    member = db.session.get(Member, session.member_id) if session is not None else None
    if member is None or member.disabled:
        raise NotSignedInError("Please sign in.")
    return _signed_in(member, session, now)


def needs_touch(token: bytes, now: datetime) -> bool:
    """Tell whether a session's last use is old enough to be written down again."""
    session = live_session(token, now)
    return session is not None and now - session.seen_at >= SEEN_STEP


def touch(token: bytes, member: SignedIn, now: datetime) -> None:
    """Remember that a session was used now, and that somebody of the member's teams is there."""
    session = live_session(token, now)
    if session is not None:
        session.seen_at = now
        instance_services.note_presence(member.teams, now)


def sign_out(token: bytes, member: SignedIn, now: datetime) -> None:
    """End one session."""
    db.session.execute(delete(StaffSession).where(StaffSession.token_hash == token_hash(token)))
    append(Action.SIGNED_OUT, now=now, actor=member.id, subject=member.id)


def end_sessions(now: datetime) -> int:
    """Take away sessions that are over, by age or because nobody used them for an hour; returns how many."""
    over = or_(StaffSession.expires_at <= now, StaffSession.seen_at <= now - IDLE_LIFE)
    found = db.session.scalars(select(StaffSession.token_hash).where(over)).all()
    db.session.execute(delete(StaffSession).where(StaffSession.token_hash.in_(found)))
    return len(found)


def key_ring(member: SignedIn) -> KeyRing:
    """Return a member's wraps and grants and the roster in force; raises NotFoundError while there is no roster."""
    wraps = select(MemberWrap.content).where(MemberWrap.member_id == member.id).order_by(MemberWrap.position)
    grants = (
        select(KeyGrant.content)
        .where(KeyGrant.recipient_id == member.id, KeyGrant.team_id.in_(member.teams))
        .order_by(KeyGrant.team_id, KeyGrant.epoch.desc())
    )
    roster = instance_services.current_roster()
    return KeyRing(
        wraps=[*db.session.scalars(wraps), *passkeys.wraps(member.id)],
        grants=list(db.session.scalars(grants)),
        root_grant=db.session.scalar(select(RootGrant.content).where(RootGrant.recipient_id == member.id)),
        roster=roster.content,
        roster_signature=roster.signature,
    )


def names(member_ids: Iterable[bytes]) -> dict[bytes, str]:
    """Return members' names by id."""
    rows = db.session.execute(select(Member.id, Member.name).where(Member.id.in_(set(member_ids))))
    return {each.id: each.name for each in rows}


def members_of(role: Role) -> list[bytes]:
    """Return the ids of a role's members in the roster in force."""
    query = select(Member.id).where(Member.role == role, Member.disabled.is_(False)).order_by(Member.id)
    return list(db.session.scalars(query))


def mail_addresses(member_ids: Iterable[bytes]) -> dict[bytes, str]:
    """Return the addresses of mail by id, of members in the roster in force who gave one that can be read."""
    query = select(Member.id, readable(Member.mail).label("mail"))
    rows = db.session.execute(query.where(Member.id.in_(set(member_ids)), Member.disabled.is_(False)))
    return {each.id: each.mail.decode() for each in rows if each.mail is not None}


def set_mail(member_id: bytes, address: str | None) -> None:
    """Keep a member's address of mail, or none; raises MailAddressError for what is no address."""
    mail = None if address is None else parse_address(address).encode()
    db.session.execute(update(Member).where(Member.id == member_id).values(mail=mail))


def add_member(
    *,
    member_id: bytes,
    name: str,
    role: Role,
    proof: bytes,
    salt: bytes,
    totp_secret: bytes | None,
    wraps: list[bytes],
    totp_counter: int = 0,
) -> None:
    """Keep a new member's sign-in and wraps; the browser that made them stretched with MEMORY_KIB and PASSES.

    Codes of the step `totp_counter` and of those before it are not good any more. Raises InvalidInputError for what is
    no name, or for one that somebody has.
    """
    require_name(name)
    _require_free(name)
    db.session.add(
        Member(
            id=member_id,
            name=name,
            folded_name=fold(name),
            role=role,
            verifier=verifier(member_id, proof),
            salt=salt,
            memory=MEMORY_KIB,
            passes=PASSES,
            totp_secret=totp_secret,
            totp_counter=totp_counter,
        )
    )
    db.session.flush()
    db.session.add_all(MemberWrap(member_id=member_id, position=n, content=each) for n, each in enumerate(wraps))


def _require_free(name: str) -> None:
    if _by_name(fold(name)) is not None:
        raise InvalidInputError(f"{TAKEN} Nothing was saved.", fields={"name": [TAKEN]})


def apply_change(content: bytes, signature: bytes, now: datetime, actor: bytes | None = None) -> Change:
    """Put a root-signed change in force with all that follows from it; the first one creates the instance.

    Teams and roles follow the roster, whoever is not in it is signed out and signs in no more, and of the grants those
    stay that are in force. What somebody claimed in a team whose reports they read no more is free for the others.

    Raises ConflictError when another change came first, ChangeError for one that may not be.
    """
    claims = mailbox_services.lock_claims()  # locked before the trail is, as by whoever claims one
    change = instance_services.apply_change(content, signature, now)
    _require_names_of_teams(change)
    _require_readers(change)
    members.follow(change.roster, now, actor)
    _put_grants(change)
    _free_claims(claims, change.roster, now, actor)
    append(Action.CHANGE_APPLIED, now=now, actor=actor, subject=change.instance_id)
    return change


def reads(member_id: bytes, team_id: bytes) -> bool:
    """Tell whether somebody reads a team's reports as it stands now, whatever the caller's transaction began with."""
    here = (Membership.member_id == member_id, Membership.team_id == team_id)
    return fresh_value(select(Membership.member_id).where(*here)) is not None


def _require_names_of_teams(change: Change) -> None:
    """Refuse a name that pupils could not see, or not tell from another."""
    if not all(is_name(team.name) for team in change.bundle.teams):
        raise ChangeError("a team with a name that cannot be seen")
    if len({fold(team.name) for team in change.bundle.teams}) < len(change.bundle.teams):
        raise ChangeError("two teams of one name")


def _require_readers(change: Change) -> None:
    """Refuse to offer pupils a team that nobody is in."""
    for team in change.bundle.teams:
        if team.staffed and all(team.id not in each.teams for each in change.roster.members):
            raise ChangeError(f"nobody would read the reports of {team.name}")


def _free_claims(claims: Claims, roster: Roster, now: datetime, actor: bytes | None) -> None:
    readers = {(each.id, team) for each in roster.members for team in each.teams}
    if freed := claims.free(readers):
        append_each(Action.REPORT_FREED, freed, now=now, actor=actor)


def _put_grants(change: Change) -> None:
    """Keep what was granted, and of what was granted before only what is still in force."""
    in_force = {
        (recipient_id, team.id, team.epoch)
        for team in change.roster.teams
        for recipient_id, _ in recipients_of(change.roster, team.id)
    }
    for kept in db.session.scalars(select(KeyGrant)):
        if (kept.recipient_id, kept.team_id, kept.epoch) not in in_force:
            db.session.delete(kept)
    for grant in change.grants:
        head = grant.head
        row = KeyGrant(recipient_id=head.recipient_id, team_id=head.team_id, epoch=head.epoch, content=grant.raw)
        db.session.merge(row)
    holders = [recipient_id for recipient_id, _ in root_holders(change.roster)]
    db.session.execute(delete(RootGrant).where(RootGrant.recipient_id.not_in(holders)))
    for root_grant in change.root_grants:
        db.session.merge(RootGrant(recipient_id=root_grant.head.recipient_id, content=root_grant.raw))
    db.session.flush()


def verifier(member_id: bytes, proof: bytes) -> bytes:
    """Return what is kept of a sign-in proof, encrypted: whoever has the server secret cannot sign in with it."""
    return hashlib.sha256(b"youthsafe/at-rest sign-in proof\0" + member_id + proof).digest()


def _decoy(folded: str) -> Member:
    """Return a made-up member for a name that nobody has, always the same one; never added to the session."""
    derived = {each: keyed_hash(f"decoy {each}", folded.encode()) for each in ("id", "salt", "verifier", "totp")}
    return Member(
        id=derived["id"][:16],
        salt=derived["salt"][:16],
        verifier=derived["verifier"],
        totp_secret=derived["totp"][:20],
        memory=MEMORY_KIB,
        passes=PASSES,
        totp_counter=0,
        disabled=False,
    )


def _by_name(folded: str, *, lock: bool = False) -> Member | None:
    query = select(Member).where(Member.folded_name == folded)
    return db.session.scalar(query.with_for_update() if lock else query)


def _signed_in(member: Member, session: StaffSession | None, now: datetime) -> SignedIn:
    teams = db.session.scalars(select(Membership.team_id).where(Membership.member_id == member.id))
    return SignedIn(
        member.id,
        member.name,
        Role(member.role),
        frozenset(teams),
        confirmed=session is not None and now - session.confirmed_at < CONFIRMED_FOR,
        enrolling=session is not None and session.enrolling,
    )


def _open_session(member: Member, now: datetime, *, enrolling: bool) -> bytes:
    db.session.execute(delete(StaffSession).where(StaffSession.expires_at <= now))
    token = secrets.token_bytes(TOKEN_BYTES)
    db.session.add(
        StaffSession(
            token_hash=token_hash(token),
            member_id=member.id,
            created_at=now,
            seen_at=now,
            confirmed_at=now,
            enrolling=enrolling,
            expires_at=now + SESSION_LIFE,
        )
    )
    db.session.flush()
    return token


def live_session(token: bytes, now: datetime) -> StaffSession | None:
    """Return the session that a token opens; none for an unknown, idle or ended one."""
    session = db.session.get(StaffSession, token_hash(token))
    if session is None or now >= session.expires_at or now - session.seen_at >= IDLE_LIFE:
        return None
    return session


def token_hash(token: bytes) -> bytes:
    """Return what a session is known by."""
    return keyed_hash("staff session", token)
