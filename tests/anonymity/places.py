"""Everything that a server's machine keeps: where it is, and how to plant something there."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import redis
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from tests.anonymity.canaries import found_in


@dataclass
class Places:
    """What is searched after a journey: one folder of the server's own, a database and a limit store."""

    folder: Path  # log, temporary files, and for SQLite the database
    database_url: str
    redis_url: str
    _untouched: set[bytes] = field(default_factory=set)

    def __post_init__(self) -> None:
        if self.on_postgres:  # most files of a new cluster never change, and are not worth searching
            self._untouched = {sha256(_bytes(path)).digest() for path in _files(self._cluster())}

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    @property
    def temporary(self) -> Path:
        return self.folder / "tmp"

    @property
    def sqlite(self) -> Path:
        return self.folder / "youthsafe.db"

    @property
    def on_postgres(self) -> bool:
        return self.database_url.startswith("postgresql")

    def with_canaries(self) -> list[str]:
        """Each place and the canary in it."""
        return sorted({f"{place}: {name}" for place, data in self._contents() for name in found_in(data)})

    def _contents(self) -> Iterator[tuple[str, bytes]]:
        for path in _files(self.folder):
            yield str(path.relative_to(self.folder)), _name_and_bytes(path)
        store = redis.Redis.from_url(self.redis_url)
        keys = [key for key in store.scan_iter() if isinstance(key, bytes)]
        assert keys, "the limit store counts nothing"
        for key in keys:
            assert store.type(key) == b"string", f"this search cannot read {key!r}"
            yield "redis", key + b"\n" + (store.get(key) or b"")
        store.close()
        if self.on_postgres:
            changed = [path for path in _files(self._cluster()) if self._changed(path)]
            assert changed
            for path in changed:
                yield "postgres log" if path.name == "log" else "postgres data", _name_and_bytes(path)

    def _changed(self, path: Path) -> bool:
        return sha256(_bytes(path)).digest() not in self._untouched

    def _cluster(self) -> Path:
        with create_engine(_elsewhere(self.database_url), poolclass=NullPool).connect() as connection:
            connection.execute(text("CHECKPOINT"))
            return Path(connection.scalar(text("SHOW data_directory"))).parent

    def plant(self, words: str) -> list[str]:
        """Put words where somebody might; gives the names of the places."""
        self.temporary.joinpath("upload-x").write_text(words)
        with self.log.open("a") as log:
            log.write(words)
        with closing(redis.Redis.from_url(self.redis_url)) as store:
            store.set(f"planted:{words}", 1)
        if self.on_postgres:
            self._plant_in_postgres(words)
            return ["postgres data", "postgres log", "redis", "server.log", "tmp/upload-x"]
        self._plant_in_sqlite(words)
        return ["redis", "server.log", "tmp/upload-x", "youthsafe.db", "youthsafe.db-wal"]

    def _plant_in_postgres(self, words: str) -> None:
        with create_engine(_elsewhere(self.database_url), poolclass=NullPool).begin() as connection:
            connection.execute(text("CREATE TABLE planted (words text)"))
            connection.execute(text("INSERT INTO planted VALUES (:words)"), {"words": words})
        with suppress(DBAPIError), create_engine(_elsewhere(self.database_url), poolclass=NullPool).begin() as again:
            again.execute(text(f"SELECT '{words}'::int"))  # the server writes down what it could not do

    def _plant_in_sqlite(self, words: str) -> None:
        """Once in a free page of the file, where a deleted row was, and once in the WAL."""
        with closing(sqlite3.connect(self.sqlite, isolation_level=None)) as connection:
            connection.execute("PRAGMA secure_delete = OFF")
            connection.execute("CREATE TABLE planted (words TEXT)")
            connection.execute("INSERT INTO planted VALUES (?)", (words,))
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.execute("DELETE FROM planted")
            connection.execute("DROP TABLE planted")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            assert words.encode() not in self.sqlite.with_name("youthsafe.db-wal").read_bytes()
        self._open = sqlite3.connect(self.sqlite, isolation_level=None)
        self._open.execute("PRAGMA wal_autocheckpoint = 0")
        self._open.execute("CREATE TABLE planted_again (words TEXT)")
        self._open.execute("INSERT INTO planted_again VALUES (?)", (words,))

    def close(self) -> None:
        """Let go of what planting kept open."""
        if hasattr(self, "_open"):
            self._open.close()


def _files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()]


def _name_and_bytes(path: Path) -> bytes:
    return path.name.encode() + b"\n" + _bytes(path).rstrip(b"\x00")  # a WAL segment is mostly empty


def _bytes(path: Path) -> bytes:
    """PostgreSQL makes and removes files while it runs, such as pg_internal.init; one that is gone keeps nothing."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def _elsewhere(url: str) -> str:
    """The same server's other database, because a journey ends with the first one out of reach."""
    return url.rsplit("/", 1)[0] + "/template1"
