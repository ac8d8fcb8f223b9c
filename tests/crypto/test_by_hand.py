"""X-Wing and HPKE written out as docs/envelope.md 1.1 gives them, without a library's HPKE, open what was sealed."""

import hashlib
import json
from pathlib import Path

import pytest

from tests.crypto.by_hand import hpke_open
from tests.crypto.reference_opener import open_payload
from tests.vectors import world
from youthsafe.crypto.encoding import unb64
from youthsafe.crypto.envelope import parse_report
from youthsafe.crypto.keys import hpke_info

OBJECTS: dict[str, str] = json.loads((Path(__file__).parent.parent / "vectors/v1.json").read_text("utf-8"))["objects"]


def test_a_report_opens_by_hand_whoever_sealed_it() -> None:
    for name in ("report", "browser report"):
        envelope = parse_report(unb64(OBJECTS[name]))
        wrap = envelope.wraps[0]
        info = hpke_info(wrap.purpose, envelope.report_id, envelope.message_id, wrap.key_id)
        dek = hpke_open(world.TEAM_SEED, info, wrap.enc, wrap.ciphertext)
        assert open_payload(envelope, dek).startswith(b"\x01")


@pytest.mark.parametrize("name", ["en.txt", "fr.txt", "pl.txt", "card.txt"])
def test_a_word_list_is_the_one_that_the_page_names(name: str) -> None:
    root = Path(__file__).parents[2]
    listed = (root / "youthsafe/static/pwa/src/crypto/words" / name).read_bytes()
    assert hashlib.sha256(listed).hexdigest() in (root / "docs/envelope.md").read_text("utf-8")
