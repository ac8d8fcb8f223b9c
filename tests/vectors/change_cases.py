"""Vectors of signed changes, root changes and root grants: docs/envelope.md sections 5.3, 5.4 and 6.5."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from tests.changes import Coordinator, public_point, seal_root_grant, sign_root_change
from tests.crypto.reference_keys import TeamSecret, seal_grant
from tests.crypto.reference_primitives import public_key_of, sign
from tests.vectors import world
from tests.vectors.values import Vectors, add, flip, keep, put, raw
from tests.vectors.world import Json, fixed
from youthsafe.crypto import bundle as bundles
from youthsafe.crypto import roster as rosters
from youthsafe.crypto.binary_layout import lp, u8, u16, u32
from youthsafe.crypto.bundle import Bundle, build_bundle
from youthsafe.crypto.change import LABEL, Change, parse_change
from youthsafe.crypto.grant import KIT_ID, GrantHead
from youthsafe.crypto.keys import key_id
from youthsafe.crypto.roster import Role, Roster, RosterMember, RosterTeam, build_roster

ROOT, NEW_ROOT, OTHER_ROOT = world.ROOT_KEY, world.NEW_ROOT_KEY, world.OTHER_ROOT_KEY
TEAM_ID, OTHER_TEAM_ID = world.TEAM.team_id, world.OTHER_TEAM.team_id
THIRD_SEED, NEXT_OTHER_SEED = fixed("team seed 3", 32), fixed("other team seed 2", 32)
SECRETS = {
    TEAM_ID: TeamSecret(TEAM_ID, ((3, THIRD_SEED), *world.TEAM_SECRET.seeds)),
    OTHER_TEAM_ID: TeamSecret(OTHER_TEAM_ID, ((1, world.OTHER_TEAM_SEED),)),
}
STRANGER = fixed("stranger")
STRANGER_KEY = public_key_of(fixed("stranger seed", 32))
NEWCOMER_KEY = public_key_of(fixed("newcomer seed", 32))
NEWCOMER = RosterMember(fixed("newcomer"), Role.CASEWORKER, NEWCOMER_KEY, "Kim", (TEAM_ID,))
SAM, ADA = world.ROSTER.members
LONELY_TEAM = RosterTeam(fixed("a third team"), 1, STRANGER_KEY)


@dataclass(frozen=True)
class Parts:
    """What a change is made of; whatever it is, it is written and signed."""

    roster: Roster
    bundle: Bundle
    grants: tuple[bytes, ...]
    number: int
    previous: bytes
    root_key: world.ec.EllipticCurvePrivateKey = ROOT
    root_changes: tuple[bytes, ...] = ()
    instance_id: bytes = world.INSTANCE
    begins: bytes = b"YSC\x01"
    roster_label: str = rosters.LABEL
    bundle_key: world.ec.EllipticCurvePrivateKey | None = None

    @cached_property
    def written(self) -> bytes:
        """The bytes, by the layout of section 5.3; signatures of lists are fresh once."""
        roster, bundle = build_roster(self.roster), build_bundle(self.bundle)
        return (
            self.begins
            + self.instance_id
            + u32(self.number)
            + self.previous
            + public_point(self.root_key)
            + u8(len(self.root_changes))
            + b"".join(self.root_changes)
            + u32(len(roster))
            + roster
            + sign(self.root_key, self.roster_label, roster)
            + u32(len(bundle))
            + bundle
            + sign(self.bundle_key or self.root_key, bundles.LABEL, bundle)
            + u16(len(self.grants))
            + b"".join(lp(grant) for grant in self.grants)
        )

    def signed(self, label: str = LABEL) -> Json:
        """The change and its signature, as inputs of a case."""
        return {"change": raw(self.written), "signature": raw(sign(self.root_key, label, self.written))}

    @property
    def change(self) -> Change:
        """The change as the server reads it."""
        return parse_change(self.written)

    def granting(self, coordinator: Coordinator, before: Change | None) -> "Parts":
        """The same with every grant that is wanted after another change."""
        return replace(self, grants=tuple(coordinator.grants(self.roster, before)))


def with_keys(roster: Roster, bundle: Bundle, *teams: RosterTeam) -> tuple[Roster, Bundle]:
    """Roster and bundle with other keys of these teams."""
    by_id = {team.id: team for team in teams}
    listed = tuple(by_id.get(team.id, team) for team in roster.teams)
    named = tuple(
        replace(team, epoch=by_id[team.id].epoch, public_key=by_id[team.id].public_key) if team.id in by_id else team
        for team in bundle.teams
    )
    return replace(roster, teams=listed), replace(bundle, teams=named)


def next_lists(roster: Roster, bundle: Bundle) -> tuple[Roster, Bundle]:
    """The same lists with the next numbers."""
    return replace(roster, version=roster.version + 1), replace(bundle, serial=bundle.serial + 1)


THIRD_KEY = RosterTeam(TEAM_ID, 3, public_key_of(THIRD_SEED))
NEXT_OTHER_KEY = RosterTeam(OTHER_TEAM_ID, 2, public_key_of(NEXT_OTHER_SEED))
ADAS = Coordinator(ROOT, SECRETS)


@cache
def first_parts() -> Parts:
    """The first change: the roster and the bundle of the other vectors, granted to everybody."""
    old = Coordinator(ROOT, {**SECRETS, TEAM_ID: world.TEAM_SECRET})
    return Parts(world.ROSTER, world.BUNDLE, (), 1, bytes(32)).granting(old, None)


def second_parts(first: Change) -> Parts:
    """Sam leaves, Kim comes: the team has a new key."""
    roster, bundle = next_lists(*with_keys(world.ROSTER, world.BUNDLE, THIRD_KEY))
    roster = replace(roster, members=(ADA, NEWCOMER))
    return Parts(roster, bundle, (), 2, first.head).granting(ADAS, first)


def third_parts(second: Change) -> Parts:
    """A new root and a new recovery kit: every team has a new key."""
    seed = fixed("team seed 4", 32)
    fourth = RosterTeam(TEAM_ID, 4, public_key_of(seed))
    roster, bundle = next_lists(*with_keys(second.roster, second.bundle, fourth, NEXT_OTHER_KEY))
    roster = replace(roster, recovery_key=public_key_of(fixed("next recovery seed", 32)))
    secrets = {
        TEAM_ID: TeamSecret(TEAM_ID, ((4, seed), *SECRETS[TEAM_ID].seeds)),
        OTHER_TEAM_ID: TeamSecret(OTHER_TEAM_ID, ((2, NEXT_OTHER_SEED), (1, world.OTHER_TEAM_SEED))),
    }
    signed = sign_root_change(ROOT, NEW_ROOT, world.INSTANCE, world.NOW)
    parts = Parts(roster, bundle, (), 3, second.head, root_key=NEW_ROOT, root_changes=(signed,))
    return parts.granting(Coordinator(NEW_ROOT, secrets), second)


def _shown(change: Change) -> Json:
    return {
        "number": change.number,
        "head": raw(change.head),
        "version": change.roster.version,
        "serial": change.bundle.serial,
        "grants": len(change.grants),
        "root_grants": len(change.root_grants),
        "root_changed": change.root_change is not None,
    }


def add_changes(vectors: Vectors) -> None:
    """Changes that may follow one another, and changes that may not."""
    first = first_parts()
    second = second_parts(first.change)
    third = third_parts(second.change)
    for name, parts, before in (
        ("first change", first, None),
        ("second change", second, "first change"),
        ("change of the root", third, "second change"),
    ):
        change = vectors.name(name, parts.written)
        inputs: Json = {
            "change": change,
            "signature": parts.signed()["signature"],
            "before": vectors.of(before) if before else None,
        }
        vectors.accept(f"accept the {name}", "accept-change", inputs, _shown(parts.change))
    browser: Json = {
        "change": vectors.of("browser change"),
        "signature": vectors.of("browser change signature"),
        "before": vectors.of("first change"),
    }
    changed = parse_change(world.untext(vectors.objects["browser change"]))
    vectors.accept("accept the browser change", "accept-change", browser, _shown(changed))
    _refuse_signatures(vectors, second)
    for why, made in _refused_second(first, second):
        _refuse(vectors, why, made.signed(), "first change")
    for why, made in _refused_third(second, third):
        _refuse(vectors, why, made.signed(), "second change")
    _refuse_order(vectors, first, second)


def _refuse(vectors: Vectors, why: str, signed: Json, before: str | None) -> None:
    inputs: Json = {**signed, "before": vectors.of(before) if before else None}
    vectors.refuse(f"accept-change: {why}", "accept-change", inputs, why)


def _refuse_signatures(vectors: Vectors, second: Parts) -> None:
    signature = sign(ROOT, LABEL, second.written)
    of = vectors.of
    base: Json = {"change": of("second change"), "signature": raw(signature), "before": of("first change")}
    vectors.refuse_each("accept-change", base, "signature", [
        ("a flipped bit in r", raw(bytes([signature[0] ^ 1]) + signature[1:])),
        ("the signature of another root", raw(sign(OTHER_ROOT, LABEL, second.written))),
        ("a signature under the label of a roster", raw(sign(ROOT, rosters.LABEL, second.written))),
        ("no signature", raw(b"")),
    ])  # fmt: skip
    vectors.refuse_each("accept-change", base, "change", [
        ("a flipped bit in the number", of("second change", flip(23))),
        ("a flipped bit in the head before it", of("second change", flip(24))),
        ("a flipped bit in the root", of("second change", flip(60))),
        ("a flipped bit in the roster's name of a member", of("second change", flip(-6500))),
        ("a flipped bit in a grant", of("second change", flip(-100))),
        ("a byte short", of("second change", keep(-1))),
        ("a byte long", of("second change", add(b"\0"))),
        ("half of it", of("second change", keep(len(second.written) // 2))),
        ("its lists without its grants", of("second change", keep(-4002))),
        ("one grant fewer than it says", of("second change", keep(-1400))),
        ("the magic of a roster", of("second change", put(0, b"YSR"))),
        ("version 2", of("second change", put(3, b"\x02"))),
        ("nothing", raw(b"")),
    ])  # fmt: skip


def _refuse_order(vectors: Vectors, first: Parts, second: Parts) -> None:
    """Replayed, withheld, and taken out of their order."""
    _refuse(vectors, "the first change again", first.signed(), "first change")
    _refuse(vectors, "a change again: a replay", second.signed(), "second change")
    _refuse(vectors, "an older change after a newer one", first.signed(), "second change")
    _refuse(vectors, "the second change where no first one is", second.signed(), None)
    _refuse(vectors, "a change after one that was withheld", replace(second, number=3).signed(), "first change")
    _refuse(vectors, "a first change of number 2", replace(first, number=2).signed(), None)
    _refuse(vectors, "a first change after something", replace(first, previous=fixed("head", 32)).signed(), None)
    begun = sign_root_change(OTHER_ROOT, ROOT, world.INSTANCE, world.NOW)
    _refuse(vectors, "a first change with a root before it", replace(first, root_changes=(begun,)).signed(), None)


def _refused_second(first: Parts, second: Parts) -> Sequence[tuple[str, Parts]]:
    """What may not follow the first change, signed by the root all the same."""
    before = first.change
    moved = fixed("other instance")
    roster, bundle = second.roster, second.bundle

    def people(*members: RosterMember) -> Parts:
        return replace(second, roster=replace(roster, members=members)).granting(ADAS, before)

    def lists(other: Roster, named: Bundle) -> Parts:
        return replace(second, roster=other, bundle=named).granting(ADAS, before)

    same_keys = next_lists(world.ROSTER, world.BUNDLE)
    stale = RosterTeam(TEAM_ID, 1, public_key_of(world.FIRST_SEED))
    exchanged = RosterTeam(TEAM_ID, 2, public_key_of(THIRD_SEED))
    old_seeds = Coordinator(ROOT, {**SECRETS, TEAM_ID: world.TEAM_SECRET})
    return [
        ("another instance", replace(
            second, instance_id=moved, roster=replace(roster, instance_id=moved),
            bundle=replace(bundle, instance_id=moved),
        ).granting(ADAS, before)),
        ("a roster of another instance", replace(second, roster=replace(roster, instance_id=moved))),
        ("a bundle of another instance", replace(second, bundle=replace(bundle, instance_id=moved))),
        ("another head before it", replace(second, previous=fixed("head", 32))),
        ("a new roster with an old bundle", lists(roster, world.BUNDLE)),
        ("an old roster with a new bundle", lists(world.ROSTER, bundle)),
        ("a roster that was rolled back", replace(second, roster=replace(roster, version=3))),
        ("another roster of the same version", replace(second, roster=replace(roster, version=4))),
        ("a bundle that was rolled back", replace(second, bundle=replace(bundle, serial=6))),
        ("another bundle of the same serial", replace(second, bundle=replace(bundle, serial=7))),
        ("a roster under the label of a bundle", replace(second, roster_label=bundles.LABEL)),
        ("a bundle that another root signed", replace(second, bundle_key=OTHER_ROOT)),
        ("a demonstration that becomes real", replace(second, bundle=replace(bundle, demo=False))),
        ("a stale epoch", replace(
            lists(*with_keys(*same_keys, stale)),
            grants=tuple(Coordinator(ROOT, {**SECRETS, TEAM_ID: TeamSecret(TEAM_ID, ((1, world.FIRST_SEED),))}).grants(
                with_keys(*same_keys, stale)[0], before)),
        )),
        ("another key of the same epoch", lists(*with_keys(*same_keys, exchanged))),
        ("somebody leaves and the team keeps its key", replace(
            second, roster=replace(same_keys[0], members=(ADA,)), bundle=same_keys[1], grants=())),
        ("somebody has another key and the team keeps its own", replace(
            second, roster=replace(same_keys[0], members=(replace(SAM, public_key=STRANGER_KEY), ADA)),
            bundle=same_keys[1]).granting(old_seeds, before)),
        ("another recovery key and the teams keep theirs", replace(
            second, roster=replace(same_keys[0], recovery_key=STRANGER_KEY), bundle=same_keys[1],
        ).granting(old_seeds, before)),
        ("a team is gone", replace(
            second, roster=replace(roster, teams=(THIRD_KEY,), members=(replace(ADA, teams=(TEAM_ID,)), NEWCOMER)),
            bundle=replace(bundle, teams=bundle.teams[:1]))),
        ("a new team that the bundle does not name", replace(
            second, roster=replace(roster, teams=(*roster.teams, LONELY_TEAM)),
            grants=(*second.grants, _grant(LONELY_TEAM, KIT_ID, roster.recovery_key)))),
        ("nobody is a coordinator", people(replace(ADA, role=Role.CASEWORKER), NEWCOMER)),
        ("a second coordinator without the root", replace(
            second, roster=replace(roster, members=(ADA, replace(NEWCOMER, role=Role.COORDINATOR))))),
        ("a newcomer has no grant", _leaving_out(second, NEWCOMER.id)),
        ("somebody who stays has no grant of the new key", _leaving_out(second, ADA.id)),
        ("the recovery kit has no grant", _leaving_out(second, KIT_ID)),
        ("no grant at all", replace(second, grants=())),
        ("a grant to a stranger", _adding(second, _grant(THIRD_KEY, STRANGER, STRANGER_KEY))),
        ("a grant to who has left", _adding(second, _grant(THIRD_KEY, SAM.id, SAM.public_key))),
        ("a grant to a member of another team", _adding(
            second, _grant(world.ROSTER.teams[1], NEWCOMER.id, NEWCOMER_KEY))),
        ("a grant to a member's id under another key", replace(
            _leaving_out(second, NEWCOMER.id),
            grants=(*_leaving_out(second, NEWCOMER.id).grants, _grant(THIRD_KEY, NEWCOMER.id, STRANGER_KEY)))),
        ("an extra recovery key", _adding(second, _grant(THIRD_KEY, KIT_ID, STRANGER_KEY))),
        ("a grant of an older epoch", _adding(second, _grant(replace(THIRD_KEY, epoch=2), ADA.id, ADA.public_key))),
        ("a grant of another instance", _adding(second, _grant(THIRD_KEY, ADA.id, ADA.public_key, instance_id=moved))),
        ("a grant of a team that is none", _adding(second, _grant(LONELY_TEAM, ADA.id, ADA.public_key))),
        ("one grant twice", _adding(second, _grant(THIRD_KEY, ADA.id, ADA.public_key))),
        ("a grant a byte long", _adding(second, _grant(THIRD_KEY, ADA.id, ADA.public_key) + b"\0")),
        ("an unknown kind of grant", _adding(second, b"YSZ" + _grant(THIRD_KEY, ADA.id, ADA.public_key)[3:])),
        ("a root grant to a caseworker", _adding(
            second, seal_root_grant(ROOT, world.INSTANCE, NEWCOMER.id, NEWCOMER.public_key))),
        ("a root grant to a stranger", _adding(second, seal_root_grant(ROOT, world.INSTANCE, STRANGER, STRANGER_KEY))),
        ("a grant of another root", _adding(
            second, seal_root_grant(OTHER_ROOT, world.INSTANCE, ADA.id, ADA.public_key))),
        ("a root grant of another instance", _adding(second, seal_root_grant(ROOT, moved, ADA.id, ADA.public_key))),
        ("another root that the old one did not sign", replace(second, root_key=OTHER_ROOT)),
        ("version 2 under a good signature", replace(second, begins=b"YSC\x02")),
        ("the magic of a bundle under a good signature", replace(second, begins=b"YSB\x01")),
    ]  # fmt: skip


def _refused_third(second: Parts, third: Parts) -> Sequence[tuple[str, Parts]]:
    """Changes of the root that may not follow the second change."""
    good = third.root_changes[0]
    by_nobody = good[:-1] + bytes([good[-1] ^ 1])
    elsewhere = sign_root_change(ROOT, NEW_ROOT, fixed("other instance"), world.NOW)
    kept_kit = replace(third.roster, recovery_key=second.roster.recovery_key)
    return [
        ("a new root without a word of the old one", replace(third, root_changes=())),
        ("two root changes", replace(third, root_changes=(good, good))),
        ("a root change whose signature fails", replace(third, root_changes=(by_nobody,))),
        ("a root change that the new root signed", replace(third, root_changes=(
            good[:-64] + sign(NEW_ROOT, "youthsafe/v1/root-change", good[:-64]),))),
        ("a root change to a third root", replace(third, root_changes=(
            sign_root_change(ROOT, OTHER_ROOT, world.INSTANCE, world.NOW),))),
        ("a root change from a third root", replace(third, root_changes=(
            sign_root_change(OTHER_ROOT, NEW_ROOT, world.INSTANCE, world.NOW),))),
        ("a root change of another instance", replace(third, root_changes=(elsewhere,))),
        ("a root change to the same root", replace(third, root_changes=(
            sign_root_change(ROOT, ROOT, world.INSTANCE, world.NOW),))),
        ("a new root with the old recovery kit", replace(third, roster=kept_kit).granting(
            Coordinator(NEW_ROOT, _secrets(third)), second.change)),
        ("a new root without grants of it", replace(
            third, grants=tuple(grant for grant in third.grants if grant[:3] != b"YSK"))),
    ]  # fmt: skip


def _secrets(third: Parts) -> dict[bytes, TeamSecret]:
    return {team.id: TeamSecret(team.id, ((team.epoch, fixed("any seed", 32)),)) for team in third.roster.teams}


def _grant(team: RosterTeam, recipient_id: bytes, key: bytes, instance_id: bytes = world.INSTANCE) -> bytes:
    head = GrantHead(instance_id, team.id, team.epoch, recipient_id, key_id(key), ADA.id)
    return seal_grant(head, TeamSecret(team.id, ((team.epoch, fixed("any seed", 32)),)), key)


def _adding(parts: Parts, grant: bytes) -> Parts:
    return replace(parts, grants=(*parts.grants, grant))


def _leaving_out(parts: Parts, recipient_id: bytes) -> Parts:
    return replace(parts, grants=tuple(grant for grant in parts.grants if recipient_id not in grant[40:56]))


def add_root_changes(vectors: Vectors) -> None:
    """How a pin follows from one root to the next."""
    first = vectors.name("root change", sign_root_change(ROOT, NEW_ROOT, world.INSTANCE, world.NOW))
    third_root = world.THIRD_ROOT_KEY
    last = vectors.name("next root change", sign_root_change(NEW_ROOT, third_root, world.INSTANCE, world.NOW + 1))
    strange = raw(sign_root_change(OTHER_ROOT, NEW_ROOT, world.INSTANCE, world.NOW))
    base: Json = {"fingerprint": raw(world.PIN), "instance_id": raw(world.INSTANCE), "changes": [first, last]}
    new, newest = raw(public_point(NEW_ROOT)), raw(public_point(third_root))
    op, of = "follow-root", vectors.of
    vectors.accept("follow two root changes", op, {**base, "root": newest}, {"followed": 2})
    vectors.accept("follow a root change", op, {**base, "root": new, "changes": [first]}, {"followed": 1})
    vectors.accept("follow nothing to the pinned root", op, {**base, "root": raw(world.ROOT)}, {"followed": 0})
    vectors.accept(
        "follow a root change at first sight", op, {**base, "root": newest, "instance_id": None}, {"followed": 2}
    )
    vectors.accept(
        "follow only what comes after the pin", op,
        {**base, "root": newest, "fingerprint": raw(world.fingerprint(public_point(NEW_ROOT)))}, {"followed": 1},
    )  # fmt: skip
    vectors.refuse_each(op, {**base, "root": newest}, "changes", [
        ("a pin whose way to the root is left out", []),
        ("a way that ends before the root", [first]),
        ("a way that begins after the pin", [last]),
        ("a way in another order", [last, first]),
        ("a way from another root", [strange, last]),
        ("a flipped bit in the signature", [of("root change", flip(-1)), last]),
        ("a flipped bit in the new root", [of("root change", flip(90)), last]),
        ("a flipped bit in the moment", [of("root change", flip(157)), last]),
        ("a root change a byte short", [of("root change", keep(-1)), last]),
        ("a root change a byte long", [of("root change", add(b"\0")), last]),
        ("a root change of version 2", [of("root change", put(3, b"\x02")), last]),
    ])  # fmt: skip
    vectors.refuse_each(op, {**base, "root": newest}, "instance_id", [
        ("a root change of another instance", raw(fixed("other instance"))),
    ])  # fmt: skip
    vectors.refuse_each(op, base, "root", [
        ("a root between the pin and the newest", new), ("a root on no way", raw(world.OTHER_ROOT)),
    ])  # fmt: skip


def add_root_grants(vectors: Vectors) -> None:
    """The root's number, sealed to a coordinator."""
    key = public_key_of(world.OTHER_MEMBER_SEED)
    vectors.name("root grant", seal_root_grant(ROOT, world.INSTANCE, world.OTHER_MEMBER, key))
    vectors.name("grant of another root", seal_root_grant(OTHER_ROOT, world.INSTANCE, world.OTHER_MEMBER, key))
    of, op = vectors.of, "open-root-grant"
    base: Json = {
        "root": raw(world.ROOT),
        "instance_id": raw(world.INSTANCE),
        "recipient_id": raw(world.OTHER_MEMBER),
        "seed": raw(world.OTHER_MEMBER_SEED),
    }
    number = raw(ROOT.private_numbers().private_value.to_bytes(32, "big"))
    for maker in ("root grant", "browser root grant"):
        vectors.accept(f"open the {maker}", op, {**base, "grant": of(maker)}, {"number": number})
    false = seal_root_grant(OTHER_ROOT, world.INSTANCE, world.OTHER_MEMBER, key)
    pinned = false[:52] + world.PIN + false[84:]
    vectors.refuse_each(op, base, "grant", [
        *((f"a flipped bit in the {field}", of("root grant", flip(at))) for field, at in (
            ("instance id", 4), ("recipient id", 20), ("recipient key id", 36), ("fingerprint", 52), ("enc", 84),
            ("ciphertext", 1204), ("tag", -1))),
        ("a byte short", of("root grant", keep(-1))),
        ("a byte long", of("root grant", add(b"\0"))),
        ("version 2", of("root grant", put(3, b"\x02"))),
        ("a team's grant in its place", of("grant")),
        ("another root than the pinned one", of("grant of another root")),
        ("another root under the pinned one's name", raw(pinned)),
        ("the number of another root, sealed for the pinned one", raw(_misnamed(key))),
    ])  # fmt: skip
    whole: Json = {**base, "grant": of("root grant")}
    vectors.refuse_each(op, whole, "seed", [("the seed of another member", raw(world.MEMBER_SEED))])
    vectors.refuse_each(op, whole, "recipient_id", [("another member's id", raw(world.MEMBER))])
    vectors.refuse_each(op, whole, "instance_id", [("another instance", raw(fixed("other instance")))])
    vectors.refuse_each(op, whole, "root", [("another root", raw(world.OTHER_ROOT))])


def _misnamed(key: bytes) -> bytes:
    return seal_root_grant(ROOT, world.INSTANCE, world.OTHER_MEMBER, key, number=fixed("number", 32))
