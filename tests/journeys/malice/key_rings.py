"""Attacks on whoever unlocks the desk: another key ring, or other signed changes, than are in force."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tests.changes import sign_parts, sign_root_change
from tests.crypto.reference_keys import TeamSecret, seal_grant
from tests.crypto.reference_primitives import public_key_of, sign
from tests.journeys.malice.attack import Answers, Attack, InTurn, Kind
from tests.journeys.malice.world import CASEWORKER, COORDINATOR, SECOND, Ring, World, given, lists, own_root
from youthsafe.crypto import bundle as bundles
from youthsafe.crypto import change as changes
from youthsafe.crypto import roster as rosters
from youthsafe.crypto.change import Signed
from youthsafe.crypto.encoding import b64, unb64
from youthsafe.crypto.grant import KIT_ID, GrantHead
from youthsafe.crypto.keys import key_id

STRANGER = rosters.RosterMember(bytes([9]) * 16, rosters.Role.CASEWORKER, public_key_of(bytes([9]) * 32), "Mallory", ())
SEED = bytes([9]) * 32
DAY = timedelta(days=1)

NOT_RIGHT = "The signed list of people and teams is not right, or is older than before. Nothing was opened."
OTHER_KEY = "The key of this site is not the one that your words or this browser know. Nothing was opened."
NO_FIT = "What was signed before and what the server shows now do not fit together."
OTHER_MEMBER = "Your key is not the one in the signed list of people. Nothing was opened."
ENDED = "The signed lists of teams and people have ended. Nothing was opened."
NO_KEYS = "What the server sent is not right: your keys are not in it. It is not your words."
WEAK = "The server asked this browser to protect your words less than it must. Nothing was sent."
WORDS = "These words do not open your keys."
A_TEAM_IS_SEALED = "One of your team keys does not open. Reports of that team stay sealed."
NO_CONNECTION = "We cannot reach the server."
RING, CHANGES = "staff/key-ring", "staff/changes*"


def history(*signed: Signed) -> Answers:
    """These changes, and then no more, as an honest server ends."""
    return {CHANGES: InTurn([given(*signed), given()])}


def _ring(change: Callable[[World, Ring], object]) -> Callable[[World], Answers]:
    """The genuine ring, changed in place."""

    def forge(world: World) -> Answers:
        ring = world.ring()
        change(world, ring)
        return {RING: ring}

    return forge


def _with_roster(ring: Ring, change: Callable[[rosters.Roster], rosters.Roster]) -> None:
    """Another roster under the old signature."""
    ring["roster"] = b64(rosters.build_roster(change(rosters.parse_roster(unb64(ring["roster"])))))


def _with_bundle(ring: Ring, change: Callable[[bundles.Bundle], bundles.Bundle]) -> None:
    """Another bundle under the old signature."""
    ring["bundle"] = b64(bundles.build_bundle(change(bundles.parse_bundle(unb64(ring["bundle"])))))


def _take_in(roster: rosters.Roster) -> rosters.Roster:
    member = replace(STRANGER, teams=tuple(team.id for team in roster.teams))
    return replace(roster, version=roster.version + 1, members=(*roster.members, member))


def _with_our_team_key(bundle: bundles.Bundle) -> bundles.Bundle:
    team = replace(bundle.teams[0], public_key=public_key_of(SEED))
    return replace(bundle, teams=(team, *bundle.teams[1:]))


def _signed_by_us(world: World) -> Answers:
    """A whole office of another root: the same people, a team key of our own, and grants that open."""
    now, root = world.change(), own_root()
    team = replace(now.roster.teams[0], public_key=public_key_of(SEED))
    roster = replace(now.roster, teams=(team, *now.roster.teams[1:]))
    bundle = _with_our_team_key(now.bundle)
    coordinator = world.coordinator(root)
    coordinator.secrets[team.id] = TeamSecret(team.id, ((team.epoch, SEED),))
    signed = coordinator.sign(roster, bundle)
    mine = [each for each in changes.parse_change(signed.content).grants if each.head.recipient_id == _me(world)]
    ring = world.ring(**lists(root, roster, bundle), grants=[b64(each.raw) for each in mine])
    return {RING: ring, **history(signed)}


def _me(world: World) -> bytes:
    return world.member(CASEWORKER).id


def _signed_truly(
    roster: Callable[[World], rosters.Roster | bytes], bundle: Callable[[World], bundles.Bundle | bytes]
) -> Callable[[World], Answers]:
    """What the true root signed, as no coordinator's browser of ours would: an old one's, or a thief's."""
    return lambda world: {RING: world.ring(**lists(world.root, roster(world), bundle(world)))}


def _roster(world: World) -> rosters.Roster:
    return world.change().roster


