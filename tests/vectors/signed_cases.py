"""Vectors of what the root signs and of members' keys: docs/envelope.md sections 1.2, 5 and 6."""

from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from tests.crypto.reference_keys import TeamSecret, seal_grant, seal_wrap, stretch_passphrase
from tests.crypto.reference_primitives import public_key_of, sign
from tests.vectors import world
from tests.vectors.values import Vectors, add, flip, keep, put, raw
from tests.vectors.world import Json, fixed
from youthsafe.crypto import bundle as bundles
from youthsafe.crypto import roster as rosters
from youthsafe.crypto.binary_layout import u16, u32, u64
from youthsafe.crypto.bundle import Bundle, build_bundle
from youthsafe.crypto.grant import GrantHead
from youthsafe.crypto.keys import key_id
from youthsafe.crypto.roster import Roster, build_roster

BUNDLE = build_bundle(world.BUNDLE)
ROSTER = build_roster(world.ROSTER)
LABELS = {"accept-bundle": (bundles.LABEL, rosters.LABEL), "accept-roster": (rosters.LABEL, bundles.LABEL)}
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256, FIPS 186-5
TEAMS_AT = 52  # in BUNDLE: after two closed days and the count
TEAM_KEY_AT = TEAMS_AT + 22
NAME_AT = TEAM_KEY_AT + 1216
LANGUAGES_AT = NAME_AT + 2 + len("Youth téam".encode())
HOURS_AT = LANGUAGES_AT + 2 + len("en zh-hans")


def _signature(label: str, data: bytes) -> Json:
    return {"signature": raw(sign(world.ROOT_KEY, label, data)), "root": raw(world.ROOT)}


def _with_the_other_s(label: str, data: bytes) -> bytes:
    """A signature whose s lies in the upper half of the group."""
    signature = sign(world.ROOT_KEY, label, data)
    s = int.from_bytes(signature[32:], "big")
    return signature[:32] + max(s, ORDER - s).to_bytes(32, "big")


def _bundle(data: bytes) -> Json:
    return {"bundle": raw(data), **_signature(bundles.LABEL, data)}


def _roster(data: bytes) -> Json:
    return {"roster": raw(data), **_signature(rosters.LABEL, data)}


def _pin(number: int, **changed: bytes) -> Json:
    return {
        "fingerprint": raw(changed.get("fingerprint", world.PIN)),
        "instance_id": raw(changed.get("instance_id", world.INSTANCE)),
        "number": number,
    }


def add_bundles(vectors: Vectors) -> None:
    """Bundles to believe, and bundles that are not to be believed or not bundles."""
    bundle = vectors.name("bundle", BUNDLE)
    base: Json = {"bundle": bundle, **_signature(bundles.LABEL, BUNDLE), "pin": _pin(7), "now": world.NOW}
    gives = _shown(world.BUNDLE)
    vectors.accept("accept a bundle", "accept-bundle", base, gives)
    vectors.accept("accept a bundle at first sight", "accept-bundle", {**base, "pin": None}, gives)
    vectors.accept(
        "accept a bundle on its last second", "accept-bundle", {**base, "now": world.BUNDLE.not_after - 1}, gives
    )
    vectors.accept(
        "accept a bundle a day early", "accept-bundle", {**base, "now": world.BUNDLE.issued_at - 86_400}, gives
    )
    turned = {**base, "signature": raw(_with_the_other_s(bundles.LABEL, BUNDLE))}
    vectors.accept("accept a bundle with the higher s of a signature", "accept-bundle", turned, gives)
    _refuse_roots(vectors, "accept-bundle", base, BUNDLE)
    vectors.refuse_each("accept-bundle", base, "pin", [("a lower serial", _pin(8))])
    vectors.refuse_each("accept-bundle", base, "now", [
        ("expired this second", world.BUNDLE.not_after), ("issued in the future", world.BUNDLE.issued_at - 86_401),
    ])  # fmt: skip
    for why, data in _broken_bundles():
        vectors.refuse(f"accept-bundle: {why}", "accept-bundle", {**base, **_bundle(data)}, why)


