"""A demonstration with a past: three signed changes, two teams, and everything genuine that a server may mix."""

import copy
import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from playwright.sync_api import APIRequestContext, Browser, StorageState

from tests.changes import Coordinator, RootKey, public_point
from tests.crypto.reference_keys import TeamSecret, open_grant, stretch_passphrase, words_to_passphrase
from tests.crypto.reference_kit import KitKeys, kit_keys, kit_to_words, read_kit
from tests.crypto.reference_primitives import public_key_of, sign
from tests.journeys.conftest import Demo
from tests.journeys.visitors import visitor
from youthsafe.crypto import bundle as bundles
from youthsafe.crypto import roster as rosters
from youthsafe.crypto.change import Change, Signed, parse_change
from youthsafe.crypto.encoding import b64, unb64
from youthsafe.crypto.grant import KIT_ID
from youthsafe.demo.data_folder import Folder
from youthsafe.demo.words import word_list

CASEWORKER, SECOND, COORDINATOR = "demo-caseworker", "demo-second", "demo-coordinator"
Ring = dict[str, Any]


@dataclass
class World:
    """`rings`: what a member was given after each change; `kit_secret`: what is on the kit's paper."""

    demo: Demo
    root: RootKey
    secrets: dict[bytes, TeamSecret]
    kit_secret: bytes
    signed: list[Signed] = field(default_factory=list)
    rings: dict[str, list[Ring]] = field(default_factory=dict)
    sessions: dict[str, StorageState] = field(default_factory=dict)
    granted_to_kit: list[list[str]] = field(default_factory=list)

    def ring(self, name: str = CASEWORKER, after: int = 3, **changed: object) -> Ring:
        """A copy of a member's genuine ring after a change, with other values where they are given."""
        return copy.deepcopy(self.rings[name][after - 1]) | changed

    def change(self, number: int = 3) -> Change:
        """A genuine change."""
        return parse_change(self.signed[number - 1].content)

    @property
    def kit(self) -> KitKeys:
        """What is made of the kit's secret."""
        return kit_keys(self.kit_secret)

    @property
    def kit_grants(self) -> list[str]:
        """What is granted to the kit now."""
        return list(self.granted_to_kit[-1])

    @property
    def old_kit_grants(self) -> list[str]:
        """What was granted to the kit before the first team got a new key."""
        return list(self.granted_to_kit[-2])

    @property
    def kit_words(self) -> str:
        """What somebody types from the kit's paper."""
        return " ".join(kit_to_words(self.kit_secret, word_list()))

    @property
    def general(self) -> bytes:
        """The id of the team that every member was in once."""
        return self.change(1).roster.teams[0].id

    def member(self, name: str) -> rosters.RosterMember:
        """A member as the newest roster has them."""
        return next(each for each in self.change().roster.members if each.name == name)

    def coordinator(self, root: RootKey | None = None) -> Coordinator:
        """Somebody who signs with the true root or another one."""
        return Coordinator(root or self.root, dict(self.secrets))


def given(*signed: Signed) -> dict[str, list[dict[str, str]]]:
    """Changes as the server gives them."""
    return {"changes": [{"change": b64(each.content), "signature": b64(each.signature)} for each in signed]}


def lists(root: RootKey, roster: rosters.Roster | bytes, bundle: bundles.Bundle | bytes) -> Ring:
    """A roster and a bundle that a root signed, as a key ring has them."""
    listed = roster if isinstance(roster, bytes) else rosters.build_roster(roster)
    teams = bundle if isinstance(bundle, bytes) else bundles.build_bundle(bundle)
    return {
        "root": b64(public_point(root)),
        "root_changes": [],
        "roster": b64(listed),
        "roster_signature": b64(sign(root, rosters.LABEL, listed)),
        "bundle": b64(teams),
        "bundle_signature": b64(sign(root, bundles.LABEL, teams)),
    }


def own_root() -> RootKey:
    """A root that nobody knows."""
    return ec.generate_private_key(ec.SECP256R1())


