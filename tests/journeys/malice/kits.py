"""Attacks on whoever comes back by the recovery kit."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.changes import number_of
from tests.crypto.reference_kit import kit_keys, seal_kit_wrap
from tests.crypto.reference_primitives import public_key_of
from tests.journeys.malice.attack import Answers, Attack, Kind
from tests.journeys.malice.world import World, own_root
from youthsafe.crypto.encoding import b64

NO_FIT = "What the server sent does not fit this kit. Nothing was changed, and nothing was sealed."
DEAD = "This is not the kit of this site, or a newer one has taken its place. Nothing was changed."
OTHER_HEAD = "What was signed before and what the server shows now do not fit together."
NO_CONNECTION = "We cannot reach the server."
SEED = bytes([9]) * 32


def _answer(**changes: Callable[[World], object]) -> Callable[[World], Answers]:
    """What the genuine server gives for the kit, with other values."""
    return lambda world: {"staff/recovery": kept(world) | {name: make(world) for name, make in changes.items()}}


def kept(world: World) -> dict[str, Any]:
    """The genuine answer."""
    newest = world.signed[2]
    return {
        "wrap": b64(seal_kit_wrap(world.kit, world.change().instance_id, number_of(world.root))),
        "grants": list(world.kit_grants),
        "change": b64(newest.content),
        "signature": b64(newest.signature),
    }


def _wrap(
    kit: bytes | None = None, *, other_root: bool = False, other_instance: bool = False
) -> Callable[[World], str]:
    def make(world: World) -> str:
        keys = kit_keys(kit) if kit else world.kit
        instance_id = bytes(16) if other_instance else world.change().instance_id
        return b64(seal_kit_wrap(keys, instance_id, number_of(own_root() if other_root else world.root)))

    return make


def _signed(world: World, *, recovery_key: bytes) -> dict[str, str]:
    """A change of the true root that names another kit."""
    before = world.change()
    signed = world.coordinator().sign(replace(before.roster, recovery_key=recovery_key), before.bundle, before)
    return {"change": b64(signed.content), "signature": b64(signed.signature)}


def _older(world: World) -> dict[str, str]:
    return {"change": b64(world.signed[1].content), "signature": b64(world.signed[1].signature)}


def _false_office(world: World) -> Answers:
    before = world.change()
    signed = world.coordinator(own_root()).sign(before.roster, before.bundle)
    forged = {"change": b64(signed.content), "signature": b64(signed.signature)}
    return {"staff/recovery": kept(world) | forged}


KITS: dict[str, Attack] = {
    "another kit's root": Attack(
        Kind.CUT_AND_PASTE, "the root under another kit", NO_FIT, _answer(wrap=_wrap(bytes([5]) * 32))
    ),
    "another root under this kit": Attack(
        Kind.OTHER_INSTANCE, "another root, as if sealed to this kit", NO_FIT, _answer(wrap=_wrap(other_root=True))
    ),
    "another instance under this kit": Attack(
        Kind.OTHER_INSTANCE, "the root for another instance id", NO_FIT, _answer(wrap=_wrap(other_instance=True))
    ),
    "a false office for the kit": Attack(
        Kind.OTHER_INSTANCE, "lists and grants that another root signed", NO_FIT, _false_office
    ),
    "a kit that the roster does not name": Attack(
        Kind.EXTRA_RECOVERY_KEY,
        "a change that names another recovery key",
        NO_FIT,
        lambda world: {"staff/recovery": kept(world) | _signed(world, recovery_key=public_key_of(SEED))},
    ),
    "half a change for the kit": Attack(
        Kind.HALF_A_CHANGE,
        "the first half of the newest change",
        NO_FIT,
        _answer(change=lambda world: b64(world.signed[2].content[:5000])),
    ),
    "the change before the newest for the kit": Attack(
        Kind.ROLLED_BACK,
        "an older change of the true root, to a browser that saw the newest",
        OTHER_HEAD,
        lambda world: {"staff/recovery": kept(world) | _older(world)},
    ),
    "the kit's grants left out": Attack(
        Kind.CUT_AND_PASTE, "no grant of a team", NO_FIT, _answer(grants=lambda world: list(world.kit_grants)[:1])
    ),
    "the kit's grants of the epoch before": Attack(
        Kind.STALE_EPOCH,
        "grants from before the newest key",
        NO_FIT,
        _answer(grants=lambda world: world.old_kit_grants),
    ),
    "a member's grants for the kit": Attack(
        Kind.CUT_AND_PASTE,
        "a coordinator's grants in place of the kit's",
        NO_FIT,
        _answer(grants=lambda world: world.ring("demo-coordinator")["grants"]),
    ),
    "a page in place of what the kit opens": Attack(
        Kind.NO_ANSWER_OF_OURS, "a page of a network's", NO_CONNECTION, lambda _: {"staff/recovery": "<h1>Log in</h1>"}
    ),
}
