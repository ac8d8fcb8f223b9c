"""Attacks on a pupil who has written a report and presses Send."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tests.changes import public_point, sign_root_change
from tests.crypto.reference_primitives import public_key_of, sign
from tests.journeys.malice.attack import Answers, Attack, Kind
from tests.journeys.malice.world import World, own_root
from youthsafe.crypto import bundle as bundles
from youthsafe.crypto.encoding import b64

BROKEN = "The lock does not pass our check, so nothing can be sent. What you wrote stays on this page."
OTHER = "The lock of this page has changed and we cannot tell why."
ENDED = "The lock of this page is too old to be safe, or the date on this device is wrong. Nothing can be sent."
CLOSED = "Nobody is reading here at the moment, so nothing can be sent."
MOVED = "Who reads here has changed since you looked. Nothing was sent."
DAY = timedelta(days=1)
SEED = bytes([9]) * 32
BUNDLE = "bundle"


def _in_force(world: World) -> bundles.Bundle:
    return world.change().bundle


def _given(world: World, content: bytes, *, signature: bytes = b"", root: bytes = b"") -> dict[str, object]:
    return {
        "bundle": b64(content),
        "signature": b64(signature or world.change().signed_bundle.signature),
        "root": b64(root or public_point(world.root)),
        "root_changes": [],
    }


def _under_the_old_signature(change: Callable[[bundles.Bundle], bundles.Bundle]) -> Callable[[World], Answers]:
    return lambda world: {BUNDLE: _given(world, bundles.build_bundle(change(_in_force(world))))}


def _signed(change: Callable[[World], bytes | bundles.Bundle]) -> Callable[[World], Answers]:
    """What the true root signed: once, or by the hand of a thief."""

    def forge(world: World) -> Answers:
        made = change(world)
        content = made if isinstance(made, bytes) else bundles.build_bundle(made)
        return {BUNDLE: _given(world, content, signature=sign(world.root, bundles.LABEL, content))}

    return forge


def _lasting(begins: timedelta, ends: timedelta) -> Callable[[World], Answers]:
    now = datetime.now(UTC)
    life = {"issued_at": int((now + begins).timestamp()), "not_after": int((now + ends).timestamp())}
    return _signed(lambda world: replace(_in_force(world), serial=9, **life))


def _of_another_root(world: World) -> dict[str, object]:
    root, content = own_root(), world.change().signed_bundle.content
    return _given(world, content, signature=sign(root, bundles.LABEL, content), root=public_point(root))


def _with_a_root_change_of_its_own(world: World) -> Answers:
    root = own_root()
    content = world.change().signed_bundle.content
    given = _given(world, content, signature=sign(root, bundles.LABEL, content), root=public_point(root))
    change = sign_root_change(root, own_root(), _in_force(world).instance_id, 1_800_000_000)
    return {BUNDLE: given | {"root_changes": [b64(change)]}}


def _unknown_kind(world: World) -> bytes:
    content = bundles.build_bundle(_in_force(world))
    at = content.index(world.general) + 16
    return content[:at] + bytes([9]) + content[at + 1 :]


def _with_first_team(world: World, serial: int, **changed: object) -> bundles.Bundle:
    first, *others = _in_force(world).teams
    return replace(_in_force(world), serial=serial, teams=(replace(first, **changed), *others))  # type: ignore[arg-type]


def _our_key(bundle: bundles.Bundle) -> bundles.Bundle:
    return replace(bundle, teams=(replace(bundle.teams[0], public_key=public_key_of(SEED)), *bundle.teams[1:]))


def _one_more_team(bundle: bundles.Bundle) -> bundles.Bundle:
    team = replace(bundle.teams[0], id=bytes([9]) * 16, public_key=public_key_of(SEED))
    return replace(bundle, teams=(*bundle.teams, team))


PUPILS: dict[str, Attack] = {
    "the team's key exchanged": Attack(
        Kind.FORGED_BUNDLE, "the bundle with a team key of the server's", BROKEN, _under_the_old_signature(_our_key)
    ),
    "a team of the server's": Attack(
        Kind.EXTRA_MEMBER, "the bundle with one more team", BROKEN, _under_the_old_signature(_one_more_team)
    ),
    "a bundle of another root": Attack(
        Kind.OTHER_INSTANCE,
        "the same teams, signed by another root",
        OTHER,
        lambda world: {BUNDLE: _of_another_root(world)},
    ),
    "another root that vouches for itself": Attack(
        Kind.OTHER_INSTANCE,
        "another root, with a root change that the pinned one did not sign",
        OTHER,
        _with_a_root_change_of_its_own,
    ),
    "a bundle of another instance": Attack(
        Kind.OTHER_INSTANCE,
        "a bundle of the true root for another instance id",
        OTHER,
        _signed(lambda world: replace(_in_force(world), instance_id=bytes(16))),
    ),
    "an older list of teams": Attack(
        Kind.ROLLED_BACK,
        "the first bundle, truly signed, in which a removed key still reads",
        BROKEN,
        lambda world: {
            BUNDLE: _given(
                world,
                world.change(1).signed_bundle.content,
                signature=world.change(1).signed_bundle.signature,
            )
        },
    ),
    "an old bundle under the new signature": Attack(
        Kind.MIXED,
        "the first bundle with the newest signature",
        BROKEN,
        lambda world: {BUNDLE: _given(world, world.change(1).signed_bundle.content)},
    ),
    "a roster in place of the bundle": Attack(
        Kind.MIXED,
        "the roster, truly signed",
        BROKEN,
        lambda world: {
            BUNDLE: _given(
                world, world.change().signed_roster.content, signature=world.change().signed_roster.signature
            )
        },
    ),
    "an unknown kind of team": Attack(
        Kind.UNKNOWN, "a bundle of the true root with a kind of team that nobody knows", BROKEN, _signed(_unknown_kind)
    ),
    "half a bundle": Attack(
        Kind.HALF_A_CHANGE,
        "the first half of the bundle",
        BROKEN,
        lambda world: {BUNDLE: _given(world, world.change().signed_bundle.content[:900])},
    ),
    "a list of teams that has ended": Attack(
        Kind.LIFE, "a bundle of the true root that ended", ENDED, _lasting(-20 * DAY, -DAY)
    ),
    "a list of teams of next month": Attack(
        Kind.LIFE, "a bundle of the true root that begins in a month", ENDED, _lasting(30 * DAY, 50 * DAY)
    ),
    "another team while it is written": Attack(
        Kind.STALE_EPOCH,
        "a newer bundle of the true root with another team in the place of the one that was shown",
        MOVED,
        _signed(lambda world: _with_first_team(world, 9, id=bytes([8]) * 16, name="Other team")),
    ),
    "the team stops while it is written": Attack(
        Kind.STALE_EPOCH,
        "a newer bundle of the true root in which the team that was shown reads no more",
        CLOSED,
        _signed(lambda world: _with_first_team(world, 10, staffed=False)),
    ),
}
