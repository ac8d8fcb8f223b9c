"""Whoever steals the database without the server secret can test no guess against it."""

import base64
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Column, create_engine, text
from sqlalchemy.pool import NullPool

from scripts.stolen_database import COLUMNS, Kind
from tests.accounts.office import Office, furnish, made
from tests.conftest import SettableClock
from tests.triage.sealed import Sealed
from youthsafe.accounts.services import TOKEN_BYTES
from youthsafe.config import Config
from youthsafe.crypto.encoding import unb64
from youthsafe.crypto.keys import mailbox_verifier
from youthsafe.database import EncryptedBytes, migrating
from youthsafe.demo.ceremony import Ceremony
from youthsafe.extensions import Base
from youthsafe.routing.routes import STAFF_COOKIE

__all__ = ["made"]
KNOWN = 16  # bytes by which a thief would recognise a value or a hash
SECRET = {Kind.CIPHERTEXT, Kind.KEYED_HASH}


def columns() -> Iterator[tuple[str, "Column[object]"]]:
    for table in Base.metadata.tables.values():
        for column in table.columns:
            yield f"{table.name}.{column.name}", column


def test_every_column_is_in_the_list_and_nothing_else_is() -> None:
    assert sorted(COLUMNS) == sorted(name for name, _ in columns())


def test_a_column_is_encrypted_exactly_where_the_list_says_so() -> None:
    encrypted = {name for name, column in columns() if isinstance(column.type, EncryptedBytes)}
    assert {name for name, kind in COLUMNS.items() if kind is Kind.CIPHERTEXT} == encrypted


def test_what_is_hashed_fills_the_whole_hash() -> None:
    hashes = {name: column for name, column in columns() if COLUMNS[name] is Kind.KEYED_HASH}
    assert {getattr(column.type, "length", None) for column in hashes.values()} == {32}


def test_each_value_is_encrypted_under_the_name_of_its_column() -> None:
    """A name that two columns share would let a thief who writes move a value from one to the other."""
    assert {name: column.type.purpose for name, column in columns() if isinstance(column.type, EncryptedBytes)} == {
        name: name for name, kind in COLUMNS.items() if kind is Kind.CIPHERTEXT
    }


@pytest.fixture(params=["sqlite", "postgres"])
def office(
    request: pytest.FixtureRequest,
    config: Config,
    make_app: Callable[[Config], Flask],
    clock: SettableClock,
    made: Ceremony,
) -> Office:
    if request.param == "postgres":
        config = replace(config, database_url=request.getfixturevalue("postgres_url"))
        migrating.upgrade(config.database_url)
    return furnish(make_app(config), clock, made)


def test_what_a_thief_might_guess_is_nowhere_in_a_stolen_database(office: Office, database_path: Path) -> None:
    planted, found = plant(office), dump(office, database_path)
    assert {name: form for name, value in planted.items() for form, known in forms(value) if known in found} == {}


def test_the_search_finds_what_lies_there_in_plain(office: Office, database_path: Path) -> None:
    report = Sealed(office)
    before = dump(office, database_path)
    report.send()
    after = dump(office, database_path)
    for name, value in {"itself": report.id, "sha256 of itself": report.envelope}.items():
        known = dict(forms(value))[name]
        assert (known in before, known in after) == (False, True)


def plant(office: Office) -> dict[str, bytes]:
    """Use everything once that is secret of the server or tells of a code or of words; a new secret is one line."""
    report = Sealed(office).send()
    person = next(iter(office.made.people))
    browser = office.signed_in(person.name)
    session = browser.get_cookie(STAFF_COOKIE, path="/api/v1/staff")
    assert session is not None
    app, codes = (browser.post(f"/api/v1/staff/account/{each}", json={}).json for each in ("app", "recovery-codes"))
    assert app is not None
    assert codes is not None
    return {
        "second factor that is not confirmed": base64.b32decode(app["secret"]),
        "recovery code": codes["codes"][0].replace("-", "").encode(),
        "mailbox id": report.mailbox_id,
        "mailbox token": report.token,
        "mailbox verifier": mailbox_verifier(report.token),
        "mailbox key": report.key,
        "sign-in proof": person.proof,
        "wrapped seed": person.wrap,
        "seed": person.seed,
        "words": person.words.encode(),
        "second factor": person.totp_secret,
        "kit": office.made.kit.secret,
        "kit token": office.made.kit.token,
        "session": unb64(session.value, TOKEN_BYTES),
    }


def forms(value: bytes) -> Iterator[tuple[str, bytes]]:
    """The beginning of a value in every usual form, and of every usual hash of it that needs no key."""
    texts = {"itself": value, "its digits": value.hex().encode(), "its base64": plain_base64(value)}
    yield from ((f"{name} in {form}", known) for name, each in texts.items() for form, known in written(each))
    yield "itself", value[:KNOWN]
    yield "itself in base32", base64.b32encode(value)[:KNOWN]
    for name in ("md5", "sha1", "sha256", "sha512", "blake2b", "sha3_256"):
        for of, each in texts.items():
            digest = hashlib.new(name, each).digest()
            yield f"{name} of {of}", digest[:KNOWN]
            yield from ((f"{name} of {of} in {form}", known) for form, known in written(digest))


def written(value: bytes) -> Iterator[tuple[str, bytes]]:
    yield "small digits", value[:KNOWN].hex().encode()
    yield "capital digits", value[:KNOWN].hex().upper().encode()
    whole = value[: KNOWN - KNOWN % 3]  # of which all characters of base64 are known
    yield "base64", base64.b64encode(whole)
    yield "base64 for addresses", base64.urlsafe_b64encode(whole)


def plain_base64(value: bytes) -> bytes:
    return base64.urlsafe_b64encode(value).rstrip(b"=")


def dump(office: Office, database_path: Path) -> bytes:
    """Every value of every row, and what lies in SQLite's files besides."""
    config: Config = office.app.config["YOUTHSAFE"]
    parts = [each.read_bytes() for each in database_path.parent.glob(f"{database_path.name}*")]
    with create_engine(config.database_url, poolclass=NullPool).connect() as connection:
        for table in Base.metadata.tables:
            for row in connection.execute(text(f"SELECT * FROM {table}")):
                parts += [each if isinstance(each, bytes) else str(each).encode() for each in row]
    return b"\n".join(parts)
