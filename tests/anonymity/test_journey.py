"""After a pupil's whole journey nothing that came with it is anywhere: logs, database, limit store, files.

The server is gunicorn as in production, behind a trusted proxy, counting in Redis; once on SQLite, once on PostgreSQL.
"""

import base64
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from tests import servers
from tests.anonymity.canaries import FORWARDED, NAMES, OWN_ADDRESS, WORDS, found_in
from tests.anonymity.places import Places
from tests.anonymity.pupil import Pupil, journey
from tests.conftest import SECRET
from tests.sealing import SealedInstance
from youthsafe.config import Config
from youthsafe.database import migrating

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "instance"
    (made / "tmp").mkdir(parents=True)
    return made


@pytest.fixture
def redis_url() -> Iterator[str]:
    with servers.redis() as (url, _process):
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def places(request: pytest.FixtureRequest, folder: Path, redis_url: str) -> Iterator[Places]:
    if request.param == "sqlite":
        url = f"sqlite:///{folder / 'youthsafe.db'}"
        with closing(Places(folder, url, redis_url)) as places:
            yield places
    else:
        with servers.postgres() as url, closing(Places(folder, url, redis_url)) as places:
            yield places


@contextmanager
def gunicorn(places: Places) -> Iterator[int]:
    """Run the server as docs/operate.md says; gives its port."""
    port = servers.free_port()
    settings = {
        "YOUTHSAFE_DATABASE_URL": places.database_url,
        "YOUTHSAFE_SECRET": SECRET.hex(),
        "YOUTHSAFE_TRUSTED_PROXIES": "1",
        "REDIS_URL": places.redis_url,
        "TMPDIR": str(places.temporary),
        "HOME": str(places.folder),
    }
    command = [Path(sys.executable).with_name("gunicorn"), "--bind", f"127.0.0.1:{port}"]
    with places.log.open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=os.environ | settings, stdout=log, stderr=log)
        try:
            servers.wait_for_port(port, 60)
            yield port
        finally:
            process.terminate()
            process.wait(timeout=30)


def break_a_row(places: Places) -> None:
    with create_engine(places.database_url, poolclass=NullPool).begin() as connection:
        connection.execute(text("UPDATE report SET note = :bytes"), {"bytes": b"\x00"})


def lose(places: Places) -> None:
    if not places.on_postgres:
        places.sqlite.rename(places.sqlite.with_name("moved.db"))
        return
    elsewhere = places.database_url.rsplit("/", 1)[0] + "/template1"
    with create_engine(elsewhere, poolclass=NullPool).begin() as connection:
        connection.execute(text("ALTER DATABASE postgres ALLOW_CONNECTIONS false"))
        connection.execute(text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'postgres'"))


def set_up(places: Places, make_app: Callable[[Config], Flask]) -> SealedInstance:
    places.sqlite.touch()
    migrating.upgrade(places.database_url)
    return SealedInstance.set_up(make_app(Config(places.database_url, SECRET, testing=True)))


def test_nothing_that_came_with_a_pupil_is_anywhere_afterwards(
    places: Places, make_app: Callable[[Config], Flask]
) -> None:
    instance = set_up(places, make_app)
    with gunicorn(places) as port:
        pupil = Pupil(port)
        journey(pupil, instance, lambda: break_a_row(places), lambda: lose(places))
        while_it_runs = places.with_canaries()
    assert {200, 201, 304, 400, 401, 404, 405, 409, 413, 428, 429, 500, 503} <= set(pupil.statuses)
    assert (while_it_runs, places.with_canaries()) == ([], [])
    assert found_in("\n".join(pupil.headers).encode()) == []  # nor does an answer's header give it back
    assert not [each for each in pupil.headers if each.lower().startswith("set-cookie")]
    assert b"unexpected_error" in places.log.read_bytes()  # the log that was searched is the one that is written
    assert b'"status": 503' in places.log.read_bytes()


def test_what_is_planted_in_any_of_the_places_is_found(places: Places, make_app: Callable[[Config], Flask]) -> None:
    set_up(places, make_app)
    with gunicorn(places) as port:
        Pupil(port).ask("POST", "/api/v1/staff/sign-in/start", b'{"name":"nobody"}')  # is counted, so there is a store
    assert places.with_canaries() == []
    planted = places.plant(OWN_ADDRESS)
    assert places.with_canaries() == sorted(f"{place}: address" for place in planted)


@pytest.mark.parametrize("name", NAMES)
def test_a_canary_is_found_in_every_spelling(name: str) -> None:
    words = {"address": OWN_ADDRESS, "forwarded": FORWARDED, **WORDS}[name]
    written = [
        words.encode(),
        words.upper().encode(),
        quote(words, safe="").encode(),
        words.encode().hex().encode(),
        words.encode("utf-16-le"),
        words[::-1].encode(),
        base64.b64encode(b"before " + words.encode() + b" and after"),
        base64.urlsafe_b64encode(words.encode()),
        hashlib.sha256(words.encode()).digest(),
        hashlib.sha256(words.encode()).hexdigest().encode(),
    ]
    if name in {"address", "forwarded"}:
        packed = ip_address(words).packed
        written += [packed, packed[::-1], packed.hex().encode(), base64.b64encode(packed)]
    for each in written:
        assert name in found_in(b"\x00" + each + b"\x00"), each
    assert found_in(b"an innocent line") == []
