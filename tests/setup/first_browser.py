"""What the first coordinator's browser makes and sends, for tests without a browser."""

import os
from dataclasses import dataclass, field, replace
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric import ec

from tests.changes import Coordinator, number_of, public_point
from tests.crypto.reference_keys import TeamSecret, Wrapped, seal_wrap, stretch_passphrase
from tests.crypto.reference_kit import KitKeys, kit_keys, seal_kit_wrap
from tests.crypto.reference_primitives import public_key_of
from youthsafe.accounts.second_factor import code_at, step
from youthsafe.accounts.services import MEMORY_KIB, PASSES
from youthsafe.crypto import bundle as bundles
from youthsafe.crypto import roster as rosters
from youthsafe.crypto.binary_layout import LONGEST_LIFE
from youthsafe.crypto.change import Signed
from youthsafe.crypto.encoding import b64
from youthsafe.crypto.keys import fingerprint
from youthsafe.demo import words

Body = dict[str, str]
NO_HOURS: tuple[bundles.Hours, ...] = (None,) * 7


@dataclass
class FirstBrowser:
    """Keys of a new instance, with one coordinator and one team."""

    now: datetime
    name: str = "Ada"
    demo: bool = False
    root: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    instance_id: bytes = field(default_factory=lambda: os.urandom(16))
    member_id: bytes = field(default_factory=lambda: os.urandom(16))
    seed: bytes = field(default_factory=lambda: os.urandom(32))
    passphrase: bytes = field(default_factory=words.new_secret)
    kit: bytes = field(default_factory=lambda: os.urandom(32))
    second_factor: bytes = field(default_factory=lambda: os.urandom(20))
    team_seed: bytes = field(default_factory=lambda: os.urandom(32))
    team_id: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def kit_keys(self) -> KitKeys:
        return kit_keys(self.kit)

    @property
    def code(self) -> str:
        """What the app shows now."""
        return code_at(self.second_factor, step(self.now))

    def roster(self) -> rosters.Roster:
        """The first roster."""
        issued = int(self.now.timestamp())
        key = public_key_of(self.seed)
        member = rosters.RosterMember(self.member_id, rosters.Role.COORDINATOR, key, self.name, (self.team_id,))
        team = rosters.RosterTeam(self.team_id, 1, public_key_of(self.team_seed))
        recovery_key = public_key_of(self.kit_keys.seed)
        return rosters.Roster(self.instance_id, 1, issued, issued + LONGEST_LIFE, recovery_key, (team,), (member,))

    def bundle(self) -> bundles.Bundle:
        """The first bundle."""
        issued = int(self.now.timestamp())
        kind, key = bundles.TeamKind.GENERAL, public_key_of(self.team_seed)
        team = bundles.Team(self.team_id, kind, True, 1, key, "Early help", ("en",), NO_HOURS)
        return bundles.Bundle(self.instance_id, 1, issued, issued + LONGEST_LIFE, self.demo, (), (team,))

    def change(self, roster: rosters.Roster | None = None) -> Signed:
        """Roster, bundle and grants, signed."""
        secret = TeamSecret(self.team_id, ((1, self.team_seed),))
        signer = Coordinator(self.root, {self.team_id: secret})
        return signer.sign(roster or self.roster(), self.bundle())

    def body(self, link: str, change: Signed | None = None) -> Body:
        """What is sent at the end."""
        signed, salt = change or self.change(), os.urandom(16)
        proof, wrap_key = stretch_passphrase(self.passphrase, salt, MEMORY_KIB, PASSES)
        inside = Wrapped(self.seed, self.instance_id, fingerprint(public_point(self.root)))
        head = {"member_id": self.member_id, "memory": MEMORY_KIB, "passes": PASSES, "salt": salt}
        wrap = seal_wrap(wrap_key, inside, **head)
        parts = {
            "change": signed.content,
            "signature": signed.signature,
            "salt": salt,
            "proof": proof,
            "wrap": wrap,
            "second_factor": self.second_factor,
            "kit_token": self.kit_keys.token,
            "kit_wrap": seal_kit_wrap(self.kit_keys, self.instance_id, number_of(self.root)),
        }
        return {"secret": link, "code": self.code} | {name: b64(part) for name, part in parts.items()}

    def with_another_member(self) -> Signed:
        """A first change in which a second coordinator is hidden."""
        roster, seed = self.roster(), os.urandom(32)
        other = rosters.RosterMember(
            os.urandom(16), rosters.Role.COORDINATOR, public_key_of(seed), "Eve", (self.team_id,)
        )
        return self.change(replace(roster, members=(*roster.members, other)))
