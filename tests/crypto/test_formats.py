"""Parsers refuse whatever is not in form with their own error, and read back whatever was built."""

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from babel.core import parse_locale
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.crypto.reference_keys import code_to_words, passphrase_to_words, words_to_code, words_to_passphrase
from tests.vectors import world
from youthsafe.crypto.binary_layout import is_language_tag
from youthsafe.crypto.bundle import BundleError, Team, TeamKind, build_bundle, parse_bundle
from youthsafe.crypto.change import head_in_groups, parse_change
from youthsafe.crypto.encoding import EncodingError, b64, parse_json, unb64
from youthsafe.crypto.envelope import EnvelopeError, parse_answer, parse_follow_up, parse_report
from youthsafe.crypto.grant import GrantError, parse_grant
from youthsafe.crypto.invitation import OfferError, parse_offer
from youthsafe.crypto.keys import SignatureError, verify_signature
from youthsafe.crypto.root_change import parse_root_change
from youthsafe.crypto.root_grant import RootGrantError, parse_root_grant
from youthsafe.crypto.roster import RosterError, build_roster, parse_roster
from youthsafe.crypto.wire import parse_mailbox_request, parse_message_body, parse_report_body
from youthsafe.crypto.wrap import WrapError, parse_passkey_wrap, parse_wrap

OBJECTS: dict[str, str] = json.loads((Path(__file__).parent.parent / "vectors/v1.json").read_text("utf-8"))["objects"]
PARSERS: list[tuple[Callable[[bytes], object], type[EncodingError], bytes]] = [
    (parse_report, EnvelopeError, unb64(OBJECTS["report"])),
    (parse_follow_up, EnvelopeError, unb64(OBJECTS["follow-up"])),
    (parse_answer, EnvelopeError, unb64(OBJECTS["answer"])),
    (parse_bundle, BundleError, build_bundle(world.BUNDLE)),
    (parse_roster, RosterError, build_roster(world.ROSTER)),
    (parse_grant, GrantError, unb64(OBJECTS["grant"])),
    (parse_wrap, WrapError, unb64(OBJECTS["wrap"])),
    (parse_passkey_wrap, WrapError, unb64(OBJECTS["passkey wrap"])),
    (parse_root_grant, RootGrantError, unb64(OBJECTS["root grant"])),
    (parse_root_change, EncodingError, unb64(OBJECTS["root change"])),
    (parse_offer, OfferError, unb64(OBJECTS["offer"])),
    (parse_change, EncodingError, unb64(OBJECTS["second change"])),
]
PARTS = ["e", "en", "hat", "min", "x", "latn", "gb", "419", "1901", "rozaj", "abcdefgh", "u", "EN", ""]
UNHURRIED = settings(deadline=None)  # how busy the machine is says nothing about a format
BODIES = [parse_report_body, parse_message_body, parse_mailbox_request]
DAYS = st.none() | st.tuples(st.integers(0, 1438), st.integers(1, 1440)).filter(lambda day: day[0] < day[1])
TEAMS = st.builds(
    Team,
    id=st.binary(min_size=16, max_size=16),
    kind=st.sampled_from(TeamKind),
    staffed=st.booleans(),
    epoch=st.integers(1, 2**32 - 1),
    public_key=st.just(world.TEAM.public_key),
    name=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20),
    languages=st.lists(st.sampled_from(["en", "ar", "zh-hans", "so"]), min_size=1, max_size=4).map(tuple),
    hours=st.lists(DAYS, min_size=7, max_size=7).map(tuple),
)
BUNDLES = st.builds(
    replace,
    st.just(world.BUNDLE),
    serial=st.integers(0, 2**32 - 1),
    demo=st.booleans(),
    closed_days=st.sets(st.integers(0, 2**32 - 1), max_size=5).map(sorted).map(tuple),
    teams=st.lists(TEAMS, min_size=1, max_size=3, unique_by=lambda team: team.id).map(tuple),
)


@UNHURRIED
@given(st.sampled_from(PARSERS), st.binary(max_size=300), st.integers(0, 8))
def test_any_bytes_raise_nothing_but_the_parsers_own_error(parser: Any, junk: bytes, kept: int) -> None:
    parse, error, good = parser
    with pytest.raises(error):
        parse(good[:kept] + junk)


@UNHURRIED
@given(st.sampled_from(PARSERS), st.data())
def test_a_changed_object_is_read_or_refused_with_the_parsers_own_error(parser: Any, data: st.DataObject) -> None:
    parse, error, good = parser
    at = data.draw(st.integers(0, len(good) - 1))
    changed = good[:at] + data.draw(st.binary(max_size=4)) + good[at + data.draw(st.integers(0, 4)) :]
    try:
        parse(changed)
    except error:
        return
    assert len(changed) == len(good) or parse in (parse_bundle, parse_roster, parse_grant, parse_offer, parse_change)


