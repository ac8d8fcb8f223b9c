"""Whoever steals the database without the server secret can test no guess against it."""

import base64
import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Column, create_engine, text
from sqlalchemy.pool import NullPool
from werkzeug.test import TestResponse

from scripts.stolen_database import COLUMNS, STAYS, Kind
from tests.accounts.authenticator import Authenticator
from tests.accounts.office import Office, furnish, made
from tests.accounts.test_joining import answer, invited, join, start
from tests.accounts.test_lost_second_factor import reset
from tests.conftest import SettableClock
from tests.triage.sealed import Sealed
from youthsafe.accounts.services import TOKEN_BYTES
from youthsafe.accounts.spoken_codes import digest
from youthsafe.cli import main
from youthsafe.config import Config
from youthsafe.crypto.encoding import b64, unb64
from youthsafe.crypto.keys import mailbox_verifier
from youthsafe.database import EncryptedBytes, IndexHash, migrating
from youthsafe.demo.ceremony import Ceremony
from youthsafe.extensions import Base
from youthsafe.routing.routes import STAFF_COOKIE

__all__ = ["made"]
KNOWN = 16  # bytes by which a thief would recognise a value or a hash
STAFF = "/api/v1/staff"
AT_REST = (Path(__file__).parents[2] / "docs" / "envelope.md").read_text(encoding="utf-8").split("\n## 8. At rest\n")[1]
COORDINATOR, CASEWORKER = "demo-coordinator", "demo-caseworker"
MAIL = "coordinator-canary@council.example"
OUTGOING = {
    "server": "mail.council.example",
    "port": 587,
    "security": "starttls",
    "user": "desk",
    "password": "password canary of the mail server",
    "sender": "desk@council.example",
}
OWN = ("app", "recovery-codes", "passkeys/question")
HASHES = {Kind.INDEX_HASH, Kind.KEYED_HASH}


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
    hashes = {name: column for name, column in columns() if COLUMNS[name] in HASHES}
    lengths = {getattr(getattr(column.type, "impl", column.type), "length", None) for column in hashes.values()}
    assert lengths == {32}


def test_a_new_server_secret_makes_each_hash_anew_or_the_list_says_why_not() -> None:
    """Whoever had an older secret knows the key of the others for ever."""
    made_anew = {name: column for name, column in columns() if isinstance(column.type, IndexHash)}
    assert {name for name, kind in COLUMNS.items() if kind is Kind.INDEX_HASH} == set(made_anew)
    assert {name for name, kind in COLUMNS.items() if kind is Kind.KEYED_HASH} == set(STAYS)
    of = {
        f"{column.table.name}.{column.type.of}" for column in made_anew.values() if isinstance(column.type, IndexHash)
    }
    assert {COLUMNS[name] for name in of} == {Kind.CIPHERTEXT}


def test_the_protocol_says_of_each_hash_what_it_is_made_of() -> None:
    hashed = [name for name, kind in COLUMNS.items() if kind in HASHES]
    assert [name for name in hashed if f"| `{name}`" not in AT_REST] == []


def test_each_value_is_encrypted_under_the_name_of_its_column() -> None:
    """A name that two columns share would let a thief who writes move a value from one to the other."""
    assert {name: column.type.purpose for name, column in columns() if isinstance(column.type, EncryptedBytes)} == {
        name: name for name, kind in COLUMNS.items() if kind is Kind.CIPHERTEXT
    }


@pytest.fixture(params=["sqlite", "postgres"])
def empty(request: pytest.FixtureRequest, config: Config, make_app: Callable[[Config], Flask]) -> Flask:
    """An application with nothing in its database."""
    if request.param == "postgres":
        config = replace(config, database_url=request.getfixturevalue("postgres_url"))
        migrating.upgrade(config.database_url)
    return make_app(config)


@pytest.fixture
def set_up_secret(empty: Flask) -> bytes:
    """The secret of a link that nobody used."""
    printed = empty.test_cli_runner().invoke(main, ["setup-link"])
    assert printed.exit_code == 0
    return unb64(printed.stdout.split()[1])


