"""Use cases of the instance: creating it, and putting in force what its root signed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from youthsafe.crypto.bundle import LABEL as BUNDLE_LABEL
from youthsafe.crypto.bundle import key_id, parse_bundle
from youthsafe.crypto.keys import verify_signature
from youthsafe.crypto.roster import LABEL as ROSTER_LABEL
from youthsafe.crypto.roster import Roster as ParsedRoster
from youthsafe.crypto.roster import parse_roster
from youthsafe.database import fresh_value
from youthsafe.errors import ConflictError, NotFoundError
from youthsafe.extensions import db
from youthsafe.instance.models import Instance, Roster, Team, TeamBundle, TeamKey
from youthsafe.rooms import rooms


@dataclass(frozen=True, slots=True)
class SignedBundle:
    """The public team bundle in force, its signature and the root's public key."""

    content: bytes
    signature: bytes
    root: bytes


@dataclass(frozen=True, slots=True)
class SignedRoster:
    """The roster in force and its signature."""

    content: bytes
    signature: bytes


class RosterError(ValueError):
    """A roster that cannot be put in force; the message says why."""


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
    return SignedBundle(bundle.content, bundle.signature, here.root_public_key)


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
    """Return the bundle in force for whoever wants to send; raises NotFoundError while the form is closed."""
    if not is_form_open():
        raise NotFoundError("No team reads reports here at the moment.")
    return current_bundle()


def publish_bundle(content: bytes, signature: bytes) -> None:
    """Put a root-signed bundle in force and remember its team keys.

    Raises ValueError when the signature, the instance or the rising serial is wrong.
    """
    here = instance()
    bundle = parse_bundle(content)
    if here is None or bundle.instance_id != here.id:
        raise ValueError("the bundle belongs to another instance")
    verify_signature(here.root_public_key, BUNDLE_LABEL, content, signature)
    newest = db.session.scalar(select(TeamBundle.serial).order_by(TeamBundle.serial.desc()).limit(1))
    if newest is not None and bundle.serial <= newest:
        raise ValueError("the bundle's serial must rise")
    db.session.add(TeamBundle(serial=bundle.serial, content=content, signature=signature))
    for team in bundle.teams:
        db.session.merge(Team(id=team.id, kind=team.kind))
        db.session.flush()
        key = TeamKey(team_id=team.id, epoch=team.epoch, key_id=key_id(team.public_key), public_key=team.public_key)
        db.session.merge(key)


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


def current_roster() -> SignedRoster:
    """Return the roster in force; raises NotFoundError while there is none."""
    roster = _newest_roster()
    if roster is None:
        raise NotFoundError("No team has been set up here.")
    return SignedRoster(roster.content, roster.signature)


def publish_roster(content: bytes, signature: bytes) -> ParsedRoster:
    """Put a root-signed roster in force and return what it says.

    Raises RosterError when the layout, the instance, the signature or the rising version is wrong.
    """
    here = instance()
    if here is None:
        raise RosterError("there is no instance yet")
    try:
        verify_signature(here.root_public_key, ROSTER_LABEL, content, signature)
        roster = parse_roster(content)
    except ValueError as error:
        raise RosterError(str(error)) from None
    newest = _newest_roster()
    if roster.instance_id != here.id:
        raise RosterError("the roster belongs to another instance")
    if newest is not None and roster.version <= newest.version:
        raise RosterError("the roster's version must rise")
    db.session.add(Roster(version=roster.version, content=content, signature=signature))
    return roster


def _newest_roster() -> Roster | None:
    return db.session.scalar(select(Roster).order_by(Roster.version.desc()).limit(1))