def made_world(demo: Demo, browser: Browser) -> World:
    """Give a demonstration a smaller team, and somebody who left its first team."""
    root = Folder(demo.folder).read_root()
    with closing(sqlite3.connect(demo.database)) as database:
        [first] = database.execute("SELECT content, signature FROM signed_change").fetchall()
    world = World(demo, root, {}, read_kit(demo_kit_line(demo), word_list()), [Signed(*first)])
    before = world.change(1)
    world.secrets = {
        secret.team_id: secret
        for secret in (open_grant(grant, before.roster, KIT_ID, world.kit.seed) for grant in _granted_to_kit(demo))
    }
    with visitor(browser) as one, visitor(browser) as other, visitor(browser) as third:
        people = {CASEWORKER: one.context, SECOND: other.context, COORDINATOR: third.context}
        for name, context in people.items():
            _sign_in(demo, context.request, name)
            world.sessions[name] = context.storage_state()
        requests = {name: context.request for name, context in people.items()}
        _keep_rings(world, requests)
        for following in (_with_smaller_team, _without_second):
            _put_in_force(world, requests[COORDINATOR], *following(world))
            _keep_rings(world, requests)
    return world


def demo_kit_line(demo: Demo) -> str:
    """The line below the code on the kit's paper."""
    lines = Folder(demo.folder).kit.read_text(encoding="utf-8").splitlines()
    return next(line.split()[-1] for line in lines if line.startswith("kit line"))


def _sign_in(demo: Demo, request: APIRequestContext, name: str) -> None:
    """Sign in without a page; the cookie stays in the context."""
    start = _post(demo, request, "sign-in/start", {"name": name})
    secret = words_to_passphrase(demo.words(name), word_list())
    proof, _ = stretch_passphrase(secret, unb64(start["salt"]), start["memory"], start["passes"])
    _post(demo, request, "sign-in", {"name": name, "proof": b64(proof), "code": demo.code(name)})


def _post(demo: Demo, request: APIRequestContext, path: str, body: object) -> Any:
    answer = request.post(f"{demo.base}/api/v1/staff/{path}", data=body, headers={"Origin": demo.base})
    assert answer.ok, answer.text()
    return answer.json()


def _granted_to_kit(demo: Demo) -> list[bytes]:
    with closing(sqlite3.connect(demo.database)) as database:
        return [row[0] for row in database.execute("SELECT content FROM key_grant WHERE recipient_id = ?", (KIT_ID,))]


def _keep_rings(world: World, requests: dict[str, APIRequestContext]) -> None:
    world.granted_to_kit.append([b64(each) for each in _granted_to_kit(world.demo)])
    for name, request in requests.items():
        ring = request.get(f"{world.demo.base}/api/v1/staff/key-ring").json()
        world.rings.setdefault(name, []).append(ring)


def _with_smaller_team(world: World) -> tuple[rosters.Roster, bundles.Bundle]:
    """A team that the caseworker is not in."""
    before, seed, team_id = world.change(1), os.urandom(32), os.urandom(16)
    world.secrets[team_id] = TeamSecret(team_id, ((1, seed),))
    team = rosters.RosterTeam(team_id, 1, public_key_of(seed))
    members = tuple(
        each if each.name == CASEWORKER else replace(each, teams=(*each.teams, team_id))
        for each in before.roster.members
    )
    roster = replace(
        before.roster,
        teams=(*before.roster.teams, team),
        members=members,
    )
    shown = replace(
        before.bundle.teams[0],
        id=team_id,
        kind=bundles.TeamKind.POSITION_OF_TRUST,
        epoch=1,
        public_key=team.public_key,
        name="Smaller demo team",
    )
    return roster, replace(before.bundle, teams=(*before.bundle.teams, shown))


def _without_second(world: World) -> tuple[rosters.Roster, bundles.Bundle]:
    """The first team gets a new key, because somebody leaves it."""
    before = world.change(2)
    members = tuple(
        replace(each, teams=each.teams[1:]) if each.name == SECOND else each for each in before.roster.members
    )
    return replace(before.roster, members=members), before.bundle


def _put_in_force(world: World, request: APIRequestContext, roster: rosters.Roster, bundle: bundles.Bundle) -> None:
    coordinator = Coordinator(world.root, world.secrets)  # its secrets grow with each new key
    signed = coordinator.sign(roster, bundle, world.change(len(world.signed)))
    _post(world.demo, request, "changes", {"change": b64(signed.content), "signature": b64(signed.signature)})
    world.signed.append(signed)