@UNHURRIED
@given(st.sampled_from(BODIES), st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_any_body_raises_nothing_but_an_encoding_error(parse: Callable[[bytes], object], body: bytes) -> None:
    with pytest.raises(EncodingError):
        parse(body)


@UNHURRIED
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_json_is_read_as_it_was_written(document: object) -> None:
    assert parse_json(json.dumps(document).encode(), 100_000) == document


@pytest.mark.parametrize(
    "nonsense",
    [b'{"a":1,"a":2}', b'[{"a":{"b":1,"b":1}}]', b"NaN", b"[-Infinity]", b"\xff", b'"\xed\xa0\x80"', b"[" * 3000],
)
def test_json_that_could_mean_two_things_is_refused(nonsense: bytes) -> None:
    with pytest.raises(EncodingError):
        parse_json(nonsense, 4096)


def test_json_above_its_limit_is_refused() -> None:
    with pytest.raises(EncodingError):
        parse_json(b"[         ]", 10)


@UNHURRIED
@given(st.binary(max_size=100))
def test_base64url_reads_back_what_it_wrote(data: bytes) -> None:
    assert unb64(b64(data), len(data)) == data


@UNHURRIED
@given(st.text("AZaz09-_+/= \n", max_size=12))
def test_base64url_has_one_spelling(text: str) -> None:
    try:
        data = unb64(text)
    except EncodingError:
        return
    assert base64.urlsafe_b64encode(data).decode().rstrip("=") == text


@UNHURRIED
@given(BUNDLES)
def test_a_bundle_reads_back_as_it_was_built(bundle: Any) -> None:
    assert parse_bundle(build_bundle(bundle)) == bundle


def test_a_roster_reads_back_as_it_was_built() -> None:
    assert parse_roster(build_roster(world.ROSTER)) == world.ROSTER


@pytest.mark.parametrize(
    "broken",
    [
        {"serial": 2**32},
        {"issued_at": -1},
        {"instance_id": b"short"},
        {"teams": ()},
        {"teams": world.BUNDLE.teams * 2},
        {"closed_days": (2, 1)},
        {"teams": (replace(world.BUNDLE.teams[0], name="x" * 81),)},
        {"teams": (replace(world.BUNDLE.teams[0], hours=(None,) * 6),)},
        {"teams": (replace(world.BUNDLE.teams[0], languages=()),)},
    ],
)
def test_a_bundle_that_breaks_a_rule_cannot_be_built(broken: dict[str, Any]) -> None:
    with pytest.raises(BundleError):
        build_bundle(replace(world.BUNDLE, **broken))


@pytest.mark.parametrize(
    "broken",
    [
        {"version": 2**32},
        {"recovery_key": b"short"},
        {"members": world.ROSTER.members * 2},
        {"members": (replace(world.ROSTER.members[0], teams=(b"x" * 16,)),)},
        {"teams": ()},
    ],
)
def test_a_roster_that_breaks_a_rule_cannot_be_built(broken: dict[str, Any]) -> None:
    with pytest.raises(RosterError):
        build_roster(replace(world.ROSTER, **broken))


@UNHURRIED
@given(st.binary(max_size=80), st.binary(max_size=80))
def test_no_made_up_root_or_signature_verifies(root: bytes, signature: bytes) -> None:
    with pytest.raises(SignatureError):
        verify_signature(root, "youthsafe/v1/bundle", b"", signature)


@UNHURRIED
@given(st.integers(0, 2**70 - 1))
def test_a_receipt_code_reads_back_from_its_words(secret: int) -> None:
    code = secret.to_bytes(9, "big")
    assert words_to_code(" ".join(code_to_words(code, world.WORDS)), world.WORDS) == code


@UNHURRIED
@given(st.integers(0, 2**66 - 1))
def test_a_passphrase_reads_back_from_its_words(secret: int) -> None:
    passphrase = secret.to_bytes(9, "big")
    assert words_to_passphrase(" ".join(passphrase_to_words(passphrase, world.WORDS)), world.WORDS) == passphrase


@UNHURRIED
@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=4).map("-".join))
def test_a_language_tag_that_is_taken_is_one_that_babel_can_read(tag: str) -> None:
    if is_language_tag(tag):
        assert parse_locale(tag, sep="-")[0] == tag.partition("-")[0]


def test_a_head_is_read_out_in_eight_groups_of_four() -> None:
    assert head_in_groups(bytes(range(32))) == "0001 0203 0405 0607 0809 0a0b 0c0d 0e0f"
