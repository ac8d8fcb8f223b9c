"""Use cases of the instance: creating it, putting in force what its root signed, and stopping the form."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, or_, select, update

from youthsafe.crypto.bundle import Team as ListedTeam
from youthsafe.crypto.bundle import TeamKind, parse_bundle
from youthsafe.crypto.change import Change, ChangeError, Signed, StaleChangeError, accept_change, parse_change
from youthsafe.crypto.encoding import EncodingError
from youthsafe.crypto.keys import key_id
from youthsafe.database import fresh_value
from youthsafe.errors import ConflictError, NotFoundError
from youthsafe.extensions import db
from youthsafe.instance.models import FormStop, Instance, Roster, SignedChange, StopReason, Team, TeamBundle, TeamKey
from youthsafe.instance.reading_hours import ALWAYS, ReadingHours, hours_of_teams
from youthsafe.privacy.coarse_time import to_minute
from youthsafe.rooms import rooms

CLOCKS_APART = timedelta(days=1)
MOST_CHANGES = 8  # in one answer


@dataclass(frozen=True, slots=True)
class SignedBundle:
    """The public team bundle in force, its signature, the root's public key, and how pins come to that root."""

    content: bytes
    signature: bytes
    root: bytes
    root_changes: list[bytes]


@dataclass(frozen=True, slots=True)
class SignedRoster:
    """The roster in force and its signature."""

    content: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Readers:
    """The team to which a report goes unless its reporter asks for the smaller one; `since`: when this was signed."""

    team: ListedTeam
    hours: ReadingHours
    since: datetime


@dataclass(frozen=True, slots=True)
class Stopped:
    """Since when no reports are taken, and why."""

    since: datetime
    reason: StopReason


def instance() -> Instance | None:
    """Return the instance's row; none before set-up."""
    return db.session.scalar(select(Instance))


def create_instance(instance_id: bytes, root_public_key: bytes, *, demo: bool) -> None:
    """Write down whose database this is; raises ConflictError when it is somebody's already."""
    if instance() is not None:
        raise ConflictError("This database belongs to an instance already.")
    db.session.add(Instance(id=instance_id, demo=demo, root_public_key=root_public_key))
    db.session.flush()


def current_bundle() -> SignedBundle:
    """Return the newest signed bundle; raises NotFoundError while no team reads reports."""
    bundle = db.session.scalar(select(TeamBundle).order_by(TeamBundle.serial.desc()).limit(1))
    here = instance()
    if bundle is None or here is None:
        raise NotFoundError("No team reads reports here at the moment.")
    return SignedBundle(bundle.content, bundle.signature, here.root_public_key, _root_changes())


def reading_hours() -> dict[bytes, ReadingHours]:
    """Return when each team reads. One without hours reads always: somebody has to hear of what came."""
    content = _newest_bundle()
    known = {} if content is None else hours_of_teams(parse_bundle(content))
    return {team_id: known.get(team_id, ALWAYS) for team_id in db.session.scalars(select(Team.id))}


def readers() -> Readers | None:
    """Return who reads here; none where no team is staffed, or the one that is has no hours."""
    content = _newest_bundle()
    if content is None:
        return None
    bundle = parse_bundle(content)
    team = next((each for each in bundle.teams if each.staffed and each.kind is TeamKind.GENERAL), None)
    hours = None if team is None else hours_of_teams(bundle).get(team.id)
    if team is None or hours is None:
        return None
    return Readers(team, hours, datetime.fromtimestamp(bundle.issued_at, UTC))


def note_presence(team_ids: Iterable[bytes], now: datetime) -> None:
    """Write down that somebody of these teams is at the desk, in the caller's transaction."""
    db.session.execute(update(Team).where(Team.id.in_(list(team_ids))).values(seen_at=to_minute(now)))


def last_seen(team_id: bytes) -> datetime | None:
    """Return when somebody of a team was last at the desk."""
    return db.session.scalar(select(Team.seen_at).where(Team.id == team_id))


def is_form_open() -> bool:
    """Tell whether set-up was finished and pupils can send."""
    here = instance()
    return here is not None and here.form_opened_at is not None