def _refuse_roots(vectors: Vectors, op: str, base: Json, data: bytes) -> None:
    """What holds for everything that the root signs."""
    label, other_label = LABELS[op]
    signature = sign(world.ROOT_KEY, label, data)
    der = encode_dss_signature(int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big"))
    vectors.refuse_each(op, base, "signature", [
        ("a flipped bit in r", raw(bytes([signature[0] ^ 1]) + signature[1:])),
        ("a flipped bit in s", raw(signature[:-1] + bytes([signature[-1] ^ 1]))),
        ("a signature of zeros", raw(bytes(64))),
        ("a signature in DER", raw(der)),
        ("a signature a byte short", raw(signature[:-1])),
        ("the signature of another root", raw(sign(world.OTHER_ROOT_KEY, label, data))),
        ("a signature under another label", raw(sign(world.ROOT_KEY, other_label, data))),
    ])  # fmt: skip
    other = {**base, "root": raw(world.OTHER_ROOT), "signature": raw(sign(world.OTHER_ROOT_KEY, label, data))}
    vectors.refuse(f"{op}: another root that signed it well", op, other, "not the pinned root")
    first_sight: Json = {**base, "pin": None}
    vectors.refuse_each(op, first_sight, "root", [
        ("another root at first sight", raw(world.OTHER_ROOT)),
        ("a root that is no point", raw(b"\x04" + bytes(64))),
        ("a root in the hybrid form", raw(bytes([6 + world.ROOT[64] % 2]) + world.ROOT[1:])),
        ("a compressed root", raw(bytes([2 + world.ROOT[64] % 2]) + world.ROOT[1:33])),
    ])  # fmt: skip
    number = 7 if op == "accept-bundle" else 4
    vectors.refuse_each(op, base, "pin", [
        ("another pin", _pin(number, fingerprint=fixed("pin", 32))),
        ("another instance under the same root", _pin(number, instance_id=fixed("other instance"))),
    ])  # fmt: skip


def _broken_bundles() -> list[tuple[str, bytes]]:
    def over(at: int, data: bytes) -> bytes:
        return BUNDLE[:at] + data + BUNDLE[at + len(data) :]

    twice = BUNDLE[:TEAMS_AT] + BUNDLE[TEAMS_AT : HOURS_AT + 28] * 2
    no_name = BUNDLE[:NAME_AT] + u16(0) + BUNDLE[LANGUAGES_AT:]
    return [
        ("a byte short", BUNDLE[:-1]),
        ("a byte long", BUNDLE + b"\0"),
        ("version 2", over(3, b"\x02")),
        ("the magic of a roster", over(0, b"YSR")),
        ("an unknown flag", over(40, b"\x02")),
        ("closed days that descend", over(43, u32(20_813) + u32(20_812))),
        ("a closed day twice", over(43, u32(20_812) + u32(20_812))),
        ("no team", BUNDLE[: TEAMS_AT - 1] + b"\0"),
        ("one team twice", twice),
        ("an unknown kind of team", over(TEAMS_AT + 16, b"\x03")),
        ("staffed 2", over(TEAMS_AT + 17, b"\x02")),
        ("epoch 0", over(TEAMS_AT + 18, u32(0))),
        ("a team without a name", no_name),
        ("a tag with a capital", over(LANGUAGES_AT + 2, b"EN")),
        ("two spaces between tags", over(LANGUAGES_AT + 2, b"en  h")),
        ("hours that end before they start", over(HOURS_AT, u16(1020) + u16(540))),
        ("hours past midnight", over(HOURS_AT, u16(540) + u16(1441))),
        ("hours that start and never end", over(HOURS_AT, u16(540) + u16(0xFFFF))),
        ("an end before its start", over(32, bytes(8))),
        ("a life of 28 days and a second", over(32, u64(world.BUNDLE.issued_at + 28 * 86_400 + 1))),
        ("a time that browsers cannot count", over(32, b"\xff" * 8)),
    ]


def add_rosters(vectors: Vectors) -> None:
    """Rosters to believe, and rosters that are not."""
    roster = vectors.name("roster", ROSTER)
    base: Json = {"roster": roster, **_signature(rosters.LABEL, ROSTER), "pin": _pin(4), "now": world.NOW}
    gives = _listed(world.ROSTER)
    vectors.accept("accept a roster", "accept-roster", base, gives)
    vectors.accept("accept a roster at first sight", "accept-roster", {**base, "pin": None}, gives)
    _accept_keyless_roles(vectors, base)
    _refuse_roots(vectors, "accept-roster", base, ROSTER)
    vectors.refuse_each("accept-roster", base, "pin", [("a lower version", _pin(5))])
    vectors.accept(
        "accept a roster on its last second", "accept-roster", {**base, "now": world.ROSTER.not_after - 1}, gives
    )
    vectors.refuse_each("accept-roster", base, "now", [
        ("expired this second", world.ROSTER.not_after), ("issued in the future", world.ROSTER.issued_at - 86_401),
    ])  # fmt: skip
    for why, data in _broken_rosters():
        vectors.refuse(f"accept-roster: {why}", "accept-roster", {**base, **_roster(data)}, why)


def _listed(roster: Roster) -> Json:
    members = [[raw(each.id), each.role.name.lower(), each.name, len(each.teams)] for each in roster.members]
    return {"version": roster.version, "teams": [raw(team.id) for team in roster.teams], "members": members}


def _accept_keyless_roles(vectors: Vectors, base: Json) -> None:
    """People who look after places or read the trail stand in the roster with a key of their own and no team."""
    keyless = tuple(
        rosters.RosterMember(fixed(name), role, public_key_of(fixed(f"{name} seed", 32)), name, ())
        for name, role in (("Pim", rosters.Role.PLACES), ("Oda", rosters.Role.AUDITOR))
    )
    roster = replace(world.ROSTER, members=world.ROSTER.members + keyless)
    inputs: Json = {**base, **_roster(build_roster(roster))}
    vectors.accept("accept a roster with roles that hold no team key", "accept-roster", inputs, _listed(roster))


def _broken_rosters() -> list[tuple[str, bytes]]:
    teams_at = 4 + 16 + 4 + 8 + 8 + 1216
    members_at = teams_at + 1 + 2 * (16 + 4 + 1216)
    role_at = members_at + 2 + 16
    return [
        ("a byte short", ROSTER[:-1]),
        ("a byte long", ROSTER + b"\0"),
        ("version 2", ROSTER[:3] + b"\x02" + ROSTER[4:]),
        ("an end before its start", ROSTER[:32] + u64(world.ROSTER.issued_at) + ROSTER[40:]),
        ("a life of 28 days and a second", ROSTER[:32] + u64(world.ROSTER.issued_at + 28 * 86_400 + 1) + ROSTER[40:]),
        ("no end", ROSTER[:32] + ROSTER[40:]),
        ("role 0", ROSTER[:role_at] + b"\x00" + ROSTER[role_at + 1 :]),
        ("an unknown role", ROSTER[:role_at] + b"\x05" + ROSTER[role_at + 1 :]),
        ("somebody for places in a team", ROSTER[:role_at] + b"\x03" + ROSTER[role_at + 1 :]),
        ("an auditor in a team", ROSTER[:role_at] + b"\x04" + ROSTER[role_at + 1 :]),
        ("epoch 0", ROSTER[: teams_at + 17] + u32(0) + ROSTER[teams_at + 21 :]),
        ("one team twice", ROSTER[: teams_at + 1237] + world.TEAM.team_id + ROSTER[teams_at + 1253 :]),
        ("a member of an unknown team", ROSTER[:-16] + fixed("no team")),
        ("two members with one id", ROSTER.replace(world.OTHER_MEMBER, world.MEMBER)),
        ("a member of one team twice", ROSTER[:-16] + ROSTER[-32:-16]),
    ]


def add_member_keys(vectors: Vectors) -> None:
    """Names of keys, stretching, wraps and grants."""
    vectors.accept(
        "name a key", "key-id", {"public_key": raw(world.MAILBOX_KEY)}, {"id": raw(key_id(world.MAILBOX_KEY))}
    )
    vectors.accept("name a root", "fingerprint", {"root": raw(world.ROOT)}, {"fingerprint": raw(world.PIN)})
    _add_stretching(vectors)
    _add_wraps(vectors)
    _add_grants(vectors)


def _add_stretching(vectors: Vectors) -> None:
    proof, wrap_key = stretch_passphrase(world.PASSPHRASE, world.SALT, 65_536, 3)
    base: Json = {"secret": raw(world.PASSPHRASE), "salt": raw(world.SALT), "memory": 65_536, "passes": 3}
    vectors.accept("stretch a passphrase", "stretch", base, {"proof": raw(proof), "wrap_key": raw(wrap_key)})
    vectors.refuse_each("stretch", base, "memory", [("too little memory", 65_535), ("too much memory", 262_145)])
    vectors.refuse_each("stretch", base, "passes", [("too few passes", 2), ("too many passes", 11)])


def _add_wraps(vectors: Vectors) -> None:
    head = {"member_id": world.MEMBER, "salt": world.SALT}
    vectors.name("wrap", seal_wrap(world.WRAP_KEY, world.WRAPPED, memory=65_536, passes=3, **head))
    vectors.name("weak wrap", seal_wrap(world.WRAP_KEY, world.WRAPPED, memory=8_192, passes=1, **head))
    for name, begins in (("wrap of kind 2", b"YSW\x01\x02"), ("wrap of version 2", b"YSW\x02\x01")):
        sealed = seal_wrap(world.WRAP_KEY, world.WRAPPED, memory=65_536, passes=3, begins=begins, **head)
        vectors.name(name, sealed)
    of = vectors.of
    base: Json = {"member_id": raw(world.MEMBER), "wrap_key": raw(world.WRAP_KEY)}
    for maker in ("wrap", "browser wrap"):
        gives: Json = {
            "seed": raw(world.MEMBER_SEED),
            "instance_id": raw(world.INSTANCE),
            "fingerprint": raw(world.PIN),
        }
        vectors.accept(f"open the {maker}", "open-wrap", {**base, "wrap": of(maker)}, gives)
    places = (
        ("salt", 33), ("nonce", 49), ("sealed seed", 61), ("sealed instance id", 93), ("sealed fingerprint", 109),
        ("tag", 156), ("member id", 5),
    )  # fmt: skip
    vectors.refuse_each("open-wrap", base, "wrap", [
        *((f"a flipped bit in the {field}", of("wrap", flip(at))) for field, at in places),
        ("weak parameters under a good seal", of("weak wrap")),
        ("kind 2 under a good seal", of("wrap of kind 2")),
        ("version 2 under a good seal", of("wrap of version 2")),
        ("memory changed to another accepted size", of("wrap", put(21, u32(131_072)))),
        ("memory below the floor", of("wrap", put(21, u32(65_535)))),
        ("memory above the ceiling", of("wrap", put(21, u32(262_145)))),
        ("passes below the floor", of("wrap", put(25, u32(2)))),
        ("passes above the ceiling", of("wrap", put(25, u32(11)))),
        ("two lanes", of("wrap", put(29, u32(2)))),
        ("an unknown kind", of("wrap", put(4, b"\x02"))),
        ("version 2", of("wrap", put(3, b"\x02"))),
        ("a byte short", of("wrap", keep(156))),
        ("a seed alone, without the pin", of("wrap", keep(109))),
        ("a byte long", of("wrap", add(b"\0"))),
    ])  # fmt: skip
    whole: Json = {**base, "wrap": of("wrap")}
    vectors.refuse_each("open-wrap", whole, "wrap_key", [("other words", raw(fixed("other words", 32)))])
    vectors.refuse_each("open-wrap", whole, "member_id", [("another member", raw(world.OTHER_MEMBER))])
    both: Json = {**base, "wrap": of("wrap", put(5, world.OTHER_MEMBER)), "member_id": raw(world.OTHER_MEMBER)}
    vectors.refuse("open-wrap: a wrap handed to another member", "open-wrap", both, "the member is bound to the seal")


def _add_grants(vectors: Vectors) -> None:
    head = GrantHead(
        world.INSTANCE, world.TEAM.team_id, 2, world.MEMBER, key_id(public_key_of(world.MEMBER_SEED)), bytes(16)
    )
    key = public_key_of(world.MEMBER_SEED)
    granted = vectors.name("grant", seal_grant(head, world.TEAM_SECRET, key))
    base: Json = {"roster": vectors.of("roster"), "recipient_id": raw(world.MEMBER), "seed": raw(world.MEMBER_SEED)}
    gives: Json = {
        "team_id": raw(world.TEAM.team_id),
        "seeds": [[epoch, raw(seed)] for epoch, seed in world.TEAM_SECRET.seeds],
    }
    for maker in ("grant", "browser grant"):
        vectors.accept(f"open the {maker}", "open-grant", {**base, "grant": vectors.of(maker)}, gives)

    def wrong(
        secret: TeamSecret, granted_head: GrantHead = head, mac_seed: bytes | None = None, **begins: bytes
    ) -> Json:
        return raw(seal_grant(granted_head, secret, key, mac_seed, **begins))

    (newest, first), team_id, of = world.TEAM_SECRET.seeds, world.TEAM.team_id, vectors.of
    places = (
        ("instance id", 4), ("team id", 20), ("epoch", 39), ("recipient id", 40),
        ("recipient key id", 56), ("granter id", 72),
        ("ML-KEM half of enc", 88), ("X25519 half of enc", 1176), ("length", 1209), ("ciphertext", 1210), ("mac", -1),
    )  # fmt: skip
    vectors.refuse_each("open-grant", base, "grant", [
        *((f"a flipped bit in the {field}", of("grant", flip(at))) for field, at in places),
        ("version 2", of("grant", put(3, b"\x02"))),
        ("a byte short", of("grant", flip(-1), keep(1210))),
        ("a byte long", of("grant", add(b"\0"))),
        ("made by who does not hold the team's key", wrong(world.TEAM_SECRET, mac_seed=first[1])),
        ("the secret of another team", wrong(TeamSecret(fixed("other team"), (newest, first)))),
        ("a newest epoch that is not the head's", wrong(TeamSecret(team_id, ((3, newest[1]), first)))),
        ("a key that the roster does not name", wrong(TeamSecret(team_id, ((2, fixed("made up", 32)), first)))),
        ("version 2 under a good mac", wrong(world.TEAM_SECRET, begins=b"YSG\x02")),
        ("a secret of version 2", wrong(world.TEAM_SECRET, secret_begins=b"YSS\x02")),
        ("a secret of no epoch", wrong(TeamSecret(team_id, ()), mac_seed=newest[1])),
        ("epochs that ascend", wrong(TeamSecret(team_id, (first, newest)))),
        ("one epoch twice", wrong(TeamSecret(team_id, (newest, newest)))),
        ("epoch 0 in the secret", wrong(TeamSecret(team_id, (newest, (0, first[1]))))),
        ("an older epoch than the roster's", wrong(TeamSecret(team_id, (first,)), replace(head, epoch=1))),
        ("another instance", wrong(world.TEAM_SECRET, replace(head, instance_id=fixed("other instance")))),
        ("another recipient", wrong(world.TEAM_SECRET, replace(head, recipient_id=world.OTHER_MEMBER))),
    ])  # fmt: skip
    whole: Json = {**base, "grant": granted}
    vectors.refuse_each("open-grant", whole, "seed", [("the seed of another member", raw(world.OTHER_MEMBER_SEED))])
    vectors.refuse_each("open-grant", whole, "recipient_id", [("another member's id", raw(world.OTHER_MEMBER))])
    team = world.ROSTER.teams[0]
    newer, other = replace(team, epoch=3), replace(team, public_key=world.MAILBOX_KEY)
    vectors.refuse_each("open-grant", whole, "roster", [
        ("a roster with a newer epoch", raw(build_roster(_with_team(newer)))),
        ("a roster with another key", raw(build_roster(_with_team(other)))),
    ])  # fmt: skip


def _with_team(team: rosters.RosterTeam) -> Roster:
    return replace(world.ROSTER, teams=(team, world.ROSTER.teams[1]))


def _shown(bundle: Bundle) -> Json:
    return {
        "instance_id": raw(bundle.instance_id),
        "serial": bundle.serial,
        "issued_at": bundle.issued_at,
        "not_after": bundle.not_after,
        "demo": bundle.demo,
        "closed_days": list(bundle.closed_days),
        "teams": [
            {
                "id": raw(team.id),
                "kind": int(team.kind),
                "staffed": team.staffed,
                "epoch": team.epoch,
                "key_id": raw(key_id(team.public_key)),
                "name": team.name,
                "languages": list(team.languages),
                "hours": [list(day) if day else None for day in team.hours],
            }
            for team in bundle.teams
        ],
    }
