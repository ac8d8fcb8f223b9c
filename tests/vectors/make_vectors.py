"""Makes v1.json anew, by hand: `python -m tests.vectors.make_vectors` from the project's folder.

Keys, ids and texts are fixed; encapsulations, nonces and signatures are fresh each time, so the file changes each time.
The objects called `browser …` are sealed by the browser's modules under node.
"""

import json
import subprocess
import sys
from pathlib import Path

from hatch_build import NODE
from tests.changes import number_of
from tests.crypto.reference_primitives import public_key_of
from tests.vectors import card_cases, invitation_cases, world
from tests.vectors.card_cases import add_card_fields, add_card_numbers, add_cards, add_slips
from tests.vectors.change_cases import add_changes, add_root_changes, add_root_grants, first_parts
from tests.vectors.content_cases import add_base64, add_codes, add_content
from tests.vectors.invitation_cases import add_invitations, add_passkey_wraps
from tests.vectors.kit_cases import add_kits
from tests.vectors.sealed_cases import add_envelopes, add_messages, add_reports
from tests.vectors.signed_cases import add_bundles, add_member_keys, add_rosters
from tests.vectors.values import Vectors
from tests.vectors.wire_cases import add_wire
from tests.vectors.world import Json

HERE = Path(__file__).parent


def browser_objects(node: str) -> dict[str, str]:
    """One of everything, sealed by the browser's modules, by name."""

    def b64(data: bytes) -> str:
        return "b64:" + world.text(data)

    answers = [{"field": field, "text": text} for field, text in world.REPORT.answers]
    asked: Json = {
        "instanceId": b64(world.INSTANCE),
        "teamId": b64(world.TEAM.team_id),
        "epoch": world.TEAM.epoch,
        "teamSeed": b64(world.TEAM_SEED),
        "firstSeed": b64(world.FIRST_SEED),
        "reportId": b64(world.REPORT_ID),
        "secret": b64(world.CODE),
        "memberId": b64(world.MEMBER),
        "memberSeed": b64(world.MEMBER_SEED),
        "wrapKey": b64(world.WRAP_KEY),
        "fingerprint": b64(world.PIN),
        "report": {"hour": world.REPORT.hour, "locale": world.REPORT.locale, "answers": answers},
        "message": {
            **{key: vars(world.MESSAGE)[key] for key in ("hour", "locale", "text", "number", "seen")},
            "other": b64(world.MESSAGE.other),
        },
        "answer": {
            "previous": b64(world.ANSWER.previous),
            "other": b64(world.ANSWER.other),
            "serial": world.ANSWER.serial,
        },
        "change": {
            "first": b64(first_parts().written),
            "number": b64(number_of(world.ROOT_KEY)),
            "root": b64(world.ROOT),
            "coordinatorId": b64(world.OTHER_MEMBER),
            "coordinatorKey": b64(public_key_of(world.OTHER_MEMBER_SEED)),
        },
        "invitation": {
            "secret": b64(invitation_cases.SECRET),
            "offer": b64(invitation_cases.WRITTEN),
            "publicKey": b64(invitation_cases.PUBLIC_KEY),
        },
        "passkey": {
            "prf": b64(invitation_cases.PRF),
            "credential": b64(invitation_cases.CREDENTIAL),
            "salt": b64(invitation_cases.PRF_SALT),
        },
        "card": card_cases.browser_asks(),
        "note": {"sent": world.NOTE.sent, "tip": b64(world.NOTE.tip)},
    }
    script = str(HERE / "browser_objects.mjs")
    ran = subprocess.run([node, script], input=json.dumps(asked), capture_output=True, text=True, check=True)
    return {f"browser {name}": str(value) for name, value in json.loads(ran.stdout).items()}


def make(node: str) -> Json:
    """Everything that v1.json holds."""
    vectors = Vectors()
    vectors.objects.update(browser_objects(node))
    for fill in (
        add_envelopes,
        add_reports,
        add_messages,
        add_content,
        add_codes,
        add_base64,
        add_bundles,
        add_rosters,
        add_member_keys,
        add_changes,
        add_root_changes,
        add_root_grants,
        add_invitations,
        add_passkey_wraps,
        add_kits,
        add_cards,
        add_card_fields,
        add_slips,
        add_card_numbers,
        add_wire,
    ):
        fill(vectors)
    return {
        "protocol": "v1",
        "words": " ".join(world.WORDS),
        "objects": vectors.objects,
        "good": vectors.good,
        "refused": vectors.refused,
        "wire": vectors.wire,
    }


if __name__ == "__main__":
    chosen = sys.argv[1] if len(sys.argv) > 1 else str(NODE / "bin/node")
    written = json.dumps(make(chosen), indent=0, ensure_ascii=False)
    (HERE / "v1.json").write_text(written + "\n", encoding="utf-8")