def _bundle(world: World) -> bundles.Bundle:
    return world.change().bundle


def _byte(content: bytes, after: bytes, value: int) -> bytes:
    """The same bytes with another one behind these."""
    at = content.index(after) + len(after)
    return content[:at] + bytes([value]) + content[at + 1 :]


def _of_unknown_role(world: World) -> bytes:
    return _byte(rosters.build_roster(_roster(world)), _me(world), 9)


def _of_unknown_kind(world: World) -> bytes:
    return _byte(bundles.build_bundle(_bundle(world)), world.general, 9)


def _with_my_key_exchanged(world: World) -> Answers:
    before = world.change()
    members = tuple(
        replace(each, public_key=public_key_of(SEED)) if each.name == CASEWORKER else each
        for each in before.roster.members
    )
    signed = world.coordinator().sign(replace(before.roster, members=members), before.bundle, before)
    change = changes.parse_change(signed.content)
    ring = world.ring(**lists(world.root, change.roster, change.bundle))
    ring |= {"roster_signature": b64(change.signed_roster.signature)}
    return {RING: ring, **history(world.signed[2], signed)}


def _lasting(begins: timedelta, ends: timedelta) -> Callable[[World], Answers]:
    """Lists of the true root that begin and end so long from now."""
    now = datetime.now(UTC)
    life = {"issued_at": int((now + begins).timestamp()), "not_after": int((now + ends).timestamp())}
    return _signed_truly(
        lambda world: replace(_roster(world), version=4, **life),
        lambda world: replace(_bundle(world), serial=4, **life),
    )


def _swap_signatures(_: World, ring: Ring) -> None:
    ring["roster_signature"], ring["bundle_signature"] = ring["bundle_signature"], ring["roster_signature"]


def _of_before(*fields: str, after: int) -> Callable[[World], Answers]:
    """The genuine ring with some fields as they were after an older change."""
    return _ring(lambda world, ring: ring.update({each: world.ring(after=after)[each] for each in fields}))


ROSTER, BUNDLE = ("roster", "roster_signature"), ("bundle", "bundle_signature")


def _two_heads(world: World) -> Answers:
    """A third change that the true root signed as well."""
    before = world.change(2)
    other = world.coordinator().sign(before.roster, replace(before.bundle, closed_days=()), before)
    return history(other)


