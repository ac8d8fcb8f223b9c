"""What a demonstration makes is in the final formats: opened here with other code than made it."""

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PrivateKey, Suite
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from tests.conftest import SettableClock
from youthsafe.crypto.change import accept_change, parse_change
from youthsafe.crypto.grant import KIT_ID, build_grant_head, parse_grant
from youthsafe.crypto.keys import fingerprint, key_id
from youthsafe.crypto.wrap import parse_wrap
from youthsafe.demo import ceremony, words
from youthsafe.demo.ceremony import Ceremony, Person
from youthsafe.demo.primitives import public_key_of, root_public
from youthsafe.pack.nations import Nation

NOW = SettableClock().moment


@pytest.fixture(scope="module")
def made() -> Ceremony:
    return ceremony.hold(NOW, words.word_list())


def derive(key: bytes, label: str) -> bytes:
    """HKDF-SHA256 of RFC 5869 with an empty salt, one block, from the standard library."""
    extracted = hmac.digest(bytes(32), key, "sha256")
    return hmac.digest(extracted, label.encode() + b"\x01", "sha256")


def stretched(person: Person) -> bytes:
    vocabulary = words.word_list()
    number = 0
    for word in person.words.split():
        number = number << 11 | vocabulary.index(word)
    salt = parse_wrap(person.wrap).salt
    return Argon2id(salt=salt, length=32, iterations=3, lanes=1, memory_cost=65536).derive(number.to_bytes(9, "big"))


def recipients(made: Ceremony) -> Iterator[tuple[bytes, bytes]]:
    yield KIT_ID, made.kit.seed
    yield from ((each.id, each.seed) for each in made.people)


def test_the_six_words_open_the_wrap_and_make_the_proof(made: Ceremony) -> None:
    for person in made.people:
        key, wrap = stretched(person), parse_wrap(person.wrap)
        assert len(person.wrap) == 157
        assert derive(key, "youthsafe/v1/sign-in") == person.proof
        aad = b"youthsafe/v1/member-wrap\x00" + person.wrap[:49]
        opened = AESGCM(derive(key, "youthsafe/v1/member-wrap")).decrypt(wrap.nonce, wrap.sealed, aad)
        assert opened == person.seed + made.instance_id + fingerprint(root_public(made.kit.root))


def test_every_recipient_opens_the_teams_secret_and_finds_it_authentic(made: Ceremony) -> None:
    suite = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    for recipient_id, seed in recipients(made):
        raw = made.grants[recipient_id]
        grant = parse_grant(raw)
        expanded = hashlib.shake_256(seed).digest(96)
        private = MLKEM768X25519PrivateKey(
            MLKEM768PrivateKey.from_seed_bytes(expanded[:64]), X25519PrivateKey.from_private_bytes(expanded[64:])
        )
        named = made.team.id + recipient_id + key_id(public_key_of(seed))
        info = b"youthsafe/v1/hpke\x00\x01\x05" + named + build_grant_head(grant.head)
        secret = suite.decrypt(grant.enc + grant.ciphertext, private, info)
        assert secret == b"YSS\x01" + made.team.id + b"\x00\x01" + b"\x00\x00\x00\x01" + made.team.seed
        mac = hmac.digest(derive(made.team.seed, "youthsafe/v1/grant"), b"youthsafe/v1/grant\x00" + raw[:-32], "sha256")
        assert grant.mac == mac


def test_the_root_signs_a_bundle_and_a_roster_that_agree(made: Ceremony) -> None:
    change = accept_change(made.change.content, made.change.signature, None)
    assert change.root == root_public(made.kit.root)
    bundle, roster = change.bundle, change.roster
    assert bundle.demo
    assert bundle.instance_id == roster.instance_id == made.instance_id
    assert bundle.not_after == roster.not_after == int((NOW + timedelta(days=28)).timestamp())
    assert bundle.teams[0].public_key == roster.teams[0].public_key == public_key_of(made.team.seed)
    assert roster.recovery_key == public_key_of(made.kit.seed)
    assert {each.id: each.public_key for each in roster.members} == {
        each.id: public_key_of(each.seed) for each in made.people
    }


def test_two_ceremonies_share_nothing(made: Ceremony) -> None:
    other = ceremony.hold(NOW, words.word_list())
    assert other.instance_id != made.instance_id
    assert other.team.seed != made.team.seed
    assert {each.words for each in other.people}.isdisjoint(each.words for each in made.people)


def test_words_are_the_secrets_bits_most_significant_first() -> None:
    vocabulary = [str(number) for number in range(2048)]
    assert words.to_words((1).to_bytes(9, "big"), vocabulary) == "0 0 0 0 0 1"
    assert words.to_words((2047 << 55).to_bytes(9, "big"), vocabulary) == "2047 0 0 0 0 0"


def test_a_secret_has_66_bits() -> None:
    assert max(int.from_bytes(words.new_secret(), "big").bit_length() for _ in range(200)) in range(60, 67)


def test_what_is_signed_anew_is_the_same_later_and_with_the_next_number(made: Ceremony) -> None:
    later = NOW + timedelta(days=30)
    before = parse_change(made.change.content)
    signed = ceremony.renew(before, made.kit.root, later)
    change = accept_change(signed.content, signed.signature, before)
    new, old = change.bundle, before.bundle
    assert (new.serial, new.teams, new.not_after - new.issued_at) == (old.serial + 1, old.teams, 28 * 86_400)
    assert change.roster.version == before.roster.version + 1
    assert change.roster.members == before.roster.members


def test_closed_days_are_kept_as_they_were_signed_and_only_those_further_ahead_are_added(made: Ceremony) -> None:
    before = parse_change(made.change.content)
    epoch = date(1970, 1, 1)
    own, good_friday = (date(2027, 6, 1) - epoch).days, (date(2027, 3, 26) - epoch).days
    chosen = [each for each in before.bundle.closed_days if each != good_friday]
    changed = replace(before, bundle=replace(before.bundle, closed_days=tuple(sorted([*chosen, own]))))
    later = NOW + timedelta(days=120)
    renewed = ceremony.renew(changed, made.kit.root, later, Nation.SCOTLAND)
    found = [epoch + timedelta(days=each) for each in parse_change(renewed.content).bundle.closed_days]
    assert date(2027, 3, 26) not in found, "somebody chose to read on it"
    assert date(2026, 12, 25) not in found, "it is over"
    assert found[-1] == date(2028, 4, 14), "Good Friday, which could not have been named before"
    assert {date(2027, 6, 1), date(2027, 8, 30)} <= set(found), "they were signed"


def test_the_bundle_names_the_bank_holidays_of_more_than_a_year(made: Ceremony) -> None:
    december = NOW.replace(month=12, day=10)
    renewed = ceremony.renew(parse_change(made.change.content), made.kit.root, december)
    bundle = parse_change(renewed.content).bundle
    closed = [date.fromordinal(date(1970, 1, 1).toordinal() + day) for day in bundle.closed_days]
    christmas = [date(2026, 12, 25), date(2026, 12, 26), date(2026, 12, 28)]
    assert closed[:5] == [*christmas, date(2027, 1, 1), date(2027, 3, 26)]
    assert closed[-2:] == [date(2028, 1, 1), date(2028, 1, 3)]