def open_form(now: datetime) -> bool:
    """Let pupils send from now on; returns whether they could not before. Raises NotFoundError before set-up."""
    here = instance()
    if here is None:
        raise NotFoundError("Nobody has set this instance up.")
    if here.form_opened_at is not None:
        return False
    here.form_opened_at = now
    return True


def public_bundle() -> SignedBundle:
    """Return the bundle for whoever wants to send; raises NotFoundError while the form is closed or stopped."""
    if not takes_reports():
        raise NotFoundError("No team reads reports here at the moment.")
    return current_bundle()


def stopped() -> Stopped | None:
    """Return since when no reports are taken, and why; a coordinator's stop goes before the form's own."""
    found = min(_stops(), key=lambda each: (each.reason != StopReason.MEMBER, each.begun_at), default=None)
    return None if found is None else Stopped(found.begun_at, StopReason(found.reason))


def takes_reports() -> bool:
    """Tell whether pupils can send now."""
    return is_form_open() and stopped() is None


def took_reports(begin: datetime, end: datetime) -> bool:
    """Tell whether the form was open from a moment on, and no coordinator had stopped it before another one."""
    opened = db.session.scalar(select(Instance.form_opened_at))
    meanwhile = (FormStop.begun_at < end, or_(FormStop.ended_at.is_(None), FormStop.ended_at > begin))
    stopped_then = select(FormStop.id).where(FormStop.reason == StopReason.MEMBER, *meanwhile)
    return opened is not None and opened <= begin and db.session.scalar(stopped_then.limit(1)) is None


def is_stopped_by_member() -> bool:
    """Tell whether a coordinator stopped taking reports."""
    return any(each.reason == StopReason.MEMBER for each in _stops())


def own_stop() -> FormStop | None:
    """Return the stop by which the form closed itself; none while it has not."""
    return next((each for each in _stops() if each.reason != StopReason.MEMBER), None)


def begin_stop(reason: StopReason, now: datetime) -> bytes:
    """Take no reports from now on and return the id of that stop."""
    stop = FormStop(id=secrets.token_bytes(16), begun_at=now, ended_at=None, reason=reason)
    db.session.add(stop)
    db.session.flush()
    return stop.id


def stop_taking_reports(now: datetime) -> bytes | None:
    """Do so for a coordinator; none where one did already."""
    return None if is_stopped_by_member() else begin_stop(StopReason.MEMBER, now)


def take_reports_again(now: datetime) -> list[bytes]:
    """End every stop of a coordinator's, and return the ids of those that there were."""
    stops = [each for each in _stops() if each.reason == StopReason.MEMBER]
    for each in stops:
        each.ended_at = now
    return [each.id for each in stops]


def apply_change(content: bytes, signature: bytes, now: datetime) -> Change:
    """Put a root-signed change in force and return what it says; the first one creates the instance.

    What follows for members and their grants is the accounts room's. Raises ConflictError when it was made after
    another change than the newest, and ChangeError, which says why, for everything else.
    """
    here = db.session.scalar(select(Instance).with_for_update())
    before = newest_change()
    change = _accepted(content, signature, before, now)
    if here is None:
        create_instance(change.instance_id, change.root, demo=change.bundle.demo)
    elif before is None and (here.id, here.root_public_key, here.demo) != (
        change.instance_id,
        change.root,
        change.bundle.demo,
    ):
        raise ChangeError("the first change of another instance")
    else:
        here.root_public_key = change.root
    db.session.add(
        SignedChange(
            number=change.number,
            content=content,
            signature=signature,
            head=change.head,
            root_change=change.root_change.raw if change.root_change else None,
        )
    )
    _put_in_force(change, before)
    db.session.flush()
    return change


def newest_change() -> Change | None:
    """Return the change in force; none before the first."""
    found = db.session.scalar(select(SignedChange.content).order_by(SignedChange.number.desc()).limit(1))
    return None if found is None else parse_change(found)


def changes(after: int | None) -> list[Signed]:
    """Return signed changes with a higher number, oldest first, MOST_CHANGES at most; the newest one for none."""
    lowest = select(func.max(SignedChange.number) - 1).scalar_subquery() if after is None else after
    rows = select(SignedChange).where(SignedChange.number > lowest).order_by(SignedChange.number).limit(MOST_CHANGES)
    return [Signed(each.content, each.signature) for each in db.session.scalars(rows)]