def _half(world: World) -> Answers:
    whole = world.signed[2]
    return history(Signed(whole.content[: len(whole.content) // 2], whole.signature))


def _with_other_signature(world: World) -> Answers:
    content = world.signed[2].content
    return history(Signed(content, sign(own_root(), changes.LABEL, content)))


def _without_its_grants(world: World) -> Answers:
    """The next change as the root signed it, and then everything cut off that would be missed later."""
    now = world.change()
    cut = sign_parts(own_root(), now.roster, now.bundle, (), before=world.change(2))
    return history(Signed(cut.content, world.signed[2].signature))


def _wrap(place: int, value: bytes) -> Callable[[World], Answers]:
    """The genuine wrap with other bytes from a place on."""

    def change(_: World, ring: Ring) -> None:
        wrap = unb64(ring["wraps"][0])
        ring["wraps"] = [b64(wrap[:place] + value + wrap[place + len(value) :])]

    return _ring(change)


def _grant(world: World, *, seed: bytes, team: rosters.RosterTeam, epoch: int | None = None) -> str:
    """A grant that anybody can make to the caseworker's public key."""
    me, secret = world.member(CASEWORKER), TeamSecret(team.id, ((epoch or team.epoch, seed),))
    head = GrantHead(_roster(world).instance_id, team.id, epoch or team.epoch, me.id, key_id(me.public_key), KIT_ID)
    return b64(seal_grant(head, secret, me.public_key))


def _grants(make: Callable[[World], list[str]]) -> Callable[[World], Answers]:
    return _ring(lambda world, ring: ring.update(grants=make(world)))


def _pasted_team(world: World) -> list[str]:
    """The member's own grant, with the head of the other team's."""
    mine = unb64(world.ring()["grants"][0])
    other = world.change().roster.teams[1]
    return [b64(mine.replace(world.general, other.id, 1)), b64(mine.replace(world.general, other.id))]


def _pasted_member(world: World) -> list[str]:
    """A colleague's grant with the caseworker's id in it."""
    me, colleague = world.member(CASEWORKER), world.member(COORDINATOR)
    theirs = [unb64(each) for each in world.ring(COORDINATOR)["grants"]]
    mine = [
        each.replace(colleague.id, me.id).replace(key_id(colleague.public_key), key_id(me.public_key))
        for each in theirs
    ]
    return [b64(each) for each in mine]


KEY_RINGS: dict[str, Attack] = {
    "a stranger in the roster": Attack(
        Kind.EXTRA_MEMBER,
        "the roster with one more member, under the old signature",
        NOT_RIGHT,
        _ring(lambda _, ring: _with_roster(ring, _take_in)),
    ),
    "another recovery key": Attack(
        Kind.EXTRA_RECOVERY_KEY,
        "the roster with a recovery key of the server's",
        NOT_RIGHT,
        _ring(lambda _, ring: _with_roster(ring, lambda it: replace(it, recovery_key=public_key_of(SEED)))),
    ),
    "the member's key exchanged in the signed roster": Attack(
        Kind.SUBSTITUTED_KEY,
        "a change of the true root that names another key for the member: the key was exchanged at the invitation",
        OTHER_MEMBER,
        _with_my_key_exchanged,
    ),
    "an older roster": Attack(
        Kind.ROLLED_BACK, "the roster before the newest, truly signed", NOT_RIGHT, _of_before(*ROSTER, after=2)
    ),
    "an older bundle": Attack(
        Kind.ROLLED_BACK, "the first bundle, truly signed", NOT_RIGHT, _of_before(*BUNDLE, after=1)
    ),
    "everything as it was before": Attack(
        Kind.ROLLED_BACK,
        "the whole ring after the second change, and the history up to it",
        NO_FIT,
        lambda world: {RING: world.ring(after=2), **history(world.signed[1])},
    ),
    "a forged bundle at the desk": Attack(
        Kind.FORGED_BUNDLE,
        "the bundle with a team key of the server's",
        NOT_RIGHT,
        _ring(lambda _, ring: _with_bundle(ring, _with_our_team_key)),
    ),
    "a whole false office": Attack(
        Kind.OTHER_INSTANCE, "root, lists, grants and change of another root, all in order", NO_FIT, _signed_by_us
    ),
    "a whole false office at first sight": Attack(
        Kind.OTHER_INSTANCE, "the same, to a browser that was never here", OTHER_KEY, _signed_by_us, known=False
    ),
    "another instance of the same root": Attack(
        Kind.OTHER_INSTANCE,
        "lists that the true root signed for another instance id",
        OTHER_KEY,
        _signed_truly(
            lambda world: replace(_roster(world), instance_id=bytes(16)),
            lambda world: replace(_bundle(world), instance_id=bytes(16)),
        ),
    ),
    "a root change that the old root did not sign": Attack(
        Kind.OTHER_INSTANCE,
        "another root, and a root change that it signed itself",
        OTHER_KEY,
        lambda world: {
            RING: world.ring(**lists(root := own_root(), _roster(world), _bundle(world)))
            | {"root_changes": [b64(sign_root_change(root, own_root(), _roster(world).instance_id, 1_800_000_000))]}
        },
    ),
    "signatures exchanged": Attack(
        Kind.MIXED, "the roster's signature at the bundle, and the other way round", NOT_RIGHT, _ring(_swap_signatures)
    ),
    "an old roster beside a new bundle at first sight": Attack(
        Kind.MIXED,
        "lists of two changes, each truly signed, to a browser that was never here",
        NO_FIT,
        _of_before(*ROSTER, after=2),
        known=False,
    ),
    "half a signed change": Attack(Kind.HALF_A_CHANGE, "the first half of the newest change", NO_FIT, _half),
    "a change without its grants": Attack(
        Kind.HALF_A_CHANGE,
        "the newest change with its grants cut off, under its signature",
        NO_FIT,
        _without_its_grants,
    ),
    "a change that another root signed": Attack(
        Kind.HALF_A_CHANGE, "the newest change under the signature of another root", NO_FIT, _with_other_signature
    ),
    "a change replayed": Attack(
        Kind.REPLAYED_CHANGE,
        "an older change after the newest one",
        NO_FIT,
        lambda world: history(world.signed[2], world.signed[1]),
    ),
    "the newest change for ever": Attack(
        Kind.REPLAYED_CHANGE,
        "the newest change, and the same again at every question",
        NO_FIT,
        lambda world: {CHANGES: given(world.signed[2])},
    ),
    "the history ends before what this browser saw": Attack(
        Kind.WITHHELD_CHANGE,
        "no change from the one on that this browser saw last",
        NO_FIT,
        lambda _: {CHANGES: given()},
    ),
    "two changes after the same one": Attack(
        Kind.WITHHELD_CHANGE,
        "another third change than this browser saw, truly signed: two heads",
        NO_FIT,
        _two_heads,
    ),
    "an unknown role": Attack(
        Kind.UNKNOWN,
        "a roster of the true root with a role that nobody knows",
        NOT_RIGHT,
        _signed_truly(_of_unknown_role, _bundle),
    ),
    "an unknown kind of team at the desk": Attack(
        Kind.UNKNOWN,
        "a bundle of the true root with a kind of team that nobody knows",
        NOT_RIGHT,
        _signed_truly(_roster, _of_unknown_kind),
    ),
    "an unknown kind of wrap": Attack(
        Kind.UNKNOWN, "the wrap with a kind that nobody knows", NO_KEYS, _wrap(4, bytes([9]))
    ),
    "lists that have ended": Attack(
        Kind.LIFE, "lists of the true root that ended yesterday", ENDED, _lasting(-20 * DAY, -DAY)
    ),
    "lists of next week": Attack(
        Kind.LIFE, "lists of the true root that begin in a week", NOT_RIGHT, _lasting(7 * DAY, 20 * DAY)
    ),
    "a wrap with 8 MiB": Attack(Kind.KDF, "the wrap with 8 MiB in place of 64", WEAK, _wrap(21, (8192).to_bytes(4))),
    "a wrap with 4 GiB": Attack(
        Kind.KDF, "the wrap with 4 GiB, which no phone has", WEAK, _wrap(21, (2**22).to_bytes(4))
    ),
    "a wrap with one pass": Attack(
        Kind.KDF, "the wrap with one pass in place of three", WEAK, _wrap(25, (1).to_bytes(4))
    ),
    "a wrap with other lanes": Attack(Kind.KDF, "the wrap with four lanes", NO_KEYS, _wrap(29, (4).to_bytes(4))),
    "a colleague's wrap": Attack(
        Kind.CUT_AND_PASTE,
        "a colleague's wrap under the member's name",
        NO_KEYS,
        _ring(lambda world, ring: ring.update(wraps=world.ring(SECOND)["wraps"])),
    ),
    "a colleague's whole ring": Attack(
        Kind.CUT_AND_PASTE,
        "everything of a colleague, id included",
        WORDS,
        lambda world: {RING: world.ring(SECOND)},
    ),
    "no wrap": Attack(
        Kind.NO_ANSWER_OF_OURS, "a ring without a wrap", NO_KEYS, _ring(lambda _, ring: ring.update(wraps=[]))
    ),
    "a page in place of the ring": Attack(
        Kind.NO_ANSWER_OF_OURS,
        "a page of a network's in place of the ring",
        NO_CONNECTION,
        lambda _: {RING: "<h1>Log in</h1>"},
    ),
}

GRANTS: dict[str, Attack] = {
    "no grant": Attack(Kind.CUT_AND_PASTE, "a ring without a grant", A_TEAM_IS_SEALED, _grants(lambda _: [])),
    "a grant of an epoch before": Attack(
        Kind.STALE_EPOCH,
        "the member's own grant of the key before the newest",
        A_TEAM_IS_SEALED,
        _grants(lambda world: world.ring(after=2)["grants"]),
    ),
    "a grant that the server made": Attack(
        Kind.CUT_AND_PASTE,
        "a grant of a key of the server's own, sealed to the member",
        A_TEAM_IS_SEALED,
        _grants(lambda world: [_grant(world, seed=SEED, team=world.change().roster.teams[0])]),
    ),
    "a grant pasted under another team": Attack(
        Kind.CUT_AND_PASTE,
        "the member's grant with the id of the smaller team",
        A_TEAM_IS_SEALED,
        _grants(_pasted_team),
    ),
    "a colleague's grants": Attack(
        Kind.CUT_AND_PASTE,
        "a coordinator's grants of both teams",
        A_TEAM_IS_SEALED,
        _grants(lambda world: world.ring(COORDINATOR)["grants"]),
    ),
    "a colleague's grants with the member's id": Attack(
        Kind.CUT_AND_PASTE,
        "a coordinator's grants with the caseworker's id and key id pasted in",
        A_TEAM_IS_SEALED,
        _grants(_pasted_member),
    ),
}


def _start(**stretching: int) -> Callable[[World], Answers]:
    """How to stretch the words, as the server asks for it before it is given a proof."""
    given_by_server = {"salt": b64(bytes(16)), "challenge": b64(bytes(32)), "site": "127.0.0.1"}
    asked = {"memory": 65_536, "passes": 3} | stretching
    return lambda _: {"staff/sign-in/start": given_by_server | asked}


SIGN_INS: dict[str, Attack] = {
    "sign-in with 8 MiB": Attack(Kind.KDF, "words stretched with 8 MiB in place of 64", WEAK, _start(memory=8192)),
    "sign-in with 4 GiB": Attack(Kind.KDF, "words stretched with 4 GiB", WEAK, _start(memory=2**22)),
    "sign-in with one pass": Attack(Kind.KDF, "words stretched with one pass", WEAK, _start(passes=1)),
}
