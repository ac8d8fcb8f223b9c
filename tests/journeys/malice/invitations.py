"""Attacks on whoever joins by an invitation: the server between who made the link and who follows it."""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.changes import public_point
from tests.crypto.reference_invitation import invitation_keys, mac
from tests.journeys.malice.attack import Answers, Attack, Kind
from tests.journeys.malice.world import World, own_root
from youthsafe.crypto.encoding import b64
from youthsafe.crypto.invitation import Offer, build_offer
from youthsafe.crypto.keys import fingerprint
from youthsafe.crypto.roster import Role

NOT_OFFERED = "What the server says was not offered by who made your link. Nothing was sent."
NO_LINK = "This link is not good, or not any more."
NO_CONNECTION = "We cannot reach the server."


@dataclass(frozen=True)
class Link:
    """What the coordinator's browser made."""

    secret: bytes = bytes(range(16))
    member_id: bytes = bytes([4]) * 16

    @property
    def line(self) -> str:
        return b64(self.secret + self.member_id)


LINK = Link()


def genuine(world: World) -> Offer:
    """What the coordinator offered."""
    pin = fingerprint(public_point(world.root))
    return Offer(world.change().instance_id, pin, LINK.member_id, Role.CASEWORKER, "Ada", (world.general,))


def start(offer: bytes, secret: bytes = LINK.secret, *, mac_of: bytes | None = None) -> Answers:
    """What the server gives for a link: an offer, with the word of whoever knows a secret."""
    _, mac_key = invitation_keys(secret)
    return {
        "staff/join/start": {
            "offer": b64(offer),
            "offer_mac": b64(mac(mac_key, "offer", mac_of or offer)),
            "member": b64(LINK.member_id),
            "memory": 65_536,
            "passes": 3,
            "until": "2099-01-01T10:00Z",
            "app": {"secret": "JBSWY3DPEHPK3PXP", "address": "otpauth://totp/x?secret=JBSWY3DPEHPK3PXP"},
            "challenge": b64(os.urandom(32)),
            "site": "127.0.0.1",
        }
    }


def _changed(**values: object) -> Callable[[World], Answers]:
    """Another offer, under the word for the genuine one."""

    def forge(world: World) -> Answers:
        offer = genuine(world)
        return start(build_offer(replace(offer, **values)), mac_of=build_offer(offer))  # type: ignore[arg-type]

    return forge


def _unknown_role(world: World) -> Answers:
    offer = build_offer(genuine(world))
    at = offer.index(LINK.member_id) + len(LINK.member_id)
    return start(offer[:at] + bytes([9]) + offer[at + 1 :])


INVITATIONS: dict[str, Attack] = {
    "an offer of another root": Attack(
        Kind.SUBSTITUTED_KEY,
        "the offer with the fingerprint of the server's own root, which the words would carry from then on",
        NOT_OFFERED,
        _changed(fingerprint=fingerprint(public_point(own_root()))),
    ),
    "an offer of another instance": Attack(
        Kind.OTHER_INSTANCE, "the offer with another instance id", NOT_OFFERED, _changed(instance_id=bytes(16))
    ),
    "an offer of another role": Attack(
        Kind.EXTRA_MEMBER, "the offer as coordinator", NOT_OFFERED, _changed(role=Role.COORDINATOR)
    ),
    "an offer of other teams": Attack(
        Kind.CUT_AND_PASTE, "the offer without its team", NOT_OFFERED, _changed(teams=())
    ),
    "an offer with the word of another secret": Attack(
        Kind.SUBSTITUTED_KEY,
        "a whole offer of the server's own, under a secret of its own",
        NOT_OFFERED,
        lambda world: start(build_offer(genuine(world)), bytes(16)),
    ),
    "another person's offer": Attack(
        Kind.CUT_AND_PASTE,
        "an offer for another member id, under the right secret",
        NOT_OFFERED,
        lambda world: start(build_offer(replace(genuine(world), member_id=bytes([6]) * 16))),
    ),
    "an offer of an unknown role": Attack(
        Kind.UNKNOWN, "an offer with a role that nobody knows", NO_LINK, _unknown_role
    ),
    "a page in place of the offer": Attack(
        Kind.NO_ANSWER_OF_OURS,
        "a page of a network's",
        NO_CONNECTION,
        lambda _: {"staff/join/start": "<h1>Log in</h1>"},
    ),
}
