"""Signs changes as a coordinator's browser does: a new key where somebody leaves, and every grant that is missing."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.crypto.reference_keys import TeamSecret, seal_grant
from tests.crypto.reference_primitives import hpke_seal, public_key_of, sign
from youthsafe.crypto import bundle as bundles
from youthsafe.crypto import change as changes
from youthsafe.crypto import roster as rosters
from youthsafe.crypto.change import Change, Signed
from youthsafe.crypto.grant import KIT_ID, GrantHead
from youthsafe.crypto.keys import Purpose, fingerprint, hpke_info, key_id
from youthsafe.crypto.root_change import LABEL as ROOT_CHANGE_LABEL
from youthsafe.crypto.root_change import build_root_change
from youthsafe.crypto.root_grant import RootGrantHead, build_root_grant_head

RootKey = ec.EllipticCurvePrivateKey


def public_point(root: RootKey) -> bytes:
    """A root's public key, 65 bytes."""
    return root.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def number_of(root: RootKey) -> bytes:
    """A root's private number, 32 bytes."""
    return root.private_numbers().private_value.to_bytes(32, "big")


def seal_root_grant(
    root: RootKey, instance_id: bytes, recipient_id: bytes, recipient_key: bytes, *, number: bytes = b""
) -> bytes:
    """Grant a root to a coordinator; `number` where a wrong one is wanted."""
    head = RootGrantHead(instance_id, recipient_id, key_id(recipient_key), fingerprint(public_point(root)))
    written = build_root_grant_head(head)
    info = hpke_info(Purpose.ROOT_GRANT, instance_id, recipient_id, head.recipient_key_id) + written
    return written + b"".join(hpke_seal(recipient_key, info, number or number_of(root)))


def sign_root_change(old: RootKey, new: RootKey, instance_id: bytes, changed_at: int) -> bytes:
    """A root change, signed by the old root."""
    body = build_root_change(instance_id, public_point(old), public_point(new), changed_at)
    return body + sign(old, ROOT_CHANGE_LABEL, body)


def sign_parts(
    root: RootKey,
    roster: rosters.Roster,
    bundle: bundles.Bundle,
    grants: Sequence[bytes],
    *,
    before: Change | None,
    root_change: bytes = b"",
) -> Signed:
    """Sign a change of these parts, whatever they are."""
    content = changes.build_change(
        instance_id=roster.instance_id,
        number=before.number + 1 if before else 1,
        previous=before.head if before else changes.FIRST_PREVIOUS,
        root=public_point(root),
        roster=_signed(root, rosters.LABEL, rosters.build_roster(roster)),
        bundle=_signed(root, bundles.LABEL, bundles.build_bundle(bundle)),
        grants=grants,
        root_change=root_change,
    )
    return _signed(root, changes.LABEL, content)


@dataclass
class Coordinator:
    """Somebody who holds the root and the secret of every team; `secrets` grow as teams get new keys."""

    root: RootKey
    secrets: dict[bytes, TeamSecret]

    def sign(self, roster: rosters.Roster, bundle: bundles.Bundle, before: Change | None = None) -> Signed:
        """Sign the change to these people and teams; numbers, keys and grants follow by themselves."""
        if before is not None:
            roster, bundle = self._renumbered(*self._with_new_keys(roster, bundle, before), before)
        return sign_parts(self.root, roster, bundle, self.grants(roster, before), before=before)

    def _with_new_keys(
        self, roster: rosters.Roster, bundle: bundles.Bundle, before: Change
    ) -> tuple[rosters.Roster, bundles.Bundle]:
        """Give each team that somebody leaves a new key."""
        for old in before.roster.teams:
            if changes.recipients_of(before.roster, old.id) <= changes.recipients_of(roster, old.id):
                continue
            seed, secret = os.urandom(32), self.secrets[old.id]
            self.secrets[old.id] = TeamSecret(old.id, ((old.epoch + 1, seed), *secret.seeds))
            new = rosters.RosterTeam(old.id, old.epoch + 1, public_key_of(seed))
            listed = tuple(new if team.id == old.id else team for team in roster.teams)
            roster = replace(roster, teams=listed)
            named = tuple(
                replace(team, epoch=new.epoch, public_key=new.public_key) if team.id == old.id else team
                for team in bundle.teams
            )
            bundle = replace(bundle, teams=named)
        return roster, bundle

    @staticmethod
    def _renumbered(
        roster: rosters.Roster, bundle: bundles.Bundle, before: Change
    ) -> tuple[rosters.Roster, bundles.Bundle]:
        if roster != before.roster:
            roster = replace(roster, version=before.roster.version + 1)
        if bundle != before.bundle:
            bundle = replace(bundle, serial=before.bundle.serial + 1)
        return roster, bundle

    def grants(self, roster: rosters.Roster, before: Change | None) -> list[bytes]:
        """Everything that somebody needs and has no grant of yet."""
        keys = {each.id: each.public_key for each in roster.members} | {KIT_ID: roster.recovery_key}
        made = []
        for team in roster.teams:
            kept = before is not None and team in before.roster.teams
            had = changes.recipients_of(before.roster, team.id) if before and kept else set()
            for recipient_id, recipient_key_id in sorted(changes.recipients_of(roster, team.id) - had):
                head = GrantHead(roster.instance_id, team.id, team.epoch, recipient_id, recipient_key_id, KIT_ID)
                made.append(seal_grant(head, self.secrets[team.id], keys[recipient_id]))
        same_root = before is not None and before.root == public_point(self.root)
        rooted = changes.root_holders(before.roster) if before and same_root else set()
        for recipient_id, _ in sorted(changes.root_holders(roster) - rooted):
            made.append(seal_root_grant(self.root, roster.instance_id, recipient_id, keys[recipient_id]))
        return made


def _signed(root: RootKey, label: str, content: bytes) -> Signed:
    return Signed(content, sign(root, label, content))