@pytest.fixture
def office(empty: Flask, set_up_secret: bytes, clock: SettableClock, made: Ceremony) -> Office:
    return furnish(empty, clock, made)


def test_what_a_thief_might_guess_is_nowhere_in_a_stolen_database(
    office: Office, set_up_secret: bytes, database_path: Path
) -> None:
    planted = plant(office) | {"set-up link": set_up_secret}
    found = dump(office, database_path)
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
    return {
        "kit": office.made.kit.secret,
        "kit token": office.made.kit.token,
        **of_a_report(office),
        **of_a_sign_in(office),
        **of_an_account(office),
        **of_an_invitation(office),
        **of_a_lost_second_factor(office),
    }


def of_a_report(office: Office) -> dict[str, bytes]:
    report = Sealed(office).send()
    return {
        "mailbox id": report.mailbox_id,
        "mailbox token": report.token,
        "mailbox verifier": mailbox_verifier(report.token),
        "mailbox key": report.key,
    }


def of_a_sign_in(office: Office) -> dict[str, bytes]:
    person = office.person(COORDINATOR)
    session = office.signed_in(person.name).get_cookie(STAFF_COOKIE, path=STAFF)
    assert session is not None
    return {
        "sign-in proof": person.proof,
        "wrapped seed": person.wrap,
        "seed": person.seed,
        "words": person.words.encode(),
        "second factor": person.totp_secret,
        "session": unb64(session.value, TOKEN_BYTES),
    }


def of_an_account(office: Office) -> dict[str, bytes]:
    """Everything that somebody has of their own, and the password of the mail server."""
    office.clock.move(seconds=60)
    browser = office.signed_in(COORDINATOR)
    app, codes, question = (given(browser.post(f"{STAFF}/account/{each}", json={})) for each in OWN)
    wrap = os.urandom(100)
    device = Authenticator().made(question["challenge"], wrap=b64(wrap))
    assert browser.post(f"{STAFF}/account/passkeys", json=device).status_code == 201
    for address in (MAIL, "new@council.example"):  # the one before is told
        assert browser.post(f"{STAFF}/account/mail", json={"address": address}).status_code == 204
    assert browser.put(f"{STAFF}/mail", json=OUTGOING).status_code == 204
    code = codes["codes"][0].replace("-", "")
    return {
        "second factor that is not confirmed": base64.b32decode(app["secret"]),
        "recovery code": code.encode(),
        "digest of a recovery code": digest("recovery code", office.person(COORDINATOR).id, code),
        "seed under a passkey": wrap,
        "a member's address of mail": MAIL.encode(),
        "password of the mail server": str(OUTGOING["password"]).encode(),
    }


def of_an_invitation(office: Office) -> dict[str, bytes]:
    """One that nobody answered yet, and one that somebody did."""
    office.clock.move(seconds=60)
    _, open_still = invited(office, name="Bea")
    offered = given(start(office, open_still["token"]))
    office.clock.move(seconds=60)
    _, taken = invited(office)
    answered = answer(office, taken)
    codes = given(join(office, answered))
    words = answered["words"]
    assert isinstance(words, dict)
    return {
        "token of an invitation": unb64(str(open_still["token"])),
        "second factor that is offered": base64.b32decode(offered["app"]["secret"]),
        "token of an invitation that was answered": unb64(str(taken["token"])),
        "recovery code of whoever joins": codes["codes"][9].replace("-", "").encode(),
        "sign-in proof of whoever joins": unb64(words["proof"]),
        "wrapped seed of whoever joins": unb64(words["wrap"]),
    }


def of_a_lost_second_factor(office: Office) -> dict[str, bytes]:
    office.clock.move(seconds=60)
    code = reset(office, office.signed_in(COORDINATOR))
    return {
        "a colleague's code": code.encode(),
        "digest of a colleague's code": digest("colleague's code", office.person(CASEWORKER).id, code),
    }


def given(answered: TestResponse) -> dict[str, Any]:
    assert answered.json is not None
    return dict(answered.json)


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