def head() -> bytes | None:
    """Return the 32-byte name of everything that was signed here; none before the first change."""
    return db.session.scalar(select(SignedChange.head).order_by(SignedChange.number.desc()).limit(1))


def is_named_team_key(team_id: bytes, epoch: int, number: bytes) -> bool:
    """Tell whether a signed bundle ever named this key for this team and epoch; what was named once stays known."""
    known = rooms().named_team_keys
    wanted = (team_id, epoch, number)
    if wanted in known:
        return True
    of_epoch = (TeamKey.team_id == team_id, TeamKey.epoch == epoch)
    if fresh_value(select(TeamKey.key_id).where(*of_epoch)) != number:
        return False
    known.add(wanted)
    return True


def is_epoch_of(team_id: bytes, epoch: int) -> bool:
    """Tell whether a signed bundle ever named a key of this epoch for this team."""
    return db.session.get(TeamKey, (team_id, epoch)) is not None


def require_newest_epoch(team_id: bytes, epoch: int) -> None:
    """Refuse what the desk sealed under a key that somebody who left the team has; raises ConflictError."""
    if fresh_value(select(func.max(TeamKey.epoch)).where(TeamKey.team_id == team_id)) != epoch:
        raise ConflictError("The team's key was renewed in the meantime. Nothing was saved.")


def current_roster() -> SignedRoster:
    """Return the roster in force; raises NotFoundError while there is none."""
    roster = _newest_roster()
    if roster is None:
        raise NotFoundError("No team has been set up here.")
    return SignedRoster(roster.content, roster.signature)


def _newest_bundle() -> bytes | None:
    return db.session.scalar(select(TeamBundle.content).order_by(TeamBundle.serial.desc()).limit(1))


def _stops() -> Sequence[FormStop]:
    """Return the stops that last, the oldest first."""
    return db.session.scalars(select(FormStop).where(FormStop.ended_at.is_(None)).order_by(FormStop.begun_at)).all()


def _newest_roster() -> Roster | None:
    return db.session.scalar(select(Roster).order_by(Roster.version.desc()).limit(1))


def _root_changes() -> list[bytes]:
    rows = select(SignedChange.root_change).where(SignedChange.root_change.is_not(None)).order_by(SignedChange.number)
    return [each for each in db.session.scalars(rows) if each is not None]


def _accepted(content: bytes, signature: bytes, before: Change | None, now: datetime) -> Change:
    """Check a change, and that its lists are in force now: browsers would refuse them otherwise."""
    try:
        change = accept_change(content, signature, before)
    except StaleChangeError:
        raise ConflictError("Somebody else changed people or teams first. Nothing was saved.") from None
    except ChangeError:
        raise
    except EncodingError as error:
        raise ChangeError(str(error)) from None
    for signed in (change.roster, change.bundle):
        if not now.timestamp() < signed.not_after:
            raise ChangeError("a list that has ended already")
        if signed.issued_at > (now + CLOCKS_APART).timestamp():
            raise ChangeError("a list from the future: a clock is wrong")
    return change


def _put_in_force(change: Change, before: Change | None) -> None:
    """Keep bundle and roster where they are new, and remember every key of a team."""
    if before is None or before.roster.version != change.roster.version:
        db.session.add(Roster(version=change.roster.version, **_columns(change.signed_roster)))
    if before is None or before.bundle.serial != change.bundle.serial:
        db.session.add(TeamBundle(serial=change.bundle.serial, **_columns(change.signed_bundle)))
    for listed in change.bundle.teams:
        db.session.merge(Team(id=listed.id, kind=listed.kind))
    db.session.flush()
    for team in change.roster.teams:
        key = TeamKey(team_id=team.id, epoch=team.epoch, key_id=key_id(team.public_key), public_key=team.public_key)
        db.session.merge(key)


def _columns(signed: Signed) -> dict[str, bytes]:
    return {"content": signed.content, "signature": signed.signature}
